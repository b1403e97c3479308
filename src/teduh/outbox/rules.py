"""How long a message may wait, and when it is tried again."""

from datetime import datetime, timedelta

KEPT = timedelta(hours=24)  # sealing.md 9: an address is erased on delivery or after 24 hours
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)


class UnknownTemplate(Exception):
    """There is no such message: nothing but the written texts may leave."""


def next_try(*, at: datetime, tries: int) -> datetime:
    """When a message that failed `tries` times is tried again: 1, 2, 4… minutes, an hour at most."""
    wait: timedelta = FIRST_WAIT * 2 ** max(tries - 1, 0)
    return at + min(wait, LONGEST_WAIT)
