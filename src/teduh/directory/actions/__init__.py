"""Loading areas and channels; keeping helpers, their cards, and who gives help."""

from teduh.directory.actions.helpers import (
    enter_helper,
    issue_card,
    mend_helper,
    note_miss,
    note_use,
    qualify,
    revoke_cards,
)
from teduh.directory.actions.ways import enter_channel, load_areas, load_channels, mend_channel

__all__ = [
    "enter_channel",
    "enter_helper",
    "issue_card",
    "load_areas",
    "load_channels",
    "mend_channel",
    "mend_helper",
    "note_miss",
    "note_use",
    "qualify",
    "revoke_cards",
]
