"""Words of temporary economic support: codes only; what somebody tells of their need is sealed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SupportKind(TextChoices):
    """What the money is for."""

    LIVING = "living", _("Kebutuhan sehari-hari")
    RENT = "rent", _("Sewa tempat tinggal")
    SCHOOL = "school", _("Biaya sekolah anak")
    TRANSPORT = "transport", _("Transportasi")
    HEALTH = "health", _("Kesehatan, di luar layanan yang gratis")
    WORK = "work", _("Alat atau modal kerja")


class SupportState(TextChoices):
    """How far a request has come."""

    ASKED = "asked", _("diminta")
    ASSESSED = "assessed", _("menunggu keputusan")
    APPROVED = "approved", _("berjalan")
    REFUSED = "refused", _("belum dapat diberikan")
    ENDED = "ended", _("selesai")


class IncomeLost(TextChoices):
    """What became of the income the household lived on."""

    ALL = "all", _("Seluruhnya hilang")
    PART = "part", _("Sebagian hilang")
    NONE = "none", _("Tidak berubah")
    UNKNOWN = "unknown", _("Belum diketahui")


class SupportRefusal(TextChoices):
    """Why it cannot be given now; it may be asked for again."""

    NO_MONEY = "no_money", _("Dananya belum tersedia")
    OTHER_SOURCE = "other_source", _("Lebih tepat dari program lain, sudah dirujuk")
    ASK_MORE = "ask_more", _("Asesmennya perlu dilengkapi")
    NOT_COVERED = "not_covered", _("Di luar peruntukan anggaran")


class SupportOutcome(TextChoices):
    """How support ended."""

    MET = "met", _("Kebutuhannya terpenuhi")
    STANDS = "stands", _("Sudah dapat mencukupi sendiri")
    CONTINUED = "continued", _("Dilanjutkan program lain")
    HER_CHOICE = "her_choice", _("Ia memilih berhenti")
    UNREACHED = "unreached", _("Belum dapat dihubungi")
    UNSAFE = "unsafe", _("Tidak aman untuknya")
    MISTAKEN = "mistaken", _("Salah catat")


class Relation(TextChoices):
    """Who somebody of the household is to the survivor."""

    CHILD = "child", _("Anak")
    PARENT = "parent", _("Ibu atau ayah")
    SIBLING = "sibling", _("Kakak atau adik")
    GRANDPARENT = "grandparent", _("Nenek atau kakek")
    OTHER = "other", _("Keluarga lain serumah")


class Proof(TextChoices):
    """By what a payment can be shown."""

    RECEIPT = "receipt", _("Kuitansi")
    TRANSFER = "transfer", _("Bukti transfer")
    GOODS = "goods", _("Tanda terima barang")
