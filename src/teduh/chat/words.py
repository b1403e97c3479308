"""Words of a thread."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Side(TextChoices):
    """Who wrote a message."""

    OFFICE = "office", _("Kantor")
    REPORTER = "reporter", _("Pemegang tiket")
