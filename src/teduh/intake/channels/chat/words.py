"""Words of the counsellor's desk."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Pick(TextChoices):
    """Which conversations the desk lists; the value is the word of its address."""

    OPEN = "", _("Berjalan")
    WAITING = "menunggu", _("Menunggu balasan")
    MINE = "saya", _("Saya tangani")
    ENDED = "selesai", _("Selesai")
