"""Writing the budget. Every rupiah moves by an entry: under the lock of its line, once for its key."""

from teduh.funding.actions.ledger import commit, plan, release, reverse, spend
from teduh.funding.actions.opening import note_export, open_line, open_source

__all__ = [
    "commit",
    "note_export",
    "open_line",
    "open_source",
    "plan",
    "release",
    "reverse",
    "spend",
]
