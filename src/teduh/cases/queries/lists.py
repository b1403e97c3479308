"""Many cases: lists, the morning, loads; everything starts at visible_to(member)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from teduh.access.models import Member
from teduh.access.queries import barred, members_of_teams, team_members
from teduh.access.words import Right
from teduh.cases import rules
from teduh.cases.models import (
    BreakGlass,
    Case,
    CaseQuery,
    Crew,
    Sample,
    Task,
    Told,
    quiet_on,
)
from teduh.cases.rules import ENDED, GOING
from teduh.cases.words import State
from teduh.intake.models import Report
from teduh.lib.counting import counts
from teduh.lib.timing import local_day

PAGE = 25  # rows of a list on one page


NO_MANAGER = "tanpa"


COUNTED = 999  # ended cases of one state; more are "999+"
LOADS = 20  # people on the morning page of a supervisor


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the list asks for; empty text asks for all."""

    state: str = ""
    band: str = ""
    mine: bool = False
    manager: str = ""  # the code of a member, or `NO_MANAGER`
    quiet: bool = False  # only those whose survivor was not reached for too long


@dataclass(frozen=True, slots=True)
class Load:
    """A member who may take a case, and how many they walk with now."""

    member: Member
    cases: int


@dataclass(frozen=True, slots=True)
class Today:
    """One's cases by risk and those too long without contact; for a supervisor the team's too."""

    bands: dict[str, int]
    quiet: int
    tasks_late: int
    tasks_due: int
    quiet_of_team: int
    loads: list[Load]
    without_manager: int


def visible_to(member: Member) -> CaseQuery:
    """Cases of the member's own teams, but those that a conflict of interest keeps them from."""
    if not member.may(Right.WORK_CASES):
        return Case.objects.none()
    rows, kept = Case.objects.filter(team_code__in=member.team_codes()), barred(member)
    return rows.exclude(code__in=kept) if kept else rows


def known_to(member: Member, of: str = "case") -> Exists:
    """That a row hangs on a case the member may know of, by its field `of`.

    Asked row by row: a subquery of all visible cases would be gathered whole for a handful of rows.
    """
    return Exists(visible_to(member).filter(pk=OuterRef(of)))


def glasses(member: Member) -> QuerySet[BreakGlass]:
    """Openings in need of the cases a member may know of, but their own, the newest first."""
    seen = BreakGlass.objects.filter(known_to(member)).exclude(member=member)
    return seen.select_related("case", "member__agency", "looked_by")


def walking_with(rows: CaseQuery, member: Member, at: datetime) -> CaseQuery:
    """Those of these cases in whose team the member is."""
    places = Crew.objects.on(local_day(at)).filter(member=member)
    return rows.filter(pk__in=places.values("case"))


def listed(member: Member, filters: Filters, at: datetime) -> CaseQuery:
    """The rows of the list: the highest risk first, then the newest; `going` leaves out ended ones."""
    rows = visible_to(member).select_related("manager")
    if filters.state == "going":
        rows = rows.going_on()
    elif filters.state:
        rows = rows.filter(state=filters.state)
    if filters.band:  # by its place, so that the index of the list finds it
        known = filters.band in rules.BANDS
        rows = rows.filter(urgency=rules.BANDS.index(filters.band)) if known else rows.none()
    if filters.mine:
        rows = walking_with(rows, member, at)
    if filters.manager == NO_MANAGER:
        rows = rows.filter(manager=None)
    elif filters.manager:
        rows = rows.filter(manager__code=filters.manager)
    if filters.quiet:
        rows = rows.quiet_on(local_day(at))
    return rows.order_by("urgency", "-id")


def standing(member: Member) -> dict[str, int]:
    """How many visible cases stand in each state; those that ended to one beyond `COUNTED`."""
    rows, over = visible_to(member).order_by(), sorted(ENDED)
    going = dict(rows.filter(state__in=GOING).values_list("state").annotate(n=Count("*")))
    ended = counts(COUNTED, *(rows.filter(state=state) for state in over))
    return dict.fromkeys(State.values, 0) | going | dict(zip(over, ended, strict=True))


def today(member: Member, at: datetime) -> Today:
    """The numbers of one's morning; each is the length of a list of `listed`."""
    going = visible_to(member).going_on().order_by()
    counted = {"n": Count("*"), "quiet": Count("urgency", filter=quiet_on(local_day(at)))}
    own = walking_with(going, member, at).values_list("urgency").annotate(**counted)
    mine, quiet = dict.fromkeys(rules.BANDS, 0), 0
    for urgency, n, silent in own:
        mine[rules.BANDS[urgency]] += n
        quiet += silent
    tasks = (tasks_for(member, local_day(at), late=late) for late in (True, False))
    if not member.may(Right.SUPERVISE_CASES):
        late, due = counts(COUNTED, *tasks)
        return Today(mine, quiet, late, due, 0, [], 0)
    late, due, quiet_of_team = counts(COUNTED, *tasks, going.quiet_on(local_day(at)))
    held = dict(going.values_list("manager").annotate(n=Count("*")))
    loads, alone = _heaviest(member, held, at), held.get(None, 0)
    return Today(mine, quiet, late, due, quiet_of_team, loads, alone)


def _heaviest(member: Member, held: dict[int | None, int], at: datetime) -> list[Load]:
    """The `LOADS` who walk with most, of those who hold a case and of one's own teams."""
    most = sorted((pk for pk in held if pk), key=lambda pk: -held[pk])[:LOADS]
    able = members_of_teams(member.team_codes(), at).holding(Right.WORK_CASES, at)
    known = Member.objects.visible_to(member).filter(Q(pk__in=able.values("pk")) | Q(pk__in=most))
    loads = [Load(one, held.get(one.pk, 0)) for one in known.order_by("name")]
    return sorted(loads, key=lambda load: -load.cases)[:LOADS]


def first_tickets(cases: Iterable[Case]) -> dict[int, str]:
    """The ticket of the first report of each of these cases, for the names on a list."""
    rows = Report.objects.filter(told_in__case__in=list(cases)).order_by("-told_in__id")
    return dict(rows.values_list("told_in__case_id", "ticket__number"))


def samples(member: Member) -> QuerySet[Sample]:
    """Cases drawn for this supervisor that wait for review."""
    waiting = Sample.objects.filter(by=member, reviewed_day__isnull=True)
    return waiting.filter(known_to(member)).select_related("case")


def reviewed_samples(member: Member) -> list[Sample]:
    """The newest of those this supervisor has reviewed."""
    done = Sample.objects.filter(by=member, reviewed_day__isnull=False)
    seen = done.filter(known_to(member)).select_related("case")
    return list(seen.order_by("-reviewed_day", "-id")[:PAGE])


def to_sample(member: Member) -> CaseQuery:
    """Cases that may be drawn for a supervisor: going on, and not before them already."""
    drawn = Sample.objects.filter(by=member, reviewed_day__isnull=True).values("case")
    return visible_to(member).going_on().exclude(pk__in=drawn).exclude(manager=member)


def held_by(viewer: Member, member: Member) -> CaseQuery:
    """Cases that go on, that the viewer may know of, and that a member manages or works on."""
    places = Crew.objects.filter(member=member, until__isnull=True).values("case")
    return visible_to(viewer).going_on().filter(Q(manager=member) | Q(pk__in=places))


def colleagues(viewer: Member, at: datetime) -> list[Load]:
    """Who works on cases in the viewer's teams, with their load."""
    found = {
        load.member.pk: load for team in sorted(viewer.team_codes()) for load in loads(team, at, "")
    }
    return sorted(found.values(), key=lambda load: load.member.name)


def loads(team_code: str, at: datetime, about: str) -> list[Load]:
    """Who may walk with a case of this team, the least loaded first; ended cases do not count.

    `about`: the case, or the ticket it will go on with: nobody with a conflict of interest walks.
    """
    able = walkers(team_code, at, about)
    rows = Case.objects.going_on().order_by().filter(manager__in=able)
    held = dict(rows.values_list("manager").annotate(n=Count("*")))
    return sorted((Load(one, held.get(one.pk, 0)) for one in able), key=lambda one: one.cases)


def walkers(team_code: str, at: datetime, about: str) -> list[Member]:
    """Who may walk with a case of this team, by name; nobody whom a conflict keeps from `about`."""
    able = team_members(team_code, at).holding(Right.WORK_CASES, at).free_for(about)
    return list(able.order_by("name"))


def tasks_for(member: Member, day: date, *, late: bool) -> QuerySet[Task]:
    """A member's own tasks: those whose day is over, or those of today."""
    rows = Task.objects.open().filter(known_to(member), who=member)
    rows = rows.filter(due__lt=day) if late else rows.filter(due=day)
    return rows.select_related("case")


def days_over(day: date) -> list[Told]:
    """Reports on whose ticket a promised day is over and nobody has said so yet."""
    over = Told.objects.filter(report__ticket__by_day__lt=day, report__ticket__late=False)
    return list(over.select_related("report__ticket")[:PAGE])
