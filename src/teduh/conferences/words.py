"""Kinds, states and codes of meetings of agencies, with their labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a meeting is about: cases of the office one by one, or how all of them move on."""

    CASE = "case", _("Rapat kasus")
    CITY = "city", _("Rapat lintas dinas")


class State(TextChoices):
    """How far a meeting is."""

    PLANNED = "planned", _("direncanakan")
    UNDER_WAY = "under_way", _("sedang berlangsung")
    HELD = "held", _("sudah diadakan")
    CALLED_OFF = "called_off", _("dibatalkan")


class Where(TextChoices):
    """What sort of place a meeting has."""

    OFFICE = "office", _("Di kantor kami")
    PARTNER = "partner", _("Di lembaga mitra")
    CITY_HALL = "city_hall", _("Di balai kota")
    CALL = "call", _("Lewat sambungan yang aman")


class WhyOff(TextChoices):
    """Why a meeting is called off."""

    FEW = "few", _("Terlalu sedikit yang dapat hadir")
    NOTHING = "nothing", _("Tidak ada yang perlu dibahas")
    MOVED = "moved", _("Diganti hari lain")
    UNSAFE = "unsafe", _("Tempat atau sambungannya tidak aman")


class Presence(TextChoices):
    """Whether somebody sits at the table."""

    ASKED = "asked", _("diundang")
    PRESENT = "present", _("hadir")
    APOLOGY = "apology", _("berhalangan")


class Trigger(TextChoices):
    """Why a case is on the agenda (case standards 3.6 and 3.9)."""

    SCORE = "score", _("Risiko tinggi")
    JUDGEMENT = "judgement", _("Penilaian petugas")
    ESCALATION = "escalation", _("Kejadian makin sering")
    REPEAT = "repeat", _("Terjadi lagi sesudah dirapatkan")
    STUCK = "stuck", _("Janji waktu tersangkut sampai pimpinan")
    LEGAL = "legal", _("Ada langkah hukum baru")


class Judgement(TextChoices):
    """What an officer sees that no score shows (case standards 3.6, professional judgement)."""

    FEAR = "fear", _("Ia sangat takut")
    CULTURE = "culture", _("Budaya atau bahasa menghalanginya bercerita")
    STRANGLED = "strangled", _("Pernah dicekik")
    STALKED = "stalked", _("Dikuntit atau diawasi")
    THREATS = "threats", _("Diancam dibunuh")
    CONTROL = "control", _("Berpisah, dikendalikan, dan disakiti sekaligus")


class ItemState(TextChoices):
    """How far a case on the agenda is."""

    WAITING = "waiting", _("menunggu dibahas")
    DISCUSSED = "discussed", _("sudah dibahas")
    OFF = "off", _("tidak dibahas")


class TakenOff(TextChoices):
    """Why a case is taken off the agenda."""

    SETTLED = "settled", _("Sudah tertangani")
    NO_YES = "no_yes", _("Ia tidak setuju dibahas")
    LATER = "later", _("Dibahas di rapat berikutnya")
    ENDED = "ended", _("Kasusnya selesai atau berjalan di kasus lain")


class Unsaid(TextChoices):
    """Why her own wishes are not written: she was asked, or could not be."""

    NOT_NOW = "not_now", _("Ia belum ingin menyampaikannya")
    TRUSTS = "trusts", _("Ia menyerahkannya kepada pendampingnya")
    YOUNG = "young", _("Ia terlalu kecil untuk ditanya")
    UNREACHED = "unreached", _("Belum dapat ditanya dengan aman")


class Whose(TextChoices):
    """Whom a danger threatens."""

    SURVIVOR = "survivor", _("Penyintas")
    CHILDREN = "children", _("Anak-anak")
    ACCUSED = "accused", _("Terlapor")
    OTHERS = "others", _("Orang lain di sekitarnya")
    STAFF = "staff", _("Petugas")


class DangerKind(TextChoices):
    """A danger the agencies agree on."""

    VIOLENCE = "violence", _("Disakiti lagi")
    KILLING = "killing", _("Dibunuh")
    SELF = "self", _("Menyakiti diri sendiri")
    REVENGE = "revenge", _("Pembalasan")
    PRESSURE = "pressure", _("Ditekan mencabut laporan")
    ONLINE = "online", _("Konten disebarkan")
    TAKEN = "taken", _("Dibawa pergi")
    HOME = "home", _("Kehilangan tempat tinggal atau nafkah")


class Doing(TextChoices):
    """What an agency is to do; the words of it are sealed."""

    CONTACT = "contact", _("Menghubungi penyintas")
    SAFETY = "safety", _("Memperbarui rencana keselamatan")
    PATROL = "patrol", _("Patroli dan pemantauan")
    INVESTIGATE = "investigate", _("Melanjutkan penyidikan")
    FILE = "file", _("Melengkapi berkas perkara")
    PROTECT = "protect", _("Mengurus pelindungan")
    VISUM = "visum", _("Visum atau keterangan ahli")
    TREAT = "treat", _("Perawatan kesehatan")
    THERAPY = "therapy", _("Pendampingan psikologis")
    LEGAL = "legal", _("Bantuan hukum atau restitusi")
    SHELTER = "shelter", _("Tempat aman")
    SCHOOL = "school", _("Urusan sekolah")
    SUPPORT = "support", _("Dukungan ekonomi atau sosial")
    REPORT = "report", _("Memberi kabar perkembangan")


class Done(TextChoices):
    """How far a decision is."""

    OPEN = "open", _("berjalan")
    DONE = "done", _("dikerjakan")
    LET_GO = "let_go", _("dilepas")


class Evidence(TextChoices):
    """What shows that a decision was carried out."""

    LETTER = "letter", _("Ada suratnya")
    MET = "met", _("Bertemu atau menelepon")
    SEEN = "seen", _("Disaksikan petugas")
    ENTRY = "entry", _("Tercatat dalam kasus")


class LetGo(TextChoices):
    """Why a decision is let go."""

    SHE_SAID = "she_said", _("Penyintas tidak menginginkannya")
    NEEDLESS = "needless", _("Tidak diperlukan lagi")
    REPLACED = "replaced", _("Diganti keputusan lain")
    IMPOSSIBLE = "impossible", _("Tidak dapat dikerjakan")


class FeedbackWay(TextChoices):
    """How she hears what was agreed, in the way that is safe for her."""

    MET = "met", _("Langsung, saat bertemu")
    CALL = "call", _("Lewat telepon, dengan kata sandinya")
    TICKET = "ticket", _("Lewat pesan tiket")
    COMPANION = "companion", _("Lewat pendampingnya")


class Lacks(TextChoices):
    """What keeps a case from being discussed, or a meeting from being closed."""

    NOT_OPEN = "not_open", _("Rapatnya belum dimulai, atau sudah ditutup.")
    WISHES = "wishes", _("Tuliskan dulu keinginannya, atau pilih sebabnya tidak ditulis.")
    BASIS = "basis", _("Belum ada persetujuannya untuk dibahas, dan tidak ada kewajiban hukum.")
    NOBODY = "nobody", _("Belum ada lembaga yang hadir dan boleh membahasnya.")
    OVER = "over", _("Sudah dibahas, atau tidak dibahas lagi.")
    WAITING = "waiting", _("Ada kasus yang belum dibahas dan belum dilepas dari agenda.")
    FEEDBACK = "feedback", _("Ada kasus tanpa cara aman mengabari penyintas.")
    FEW = "few", _("Kasusnya terlalu sedikit: orang bisa menebak siapa.")


class Blocker(TextChoices):
    """What holds a case up, as far as every agency may know."""

    PROMISE = "promise", _("Ada janji waktu yang terlewat")
    LAW = "law", _("Proses hukum menunggu")
    VISUM = "visum", _("Visum tertunda")
    DECISION = "decision", _("Keputusan rapat lewat harinya")
    QUIET = "quiet", _("Penyintas lama belum terhubung")
    ALONE = "alone", _("Belum ada manajer kasus")


TOO_FEW = _("lainnya")  # what so few cases share that a screen does not name it


class Span(TextChoices):
    """How long a case is open, too coarse to know it by from one meeting to the next."""

    WEEK = "week", _("seminggu atau kurang")
    MONTH = "month", _("seminggu sampai sebulan")
    QUARTER = "quarter", _("satu sampai tiga bulan")
    LONGER = "longer", _("lebih dari tiga bulan")


class Progress(TextChoices):
    """How the decisions about a case stand."""

    NONE = "none", _("belum ada keputusan")
    RUNS = "runs", _("keputusan berjalan")
    LATE = "late", _("ada keputusan yang lewat harinya")
    DONE = "done", _("semua keputusan dikerjakan")
