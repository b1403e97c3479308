"""Tables of the room funding."""

from teduh.funding.models.ledger import Entry, Line, Source

__all__ = ["Entry", "Line", "Source"]
