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
from teduh.directory.actions.providers import (
    agree,
    enter_provider,
    import_providers,
    mend_provider,
    note_export,
    remind_memoranda,
    verify_provider,
)
from teduh.directory.actions.ways import enter_channel, load_areas, load_channels, mend_channel

__all__ = [
    "agree",
    "enter_channel",
    "enter_helper",
    "enter_provider",
    "import_providers",
    "issue_card",
    "load_areas",
    "load_channels",
    "mend_channel",
    "mend_helper",
    "mend_provider",
    "note_export",
    "note_miss",
    "note_use",
    "qualify",
    "remind_memoranda",
    "revoke_cards",
    "verify_provider",
]
