"""Hearings and deadlines: of a case, and of many on their days."""

from datetime import date, datetime

from django.db.models import QuerySet

from teduh.access.models import Member
from teduh.cases.models import Case
from teduh.cases.queries import known_to
from teduh.lib.timing import begin_of, local_day
from teduh.services.models import Hearing


def hearings_of(case: Case) -> list[Hearing]:
    """All of a case by their days."""
    return list(Hearing.objects.of(case).select_related("companion", "moved_to"))


def to_come(case: Case, at: datetime) -> list[Hearing]:
    """Those that stand and whose day has not gone by, the next first."""
    rows = Hearing.objects.of(case).standing().filter(at__gte=begin_of(local_day(at)))
    return list(rows.select_related("companion"))


def hearing_of(case: Case, code: str) -> Hearing | None:
    """One of a case by its code."""
    return Hearing.objects.of(case).select_related("case", "companion").filter(code=code).first()


def between(member: Member, first: date, after: date, *, own: bool) -> QuerySet[Hearing]:
    """Those of cases the member may know of, from a day until before another; `own`: to go to."""
    rows = Hearing.objects.filter(known_to(member), at__gte=begin_of(first), at__lt=begin_of(after))
    rows = rows.exclude(state__in=(Hearing.State.POSTPONED, Hearing.State.DROPPED))
    if own:
        rows = rows.filter(companion=member)
    return rows.select_related("case", "companion")
