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


def missed(request: HttpRequest, at: datetime) -> None:
    """Count a try that opened nothing. Raises TooFast for a visitor with too many of them.

    Asked after the code was tried: the right one always opens, also from an address that guesses
    (an abuser at home, on the same network as her).
    """
    wait = misses.seconds_to_wait(visitor(request), at)
    misses.add(visitor(request), at)
    if wait:
        raise TooFast(wait)
