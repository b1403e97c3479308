"""What survivors asked of their data."""

from datetime import datetime

from teduh.access.models import Member
from teduh.access.queries import barred
from teduh.access.words import Right
from teduh.cases.models import Case, Told
from teduh.records.models import DataRequest, DataRequestQuery
from teduh.tickets.models import Ticket

SHOWN = 4  # newest requests on her own page: as many as there are kinds


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


def case_of(ticket: Ticket) -> Case | None:
    """The case that goes on with a ticket's report; None before there is one, and once it was erased."""
    told = Told.objects.filter(report__ticket=ticket).select_related("case__merged_into").first()
    case = told and (told.case.merged_into or told.case)
    return case if case and not case.erased_day else None


def asked_by(ticket: Ticket) -> list[DataRequest]:
    """What the holder of a ticket asked by it, the newest first."""
    rows = DataRequest.objects.filter(ticket=ticket.number).order_by("-asked_at")
    return list(rows[:SHOWN])


def request_of(case: Case, number: int) -> DataRequest | None:
    """One request of this case."""
    return DataRequest.objects.filter(case=case, pk=number).first()


def late(member: Member, at: datetime) -> int:
    """How many of them are over the hours of the law."""
    return requests(member).late(at).count()
