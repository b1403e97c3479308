"""What a supervisor reads of a case without its names, and how much each member carries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q

from teduh.access.models import Member
from teduh.access.words import Right
from teduh.audit.queries import opened_since
from teduh.cases import queries, rules
from teduh.cases.models import Case, Crew
from teduh.lib.timing import local_day
from teduh.sop.queries import of_subject

WEEK = timedelta(days=7)
ASSESSED, TOLD = "risk_assessment", "rights_told"  # steps of the procedure


@dataclass(frozen=True, slots=True)
class Seen:
    """A drawn case without identity; None: not promised, or its time still runs."""

    kept: int
    late: int
    running: int
    assessed_in_time: bool | None
    rights_told: bool | None
    people: int
    contact_day: date | None
    open_days: int


@dataclass(frozen=True, slots=True)
class Burden:
    """What a member carries now, and whether any of it is over what the office thinks good."""

    member: Member
    cases: int
    grave: int
    opened: int

    @property
    def over(self) -> bool:
        """Whether one of the three is over its limit."""
        return (
            self.cases > settings.TEDUH_CASES_EACH
            or self.grave > settings.TEDUH_GRAVE_CASES_EACH
            or self.opened > settings.TEDUH_OPENINGS_A_WEEK
        )


def seen(case: Case, at: datetime) -> Seen:
    """A case by its promises, days and counts alone."""
    promises = of_subject(case.code)
    met = [one for one in promises if one.met_at]
    late = [one for one in promises if one.missed_at or (one.met_at and one.met_at > one.due_at)]
    in_time = {one.step: one.met_at <= one.due_at for one in met if one.met_at}
    missed = dict.fromkeys((one.step for one in promises if one.missed_at), False)
    known = in_time | missed
    return Seen(
        kept=len([one for one in met if one not in late]),
        late=len(late),
        running=len([one for one in promises if not one.met_at and not one.ended_at]),
        assessed_in_time=known.get(ASSESSED),
        rights_told=known.get(TOLD),
        people=case.people.count(),
        contact_day=case.contact_day,
        open_days=(local_day(at) - case.opened_day).days,
    )


def burdens(viewer: Member, at: datetime) -> list[Burden]:
    """Everybody of the viewer's teams for a supervisor, for all others themself alone.

    As many queries for a large team as for a small one.
    """
    if viewer.may(Right.SUPERVISE_CASES):
        members = [load.member for load in queries.colleagues(viewer, at)]
    else:
        members = [viewer]
    places = _places(members, at)
    opened = opened_since(at - WEEK, [one.code for one in members])
    told = [Burden(one, *places.get(one.pk, (0, 0)), opened.get(one.code, 0)) for one in members]
    return sorted(told, key=lambda one: (not one.over, -one.grave, -one.cases, one.member.name))


def _places(members: Collection[Member], at: datetime) -> dict[int, tuple[int, int]]:
    rows = Crew.objects.on(local_day(at)).filter(member__in=[one.pk for one in members])
    going = rows.exclude(case__state__in=rules.ENDED).order_by()
    counted = going.values("member").annotate(
        cases=Count("case", distinct=True),
        grave=Count("case", distinct=True, filter=Q(case__band__in=rules.GRAVE)),
    )
    return {row["member"]: (row["cases"], row["grave"]) for row in counted}
