"""What survivors asked of their data."""

from dataclasses import dataclass
from datetime import datetime

from teduh.access.models import Member
from teduh.access.queries import barred
from teduh.access.words import Right
from teduh.cases.models import Case
from teduh.records.models import DataRequest, DataRequestQuery

COUNTED = 999  # of one number of the morning page; more are "999+"


@dataclass(frozen=True, slots=True)
class Today:
    """What waits for whoever guards the office's data; each the length of its list."""

    requests: int


def today(member: Member) -> Today:
    """The numbers of one's morning."""
    return Today(requests=requests(member).order_by()[: COUNTED + 1].count())


def requests_of(case: Case) -> list[DataRequest]:
    """Every request in a case, those that wait first, the soonest due before the others."""
    rows = DataRequest.objects.filter(case=case).select_related("member", "answerer")
    return sorted(rows, key=lambda one: (bool(one.outcome), one.due_at))


def requests(member: Member) -> DataRequestQuery:
    """Those that wait for an answer, of cases this member may know of, the soonest due first."""
    rows = DataRequest.objects.waiting().select_related("case", "member")
    if not member.may(Right.KEEP_RECORDS):
        return rows.none()
    if not member.oversees_all:
        rows = rows.filter(case__team_code__in=member.team_codes())
    kept = barred(member)
    return rows.exclude(case__code__in=kept) if kept else rows


def request_of(case: Case, number: int) -> DataRequest | None:
    """One request of this case."""
    return DataRequest.objects.filter(case=case, pk=number).first()


def late(member: Member, at: datetime) -> int:
    """How many of them are over the hours of the law."""
    return requests(member).late(at).count()
