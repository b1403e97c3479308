"""What of the promises a member sees to this morning, and the list behind each number."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from teduh.access.models import Member
from teduh.lib.counting import counts
from teduh.lib.timing import begin_of, local_day
from teduh.sop.models import PromiseQuery
from teduh.sop.queries import visible_to
from teduh.sop.words import Pick

COUNTED = 999  # promises of one list; more are "999+"


@dataclass(frozen=True, slots=True)
class Today:
    """How many promises of one's own are late, due today, or wait; and all that nobody heard of."""

    late: int
    due: int
    waiting: int
    unheard: int


def picked(member: Member, pick: Pick, at: datetime, *, mine: bool) -> PromiseQuery:
    """The promises of one list; `mine`: those the member answers for, and those nobody does."""
    rows = visible_to(member).running()
    if mine:
        rows = rows.filter(owner__in=("", member.code), team_code__in=member.team_codes())
    if pick == Pick.WAITING:
        return rows.filter(paused_at__isnull=False)
    rows = rows.filter(paused_at__isnull=True)
    if pick == Pick.TODAY:
        tomorrow = begin_of(local_day(at) + timedelta(days=1))
        return rows.filter(due_at__gt=at, due_at__lt=tomorrow)
    rows = rows.filter(due_at__lte=at)
    if pick == Pick.UNHEARD:
        return rows.filter(missed_at__isnull=False, heard_at__isnull=True)
    return rows


def today(member: Member, at: datetime) -> Today:
    """The numbers of one's morning, each counted to one beyond `COUNTED`."""
    own = (picked(member, pick, at, mine=True) for pick in (Pick.LATE, Pick.TODAY, Pick.WAITING))
    unheard = picked(member, Pick.UNHEARD, at, mine=False)
    return Today(*counts(COUNTED, *own, unheard))
