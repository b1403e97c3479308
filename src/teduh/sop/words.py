"""Events, calendars and bands of a standard operating procedure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Band(TextChoices):
    """How much danger there is (code_lists.md 4.14), the highest first."""

    EXTREME = "extreme", _("Sangat tinggi")
    HIGH = "high", _("Tinggi")
    MEDIUM = "medium", _("Sedang")
    LOW = "low", _("Rendah")


class Calendar(TextChoices):
    """Which hours count towards a promise."""

    ALWAYS = "24/7", _("setiap jam, setiap hari")
    OFFICE = "office", _("jam kerja")


class Pause(TextChoices):
    """The only reasons for which a promise may wait."""

    ASKED = "asked", _("Penyintas meminta menunggu")
    UNSAFE = "unsafe", _("Belum aman untuk menghubungi")
    ILL = "ill", _("Penyintas dirawat atau sakit")


class Ended(TextChoices):
    """Why a promise ended without being met."""

    NO_NEED = "no_need", _("Tidak diperlukan lagi")
    ELSEWHERE = "elsewhere", _("Ditangani lembaga lain")
    DOUBLE = "double", _("Sama dengan laporan lain")
    DECLINED = "declined", _("Penyintas tidak menghendakinya")
