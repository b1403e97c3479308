"""Words of help given and arranged: how far each kind has come, and why it went as it did."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """How far a referral has come."""

    DRAFTED = "drafted", _("disiapkan")
    SENT = "sent", _("dikirim")
    SEEN = "seen", _("dilihat mitra")
    SILENT = "silent", _("tidak dijawab")
    ACCEPTED = "accepted", _("diterima mitra")
    SERVED = "served", _("layanan pertama diterima")
    COMPLETED = "completed", _("selesai")
    REFUSED = "refused", _("belum dapat diterima mitra")
    MISSED = "did_not_attend", _("belum dapat hadir")
    WITHDRAWN = "withdrawn", _("ditarik kantor")


class Reason(TextChoices):
    """Why a referral ended as it did; which go with which end, `rules.REASONS` says."""

    FULL = "full", _("Sedang penuh")
    NO_STAFF = "no_staff", _("Petugasnya tidak ada")
    NOT_OURS = "not_ours", _("Bukan layanan kami")
    FAR = "far", _("Di luar wilayah kami")
    KNOWS = "knows", _("Ada yang mengenal orang dalam kasus ini")
    MORE = "more", _("Perlu layanan yang lebih khusus")
    MET = "met", _("Kebutuhannya terpenuhi")
    PLANNED = "planned", _("Semua pertemuan yang direncanakan selesai")
    ONWARD = "onward", _("Dilanjutkan lembaga lain")
    HER_CHOICE = "her_choice", _("Ia memilih berhenti di sini")
    TRANSPORT = "transport", _("Tidak ada kendaraan atau pendamping")
    HINDERED = "hindered", _("Ada yang menghalangi")
    UNWELL = "unwell", _("Sakit, atau mengurus keluarga")
    UNREACHED = "unreached", _("Belum dapat dihubungi")
    CHANGED = "changed", _("Ia memilih cara lain")
    REOFFERED = "reoffered", _("Ditawarkan ke mitra lain")
    MISTAKEN = "mistaken", _("Salah tujuan atau layanan")
    UNSAFE = "unsafe", _("Tidak aman untuknya")
    TAKEN_BACK = "taken_back", _("Persetujuannya ditarik")
    CASE_ENDED = "case_ended", _("Kasusnya selesai atau pindah")


class LetterState(TextChoices):
    """How far a letter of the office has come."""

    DRAFTED = "drafted", _("konsep")
    ISSUED = "issued", _("bernomor, untuk ditandatangani")
    HANDED = "handed", _("diserahkan")
    CANCELLED = "cancelled", _("dibatalkan")


class LetterReason(TextChoices):
    """Why a letter was cancelled."""

    MISTAKE = "mistake", _("ada yang keliru")
    NO_NEED = "no_need", _("tidak diperlukan lagi")
    TAKEN_BACK = "taken_back", _("penyintas menarik persetujuannya")
    OTHER_WAY = "other_way", _("ditempuh jalan lain")


class Way(TextChoices):
    """How a step of a referral came to be known."""

    OFFICE = "office", _("kantor")
    ACCOUNT = "account", _("akun mitra")
    LINK = "link", _("tautan sekali pakai")
    PHONE = "phone", _("disampaikan kepada petugas")
    CLOCK = "clock", _("jam kerja sistem")


class Told(TextChoices):
    """Who of a partner, or who else, told an officer what is written down."""

    DESK = "desk", _("Loket atau pendaftaran")
    NURSE = "nurse", _("Perawat atau bidan")
    DOCTOR = "doctor", _("Dokter")
    COUNSELLOR = "counsellor", _("Psikolog atau konselor")
    LAWYER = "lawyer", _("Pendamping atau penasihat hukum")
    POLICE = "police", _("Penyidik atau petugas Unit PPA")
    WORKER = "worker", _("Pekerja sosial")
    TEACHER = "teacher", _("Guru atau satgas")
    LEADER = "leader", _("Pimpinan lembaga")
    SURVIVOR = "survivor", _("Penyintas sendiri")
    COMPANION = "companion", _("Yang mendampinginya")


class Need(TextChoices):
    """What a partner prepares for her, so that she need not ask."""

    ACCESS = "access", _("disabilitas: tanyakan apa yang ia perlukan")
    INTERPRETER = "interpreter", _("juru bahasa")
    SIGN = "sign", _("juru bahasa isyarat")
    MOBILITY = "mobility", _("jalan dan toilet tanpa tangga")
    SIGHT = "sight", _("dibacakan, diantar")
    LEARNING = "learning", _("bahasa sederhana, lebih banyak waktu")
    CALM = "calm", _("ruang tenang, tanpa menunggu lama")
    WOMAN = "woman", _("dilayani petugas perempuan")
    COMPANION = "companion", _("didampingi orang yang ia percaya")
    CHILDREN = "children", _("membawa anak kecil")
    TRANSPORT = "transport", _("dijemput")


class LetterKind(TextChoices):
    """A progress letter of the police, by the code on it (SP2HP A1 to A5)."""

    A1 = "a1", "A1"
    A2 = "a2", "A2"
    A3 = "a3", "A3"
    A4 = "a4", "A4"
    A5 = "a5", "A5"
    NONE = "none", _("Tanpa kode")


class Lacks(TextChoices):
    """What keeps a referral from being sent."""

    NO_CONSENT = (
        "no_consent",
        _("Belum ada persetujuan untuk lembaga ini. Tanyakan kepadanya dulu."),
    )
    OTHER_AGENCY = "other_agency", _("Persetujuan itu untuk lembaga lain.")
    NOT_HOLDING = "not_holding", _("Persetujuannya sudah ditarik atau berakhir.")
    EMPLOYER = (
        "employer",
        _("Tempat kerja hanya diberi tahu bila ia sendiri, atau walinya, setuju."),
    )
    CHILD_ALONE = "child_alone", _("Untuk anak, wali yang tidak terlibat ikut setuju.")
    NO_CHILD = "no_child", _("Orang dewasa memutuskan sendiri; wali tidak dapat menggantikannya.")
    CONFLICT = (
        "conflict",
        _("Walinya terlapor atau serumah dengannya. Cari wali lain, atau minta penyelia."),
    )
    NOT_RESPONSIBLE = "not_responsible", _("Tanpa persetujuan, hanya penyelia yang memutuskan.")
    LATER = "later", _("Hari persetujuan tidak bisa sesudah hari ini.")
    NOT_OFFERED = "not_offered", _("Mitra ini tidak lagi memberi layanan itu.")


class Hand(TextChoices):
    """Who asks for a letter or receives a result, who hands something on and who takes it."""

    INVESTIGATOR = "investigator", _("Penyidik")
    UNIT = "unit", _("Petugas Unit PPA")
    DOCTOR = "doctor", _("Dokter")
    NURSE = "nurse", _("Perawat atau bidan")
    LAB = "lab", _("Laboratorium")
    PROSECUTOR = "prosecutor", _("Jaksa")
    OFFICE = "office", _("Petugas kantor")
    COMPANION = "companion", _("Yang mendampinginya")
    SURVIVOR = "survivor", _("Penyintas sendiri")


class Thing(TextChoices):
    """What is handed on as evidence."""

    SWAB = "swab", _("Perangkat usap")
    CLOTHING = "clothing", _("Pakaian")
    PHOTO = "photo", _("Foto")
    DOCUMENT = "document", _("Dokumen")
    FILE = "file", _("Berkas terkunci")


class HealthKind(TextChoices):
    """What medical care is asked for."""

    WOUNDS = "wounds", _("Perawatan luka")
    HIV = "hiv", _("Pencegahan HIV")
    CONTRACEPTION = "contraception", _("Kontrasepsi darurat")
    HEPATITIS = "hepatitis_b", _("Vaksin hepatitis B")
    PREGNANCY = "pregnancy", _("Tes kehamilan")
    STI = "sti", _("Pemeriksaan infeksi menular seksual")
    FOLLOW_UP = "follow_up", _("Pemeriksaan lanjutan")
    OTHER = "other", _("Layanan kesehatan lain")


class HealthState(TextChoices):
    """What became of it."""

    ASKED = "asked", _("diminta")
    GIVEN = "given", _("diberikan")
    DECLINED = "declined", _("ia memilih tidak")
    NOT_NEEDED = "not_needed", _("tidak diperlukan")
    TOO_LATE = "too_late", _("waktunya lewat")


class HealthOutcome(TextChoices):
    """How it goes on; never what was found."""

    DONE = "done", _("Selesai")
    COURSE = "course", _("Dimulai, obatnya berlanjut")
    BACK = "back", _("Perlu datang lagi")
    ONWARD = "onward", _("Dilanjutkan di tempat lain")


class FeeOutcome(TextChoices):
    """How money that was asked of a survivor was put right."""

    RETURNED = "returned", _("Uangnya kembali kepadanya")
    CANCELLED = "cancelled", _("Tagihannya dibatalkan")
    COVERED = "covered", _("Kantor yang menanggung, lembaganya ditegur")
    MISTAKEN = "mistaken", _("Ternyata salah catat")


class KitKind(TextChoices):
    """What a rapid test looks for."""

    PREGNANCY = "pregnancy", _("Kehamilan")
    HIV = "hiv", "HIV"
    SYPHILIS = "syphilis", _("Sifilis")
    HEPATITIS = "hepatitis_b", "Hepatitis B"


class KitMove(TextChoices):
    """What happened to rapid tests of a batch."""

    RECEIVED = "received", _("Diterima")
    USED = "used", _("Dipakai")
    SPOILED = "spoiled", _("Rusak atau dibuang")
    COUNTED = "counted", _("Dihitung ulang")


class VisitState(TextChoices):
    """How far a one-stop visit has come."""

    PLANNED = "planned", _("direncanakan")
    UNDER_WAY = "under_way", _("sedang berjalan")
    DONE = "done", _("selesai")
    CALLED_OFF = "called_off", _("tidak jadi")


class StationState(TextChoices):
    """How far one station of a visit has come."""

    WAITING = "waiting", _("menunggu")
    UNDER_WAY = "under_way", _("sedang berjalan")
    DONE = "done", _("selesai")
    SKIPPED = "skipped", _("ia memilih tidak")
    MOVED = "moved", _("pindah ke hari lain")


class VisitEnd(TextChoices):
    """Why a visit does not take place."""

    HER_CHOICE = "her_choice", _("Ia memilih waktu lain, atau tidak jadi")
    UNSAFE = "unsafe", _("Belum aman baginya")
    UNWELL = "unwell", _("Sakit, atau mengurus keluarga")
    PLACE = "place", _("Tempat atau petugasnya berhalangan")
    TRANSPORT = "transport", _("Kendaraan atau cuaca")


class Transport(TextChoices):
    """How she gets there and back."""

    NONE = "none", _("Tidak perlu")
    OFFICE = "office", _("Dijemput mobil kantor")
    FARE = "fare", _("Ongkos diganti kantor")
    BOAT = "boat", _("Perahu atau pompong")
    AMBULANCE = "ambulance", _("Ambulans")


class SessionState(TextChoices):
    """How far a counselling session has come; whoever did not come is not blamed."""

    BOOKED = "booked", _("dijadwalkan")
    HELD = "held", _("bertemu")
    MISSED = "missed", _("belum bertemu")
    CALLED_OFF = "called_off", _("tidak jadi")


class SessionKind(TextChoices):
    """What a session is, by the code of its service (code list 4.9)."""

    COUNSEL = "svc_counsel", _("Konseling")
    FIRST = "svc_psych_first", _("Dukungan psikologis awal")
    MIDDLE = "svc_psych_mid", _("Pendampingan psikologis jangka menengah")


class SessionPlace(TextChoices):
    """Where a session is held."""

    ROOM = "room", _("ruang konseling")
    HOME = "home", _("di tempatnya")
    PHONE = "phone", _("telepon")
    LINK = "link", _("tautan suara atau video")


class OffBy(TextChoices):
    """Who called a session off, or what did."""

    HER = "her", _("Ia memilih waktu lain")
    UNSAFE = "unsafe", _("Belum aman baginya")
    COUNSELLOR = "counsellor", _("Konselor berhalangan")
    OFFICE = "office", _("Kantor tutup, atau tempatnya tidak siap")


class Weekday(TextChoices):
    """Days of the week, by their number as Python counts them."""

    MON = "0", _("Senin")
    TUE = "1", _("Selasa")
    WED = "2", _("Rabu")
    THU = "3", _("Kamis")
    FRI = "4", _("Jumat")
    SAT = "5", _("Sabtu")
    SUN = "6", _("Minggu")
