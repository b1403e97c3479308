"""Words of calls."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CallKind(TextChoices):
    """What sort of call it was: the first thing that is said of it."""

    HELP = "help", _("Butuh bantuan")
    INFORMATION = "information", _("Bertanya")
    SILENT = "silent", _("Diam")
    ABANDONED = "abandoned", _("Terputus sebelum bicara")
    ABUSIVE = "abusive", _("Kasar atau mengganggu")
    TEST = "test", _("Percobaan")
    WRONG = "wrong_number", _("Salah sambung")
