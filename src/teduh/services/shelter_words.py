"""Words of shelter: for whom a room is, how long somebody stays and why, how a stay ends."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Group(TextChoices):
    """Who shares a room without being a burden to one another. The age of boys is a proposal."""

    WOMEN = "women", _("Perempuan sendiri")
    FAMILIES = "families", _("Ibu dengan anak perempuan atau bayi")
    BOYS = "boys", _("Ibu dengan anak laki-laki di bawah 12 tahun")
    GIRLS = "girls", _("Anak perempuan tanpa ibu")


class StayEnd(TextChoices):
    """How a stay ended: code list 4.22, shelter_end."""

    HOME = "home", _("Pulang dengan aman")
    FAMILY = "family", _("Ke keluarga yang aman")
    HOUSE = "house", _("Dirujuk ke panti atau rumah aman lain")
    MOVED = "moved", _("Pindah tempat tinggal atau kota")
    OWN_WILL = "own_will", _("Keluar atas kemauan sendiri")


class Longer(TextChoices):
    """Why a stay goes on."""

    DANGER = "danger", _("Di luar belum aman")
    PROCESS = "process", _("Pemeriksaan atau sidang sebentar lagi")
    RECOVERY = "recovery", _("Pemulihannya belum selesai")
    NOWHERE = "nowhere", _("Tempat tinggal baru belum siap")
    CHILD = "child", _("Demi anak: sekolah atau kesehatan")


class AwayReason(TextChoices):
    """Why there was no place."""

    FULL = "full", _("Penuh")
    NO_ROOM = "no_room", _("Tidak ada kamar yang cocok")
    NEEDS = "needs", _("Kebutuhannya belum dapat dipenuhi")
    NOT_SAFE = "not_safe", _("Tidak aman di tempat ini")


class Elsewhere(TextChoices):
    """Where somebody found a place instead."""

    HOUSE = "house", _("Rumah aman atau panti lain")
    FAMILY = "family", _("Keluarga atau teman yang aman")
    HOSPITAL = "hospital", _("Rumah sakit")
    LODGING = "lodging", _("Penginapan yang dibayar kantor")
    NOWHERE = "nowhere", _("Belum ada tempat")
