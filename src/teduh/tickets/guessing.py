"""Guessing: who keeps trying wrong codes waits; a ticket is never locked for anybody else.

Only misses count, so whoever knows her code never notices (sealing.md 4, decisions/0011).
"""

from datetime import datetime

from django.http import HttpRequest

from teduh.lib.paces import Counter, Pace
from teduh.tickets.rules import TooFast
from teduh.web.visitors import visitor

# Twenty slips of the pen from one address are no attack; 63 random bits need no harder brake.
misses = Counter(Pace(free=20, seconds=10))


def check(request: HttpRequest, at: datetime) -> None:
    """Let a try pass. Raises TooFast for a visitor with too many misses."""
    wait = misses.seconds_to_wait(visitor(request), at)
    if wait:
        raise TooFast(wait)


def missed(request: HttpRequest, at: datetime) -> None:
    """Count a try that opened nothing."""
    misses.add(visitor(request), at)
