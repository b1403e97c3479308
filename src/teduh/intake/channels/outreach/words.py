"""Why the office met many people at one place."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Occasion(TextChoices):
    """What brought them together."""

    RETURNED = "returned", _("Pekerja migran yang dipulangkan")
    RESCUED = "rescued", _("Penyelamatan atau penggerebekan")
    DISASTER = "disaster", _("Pengungsian")
    VISIT = "visit", _("Kunjungan ke kelurahan, sekolah, atau tempat kerja")
