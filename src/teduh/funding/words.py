"""Where money comes from, what it is for, what became of it: codes only, never free words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SourceKind(TextChoices):
    """Who gives the money: code list 4.22, funding source."""

    APBD = "apbd", _("APBD")
    DAK = "dak", _("DAK Non-Fisik PPA")
    CSR = "csr", _("CSR")
    GRANT = "grant", _("Hibah")
    DONATION = "donation", _("Donasi")
    PROVINCE = "province", _("Provinsi")
    NATION = "nation", _("Pusat")


class Purpose(TextChoices):
    """What a line may be used for."""

    SHELTER = "shelter", _("Rumah aman")
    SUPPORT = "support", _("Dukungan ekonomi sementara")
    TELECOUNSEL = "telecounsel", _("Telekonseling")
    TESTS = "tests", _("Tes medis cepat")
    HEALTH = "health", _("Layanan kesehatan dan visum")
    LEGAL = "legal", _("Bantuan hukum")
    TRANSPORT = "transport", _("Transportasi dan pemulangan")
    PREVENTION = "prevention", _("Pencegahan")
    OTHER = "other", _("Lainnya")


class Kind(TextChoices):
    """What an entry does to its line."""

    PLANNED = "planned", _("Direncanakan")
    COMMITTED = "committed", _("Dijanjikan")
    SPENT = "spent", _("Dibayar")
    REVERSED = "reversed", _("Dibatalkan")


class Memo(TextChoices):
    """Why an entry was made."""

    BUDGET = "budget", _("Anggaran disahkan")
    CHANGE = "change", _("Perubahan anggaran")
    SUPPORT = "support", _("Dukungan ekonomi")
    SHELTER = "shelter", _("Kebutuhan rumah aman")
    FEE = "fee", _("Honor atau jasa")
    TRAVEL = "travel", _("Perjalanan")
    GOODS = "goods", _("Barang atau alat")
    OTHER = "other", _("Lainnya")
    MISTAKE = "mistake", _("Salah catat")
    NOT_NEEDED = "not_needed", _("Tidak jadi dipakai")
