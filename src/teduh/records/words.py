"""Words of what is kept: what stops an erasure, who decides it, how it ends."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Ends(TextChoices):
    """What ends the keeping of a kind of record."""

    ERASED = "erased", _("dimusnahkan oleh dua orang")
    GOES_WITH = "goes_with", _("ikut laporan atau kasusnya")
    STAYS = "stays", _("tidak dimusnahkan")


class Stop(TextChoices):
    """What stands in the way of erasing, as the rows tell it."""

    GOING = "going", _("masih berjalan")
    COURT = "court", _("proses hukum belum selesai")
    PROTECTION = "protection", _("pelindungan masih berlaku")
    PROMISES = "promises", _("ada janji waktu yang belum ditepati")
    MESSAGES = "messages", _("ada pesan yang belum dibaca")
    REQUEST = "request", _("permintaan penyintas belum dijawab")
    HELD = "held", _("ditahan")


class Hold(TextChoices):
    """Why somebody keeps a record from being erased."""

    COURT = "court", _("Perkara, pidana, atau restitusi masih berjalan")
    COMPLAINT = "complaint", _("Ada pengaduan tentang layanan")
    INSPECTION = "inspection", _("Diperiksa inspektorat atau lembaga lain")
    SURVIVOR = "survivor", _("Penyintas meminta disimpan")
    ARCHIVE = "archive", _("Dinilai arsip untuk disimpan lebih lama")


class Recheck(TextChoices):
    """What a restore lets hold again that may have ended since the backup."""

    MEMBERS = "members", _("Siapa yang keluar atau berganti peran")
    CONFLICTS = "conflicts", _("Benturan kepentingan")
    CONSENTS = "consents", _("Persetujuan yang ditarik")


class Why(TextChoices):
    """Why somebody asks for an erasure."""

    TERM = "term", _("masa simpan berakhir")
    ASKED = "asked", _("penyintas meminta")


class Answer(TextChoices):
    """What the second person answers."""

    APPROVED = "approved", _("disetujui")
    REFUSED = "refused", _("tidak disetujui")


class KeepReason(TextChoices):
    """Why what was to be erased is kept for now."""

    NEEDED = "needed", _("Masih diperlukan untuk penyintas")
    LAW = "law", _("Hukum meminta disimpan")
    CHECK = "check", _("Belum yakin, diperiksa dulu")


class Ask(TextChoices):
    """What a survivor asks of her data (UU 27/2022 articles 6 to 11)."""

    COPY = "copy", _("Salinan, dan siapa yang membukanya")
    CORRECT = "correct", _("Perbaikan atau pelengkapan")
    LIMIT = "limit", _("Penundaan atau pembatasan")
    ERASE = "erase", _("Pemusnahan")


class Came(TextChoices):
    """How her wish came to the office."""

    MET = "met", _("Dikatakan saat bertemu")
    PHONE = "phone", _("Lewat telepon")
    TICKET = "ticket", _("Lewat pesan tiket")
    LETTER = "letter", _("Lewat surat")
    COMPANION = "companion", _("Lewat pendamping atau kuasa hukum")
    CODE = "code", _("Sendiri, dengan tiket dan kodenya")


class Outcome(TextChoices):
    """What becomes of a request."""

    GRANTED = "granted", _("Dipenuhi")
    PARTLY = "partly", _("Dipenuhi sebagian")
    REFUSED = "refused", _("Belum dapat dipenuhi")


class Because(TextChoices):
    """Why a request is not met in full."""

    DANGER = "danger", _("Membahayakan ia atau orang lain (Pasal 33)")
    OTHERS = "others", _("Membuka data orang lain (Pasal 33)")
    LAW = "law", _("Masih ada proses hukum (Pasal 15 dan 44)")
    DUTY = "duty", _("Hukum meminta disimpan atau dikerjakan (Pasal 41)")
    NOT_SURE = "not_sure", _("Belum pasti bahwa ia sendiri yang meminta")
    TAKEN_BACK = "taken_back", _("Ia menarik permintaannya")


class BreachKind(TextChoices):
    """How data came to where it should not be."""

    LOST = "lost", _("Perangkat atau berkas hilang atau dicuri")
    WRONG = "wrong", _("Terkirim atau terlihat orang yang salah")
    OPENED = "opened", _("Dibuka orang dalam yang tidak berhak")
    TOLD = "told", _("Diceritakan atau disebarkan")
    ENTERED = "entered", _("Sistem dimasuki orang luar")
    GONE = "gone", _("Data rusak atau tidak dapat dibuka lagi")


class Exposure(TextChoices):
    """What of somebody came to where it should not be, as coarse as a notice needs it."""

    IDENTITY = "identity", _("nama atau nomor identitas")
    CONTACT = "contact", _("nomor atau alamat")
    STORY = "story", _("yang diceritakan")
    HEALTH = "health", _("catatan kesehatan")
    FILES = "files", _("foto, rekaman, atau surat")
    FACT = "fact", _("bahwa ia meminta bantuan")


class NoticeWay(TextChoices):
    """How somebody touched by a breach was told, in the way that is safe for them."""

    MET = "met", _("Langsung, saat bertemu")
    CALL = "call", _("Lewat telepon, dengan kata sandinya")
    TICKET = "ticket", _("Lewat pesan tiket")
    LETTER = "letter", _("Lewat surat yang diserahkan langsung")
    COMPANION = "companion", _("Lewat pendamping")
    UNSAFE = "unsafe", _("Belum: tidak ada cara yang aman")


class Gap(TextChoices):
    """What is still to be done before a breach is closed."""

    AUTHORITY = "authority", _("lembaga belum diberi tahu")
    TOUCHED = "touched", _("ada yang terkena dan belum diputuskan caranya diberi tahu")


class Receiver(TextChoices):
    """Who gets a packet of evidence."""

    POLICE = "police", _("Kepolisian")
    PROSECUTION = "prosecution", _("Kejaksaan")
    COURT = "court", _("Pengadilan")
    LPSK = "lpsk", _("LPSK, pelindungan saksi dan korban")
    LAWYER = "lawyer", _("Pendamping atau kuasa hukumnya")
    SURVIVOR = "survivor", _("Penyintas sendiri")


class Basis(TextChoices):
    """What allows it to leave the office."""

    AGREED = "agreed", _("Penyintas tahu isinya dan setuju")
    SUMMONED = "summoned", _("Diminta tertulis oleh penyidik atau pengadilan; penyintas tahu")


class Denial(TextChoices):
    """Why a packet is not to be made."""

    UNHEARD = "unheard", _("Penyintas belum ditanya")
    TOO_MUCH = "too_much", _("Lebih banyak daripada yang diminta")
    NO_LETTER = "no_letter", _("Permintaan tertulisnya belum ada")


class Passed(TextChoices):
    """One line of the custody of a packet."""

    MADE = "made", _("dibuat dan diunduh")
    HANDED = "handed", _("diserahkan")


class Purpose(TextChoices):
    """For what a partner may read (code list 4.16, the scopes that share with somebody)."""

    HEALTH = "share_health", _("Layanan kesehatan")
    PSYCH = "share_psych", _("Psikolog atau konselor")
    LEGAL = "share_legal", _("Pendampingan hukum")
    POLICE = "share_police", _("Penyidikan dan penuntutan")
    SOCIAL = "share_social", _("Layanan sosial")
    SCHOOL = "share_school", _("Sekolah")
    NGO = "share_ngo", _("Lembaga mitra pendamping")
    CONFERENCE = "conference", _("Dibahas dalam rapat kasus, dengan kode")


class Tie(TextChoices):
    """What a guardian is to the accused; only who stands apart may consent for a child.

    No other tie is ever kept: the form asks for them so that each is refused with its own reason.
    """

    APART = "apart", _("Bukan terlapor, tidak serumah dengannya")
    ACCUSED = "accused", _("Ia sendiri terlapor")
    HOUSEHOLD = "household", _("Serumah dengan terlapor")
    UNSURE = "unsure", _("Belum pasti")


class Duty(TextChoices):
    """Why an officer may answer for it without consent; said to her first (UU 12/2022, UU 23/2002)."""

    LIFE = "life", _("Nyawa terancam sekarang")
    CHILD = "child", _("Pelindungan anak, wali tidak dapat dimintai")
    LAW = "law", _("Hukum mewajibkan memberi tahu")


class TakenBack(TextChoices):
    """Who takes a consent back."""

    SURVIVOR = "survivor", _("Penyintas")
    GUARDIAN = "guardian", _("Anak atau walinya")
    OFFICE = "office", _("Kantor, karena tidak diperlukan lagi")


class Lacks(TextChoices):
    """What keeps a consent from counting; `days`: the longest that one holds."""

    CHILD_ALONE = "child_alone", _("Untuk anak, wali yang tidak terlibat ikut setuju.")
    NO_CHILD = "no_child", _("Orang dewasa memutuskan sendiri; wali tidak dapat menggantikannya.")
    CONFLICT = (
        "conflict",
        _(
            "Terlapor, atau orang yang serumah dengannya, tidak dapat menyetujui apa pun. "
            "Cari wali lain, atau minta penyelia."
        ),
    )
    UNSURE = "unsure", _("Pastikan dulu bahwa wali tidak serumah dengan terlapor.")
    CHILD_UNASKED = "child_unasked", _("Tanyakan anaknya juga: tanpa ia setuju, tidak dibagikan.")
    NO_DUTY = "no_duty", _("Pilih kewajiban mana yang mendasarinya.")
    NOT_RESPONSIBLE = "not_responsible", _("Tanpa persetujuan, hanya penyelia yang memutuskan.")
    NOTHING = "nothing", _("Pilih sedikitnya satu bagian.")
    NEEDLESS = "needless", _("Ada bagian yang tidak diperlukan untuk tujuan ini.")
    WRONG_AGENCY = "wrong_agency", _("Lembaga ini tidak melayani tujuan itu.")
    LATER = "later", _("Hari persetujuan tidak bisa sesudah hari ini.")
    TOO_LONG = (
        "too_long",
        _("Berlaku sedikitnya sampai hari ini, paling lama %(days)d hari sejak diberikan."),
    )
