"""Floods: who sends very many reports waits a little for each further one, and it is marked.

Nobody is refused: a wait comes with a turn, and a report that comes back with the proof of it when
the wait is over is taken, whatever came from the same address meanwhile (decisions/0011).
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.conf import settings

from teduh.lib.paces import Counter, Pace

STEP = 2  # seconds that each report above the pace waits longer than the one before it
LONGEST = 60  # seconds anybody is asked to wait
# Thirty reports an hour from one address: a school or a mobile network behind it is no flood.
reports = Counter(Pace(free=30, seconds=120, over=LONGEST // STEP))


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether a report may come in now, in how many seconds else, and the proof that proves it."""

    wait: int = 0
    proof: str = ""

    @property
    def flood(self) -> bool:
        """Whether it came above the pace of its visitor."""
        return bool(self.proof)


def turn_of(ticket: str, proof: str, visitor: str, at: datetime) -> Turn:
    """The turn of a report; one with a proof is not counted again."""
    hour = _hour_on(proof, ticket)
    if hour:
        wait = max(0, ceil(hour - at.timestamp()))
        # Nobody is asked to wait longer: the clock went back, and the turn was promised.
        return Turn(wait if wait <= LONGEST else 0, proof)
    over = reports.add(visitor, at)
    if not over:
        return Turn()
    wait = min(LONGEST, STEP * over)
    return Turn(wait, _proof(ticket, int(at.timestamp()) + wait))


def _proof(ticket: str, hour: int) -> str:
    message = f"teduh/v1/giliran\0{ticket}\0{hour}".encode()
    return f"{hour}.{hmac.new(settings.TEDUH_SERVER_SECRET, message, 'sha256').hexdigest()}"


def _hour_on(proof: str, ticket: str) -> int:
    hour = proof.partition(".")[0]
    if not (hour.isascii() and hour.isdigit() and len(hour) < 12):
        return 0
    return (
        int(hour) if hmac.compare_digest(proof.encode(), _proof(ticket, int(hour)).encode()) else 0
    )
