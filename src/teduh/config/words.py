"""Words of what keeps the house running."""

from enum import StrEnum


class Unseen(StrEnum):
    """What works unseen and leaves a sign of life."""

    CLOCK = "clock"
    BACKUP = "backup"
    KEY_BACKUP = "key_backup"
