"""Meetings: which somebody may know of, who sits there, who may be asked."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from teduh.access.models import Member
from teduh.access.queries import members_of_teams
from teduh.access.words import Right
from teduh.conferences import declaration, rules
from teduh.conferences.models import Conference, Series, TableSeat
from teduh.conferences.words import Kind, State

PAGE = 25


def visible_to(member: Member) -> QuerySet[Conference]:
    """Those of the member's own teams, where they work on cases, and those at which they sit."""
    known = Q(pk__in=TableSeat.objects.filter(member=member).values("conference"))
    if member.may(Right.WORK_CASES):
        known |= Q(team_code__in=member.team_codes())
    return Conference.objects.filter(known).select_related("chair", "minutes_by", "series")


def listed(member: Member, day: date) -> tuple[list[Conference], list[Conference]]:
    """What is to come, the soonest first, and the newest of what was."""
    rows, over = visible_to(member), (State.HELD, State.CALLED_OFF)
    coming = rows.exclude(state__in=over).order_by("day", "id")
    return list(coming[:PAGE]), list(rows.filter(state__in=over)[:PAGE])


def one(member: Member, code: str) -> Conference | None:
    """A meeting this member may know of, or None (a 404)."""
    return visible_to(member).filter(code=code).first()


def seats_of(conference: Conference) -> list[TableSeat]:
    """Everybody at the table, agency by agency."""
    rows = TableSeat.objects.filter(conference=conference).select_related("member__agency")
    return list(rows.order_by("member__agency__name", "member__name"))


def seat_of(member: Member, conference: Conference) -> TableSeat | None:
    """The member's own seat."""
    return TableSeat.objects.filter(conference=conference, member=member).first()


def seat(conference: Conference, number: int) -> TableSeat | None:
    """One seat, by its number in the table."""
    return TableSeat.objects.filter(conference=conference, pk=number).first()


def declared(seat: TableSeat | None, conference: Conference, day: date) -> bool:
    """Whether whoever sits there has accepted the declaration that counts: the one in force, or any
    where the meeting is over.
    """
    if seat is None or seat.accepted_at is None:
        return False
    return conference.over or seat.sha == declaration.in_force(day).sha


def leads(member: Member, conference: Conference) -> bool:
    """Whether the member begins and closes it: chair, minute taker, or who supervises its team."""
    if member.pk in {conference.chair_id, conference.minutes_by_id}:
        return True
    return plans(member, conference.kind, conference.team_code) and member.may(
        Right.SUPERVISE_CASES
    )


def plans(member: Member, kind: str, team_code: str) -> bool:
    """Whether the member may plan a meeting of this kind for a team."""
    right = Right.SUPERVISE_CASES if kind == Kind.CITY else Right.WORK_CASES
    return member.may(right) and team_code in member.team_codes()


def to_invite(kind: str, team_code: str, at: datetime) -> list[Member]:
    """Who may sit at a meeting: the team, the officers of partners, and for the city its figures."""
    team = members_of_teams([team_code], at).holding(Right.WORK_CASES, at)
    able = Q(pk__in=team.values("pk"))
    rights = [Right.ANSWER_PARTNER, *([Right.SEE_FIGURES] if kind == Kind.CITY else [])]
    for right in rights:
        able |= Q(pk__in=Member.objects.active().holding(right, at).values("pk"))
    found = Member.objects.active().filter(able, agency__active=True).select_related("agency")
    return list(found.order_by("agency__name", "name"))


def series_of(team_codes: Collection[str]) -> list[Series]:
    """The series of these teams that still go on."""
    rows = Series.objects.filter(team_code__in=list(team_codes), until__isnull=True)
    return list(rows.select_related("chair"))


def series_to_plan(day: date) -> list[tuple[Series, list[date]]]:
    """Each series that goes on with its next days for which there is no meeting yet."""
    taken = Prefetch("meetings", Conference.objects.filter(day__gte=day), to_attr="coming")
    found: list[tuple[Series, list[date]]] = []
    for row in Series.objects.filter(until__isnull=True).prefetch_related(taken):
        have = {one.day for one in row.coming}
        days = rules.days_of(row.starts, row.every, day, day + rules.AHEAD)
        if missing := [one for one in days if one not in have]:
            found.append((row, missing))
    return found


def last_of(series: Series, before: date) -> Conference | None:
    """The meeting of a series before a day: who sat there sits at the next."""
    return Conference.objects.filter(series=series, day__lt=before).order_by("-day").first()


def to_fill(day: date) -> list[Conference]:
    """Conferences that come soon and whose agenda nobody has looked at today."""
    soon = Conference.objects.filter(
        kind=Kind.CASE, state=State.PLANNED, day__gte=day, day__lte=day + rules.SOON
    )
    return list(soon.filter(Q(filled_day__isnull=True) | Q(filled_day__lt=day)))


def next_tuesday(day: date) -> date:
    """What the form proposes: the Tuesday of next week, a proposal."""
    return day + timedelta(days=7 + (1 - day.weekday()) % 7)
