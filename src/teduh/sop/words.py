"""Bands, calendars and reasons of a standard operating procedure."""

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


class Reason(TextChoices):
    """Why a promise was met late, or a step taken before another that comes first."""

    LATE_TOLD = "late_told", _("Sudah lewat ketika kami diberi tahu")
    UNREACHED = "unreached", _("Penyintas tidak dapat dihubungi dengan aman")
    WISHED = "wished", _("Penyintas menghendaki begitu")
    SAFETY = "safety", _("Urutannya diubah demi keselamatan")
    OTHERS = "others", _("Menunggu lembaga lain")
    STAFF = "staff", _("Petugas kurang atau berganti")
    DISTANCE = "distance", _("Jarak atau kendaraan")
    SYSTEM = "system", _("Listrik, jaringan, atau sistem")
    RECORDED = "recorded", _("Tepat waktu, tetapi terlambat dicatat")
    FORGOTTEN = "forgotten", _("Terlupa")


class Deviation(TextChoices):
    """How a step went otherwise than promised."""

    MISSED = "missed", _("terlewat")
    SKIPPED = "skipped", _("tidak dilakukan")
    OUT_OF_TURN = "out_of_turn", _("urutannya diubah")


class Pick(TextChoices):
    """Which promises a list shows; the value is the word of its address."""

    LATE = "lewat", _("Lewat waktu")
    TODAY = "hari-ini", _("Jatuh tempo hari ini")
    WAITING = "menunggu", _("Ditunda, menunggu orang lain")
    UNHEARD = "belum-didengar", _("Terlambat dan belum ada yang mengurus")
