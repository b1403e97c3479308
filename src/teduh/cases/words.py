"""Words of a case: its states, the people in it, who works on it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a case stands (code list 4.12)."""

    OPEN = "open", _("Dibuka, menunggu asesmen")
    ASSESSED = "assessed", _("Asesmen selesai")
    PLANNED = "planned", _("Rencana layanan disepakati")
    IN_SERVICE = "in_service", _("Layanan berjalan")
    REFERRED = "referred", _("Dirujuk")
    LEGAL = "legal", _("Proses hukum")
    MONITORING = "monitoring", _("Pemantauan")
    CLOSED = "closed", _("Selesai")
    REOPENED = "reopened", _("Dibuka kembali")
    TRANSFERRED = "transferred", _("Dilimpahkan")


class PersonRole(TextChoices):
    """What somebody is in a case."""

    SURVIVOR = "survivor", _("Penyintas")
    CHILD = "child", _("Anak yang terdampak")
    HOUSEHOLD = "household", _("Serumah")
    ACCUSED = "accused", _("Terlapor")
    REPORTER = "reporter", _("Pelapor")


class Nationality(TextChoices):
    """Whose citizen somebody is, as coarse as the law on return needs."""

    INDONESIAN = "idn", _("WNI")
    FOREIGN = "foreign", _("WNA")
    STATELESS = "stateless", _("Tanpa kewarganegaraan")
    UNKNOWN = "unknown", _("Tidak diketahui")


class CrewRole(TextChoices):
    """What a member does in the team of one case."""

    MANAGER = "manager", _("Manajer kasus")
    OFFICER = "officer", _("Petugas pengaduan")
    COUNSELLOR = "counsellor", _("Konselor atau psikolog")
    SOCIAL = "social", _("Pekerja sosial")
    LEGAL = "legal", _("Pendamping hukum")
    HEALTH = "health", _("Tenaga kesehatan")


class GbvType(TextChoices):
    """The one core type of an incident (case_standards.md 3.1), the first that fits from the top."""

    RAPE = "rape", _("Perkosaan")
    SEXUAL_ASSAULT = "sexual_assault", _("Serangan seksual")
    PHYSICAL_ASSAULT = "physical_assault", _("Serangan fisik")
    FORCED_MARRIAGE = "forced_marriage", _("Pemaksaan perkawinan")
    DENIAL = "denial", _("Penyangkalan sumber daya, kesempatan, atau layanan")
    EMOTIONAL = "emotional", _("Kekerasan psikis atau emosional")
    NONE = "none", _("Bukan kekerasan berbasis gender")
