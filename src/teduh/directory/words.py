"""Levels of areas, and ways to reach the office."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """What an official area code stands for, by its number of parts."""

    PROVINCE = "province", _("Provinsi")
    CITY = "city", _("Kabupaten atau kota")
    DISTRICT = "district", _("Kecamatan")
    KELURAHAN = "kelurahan", _("Kelurahan atau desa")


class ChannelKind(TextChoices):
    """The ways a report can come (code list 4.11); those a citizen can choose."""

    WALKIN = "walkin", _("Datang langsung")
    PHONE = "phone", _("Telepon")
    CALLCENTER = "callcenter", _("Call center 112")
    WEB = "web", _("Formulir daring")
    WHATSAPP = "whatsapp", _("WhatsApp")
    SAPA129 = "sapa129", _("SAPA 129")
    LAPOR = "lapor", _("SP4N-LAPOR!")
