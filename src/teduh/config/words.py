"""Words of what keeps the house running."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teduh.config.rules import Level

LEVELS: dict[Level, Promise] = {
    Level.BAD: _("perbaiki"),
    Level.SOON: _("perhatikan"),
    Level.GOOD: _("baik"),
}


class Unseen(StrEnum):
    """What works unseen and leaves a sign of life."""

    CLOCK = "clock"
    BACKUP = "backup"
    KEY_BACKUP = "key_backup"
