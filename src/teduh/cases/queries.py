"""Reading cases; everything starts at visible_to(member)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from teduh.access.models import Member
from teduh.access.queries import barred, members_of_teams, team_members
from teduh.access.words import Right
from teduh.cases import rules
from teduh.cases.models import (
    Assessment,
    BreakGlass,
    Case,
    CaseQuery,
    Closure,
    Contact,
    Crew,
    Goal,
    Incident,
    JusticeStep,
    Note,
    Person,
    Plan,
    Protection,
    Retaliation,
    Review,
    RightStep,
    Sample,
    Step,
    Task,
    Told,
    VisumStep,
    quiet_on,
)
from teduh.cases.rights import known
from teduh.cases.rules import ENDED
from teduh.cases.words import GoalState, PersonRole, State
from teduh.intake.models import Report
from teduh.intake.queries import together
from teduh.intake.queries import visible_to as reports_visible_to
from teduh.lib.timing import local_day
from teduh.sop.queries import running_of
from teduh.sop.queries import step as step_of
from teduh.vault.queries import newest

PAGE = 25  # rows of a list on one page
NO_MANAGER = "tanpa"
COUNTED = 999  # cases of one state; more are "999+"


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


def one(member: Member, code: str) -> Case | None:
    """A case this member may know of, or None (a 404)."""
    return visible_to(member).select_related("manager").filter(code=code).first()


def opens(member: Member, case: Case, at: datetime) -> bool:
    """Whether the member is handed what opens the case: who belongs to it, or opens it in need."""
    return belongs(member, case, at) or glass_of(member, case, at) is not None


def glass_of(member: Member, case: Case, at: datetime) -> BreakGlass | None:
    """The member's own opening in need that runs at `at`."""
    return BreakGlass.objects.filter(case=case, member=member, since__lte=at, until__gt=at).first()


def glasses(member: Member) -> QuerySet[BreakGlass]:
    """Openings in need of the cases a member may know of, but their own, the newest first."""
    seen = BreakGlass.objects.filter(case__in=visible_to(member)).exclude(member=member)
    return seen.select_related("case", "member__agency", "looked_by")


def belongs(member: Member, case: Case, at: datetime) -> bool:
    """Whether the member has a place in the case: its own team, and who supervises.

    In a merged case so has the team of the case that stays.
    """
    if member.may(Right.SUPERVISE_CASES):
        return True
    return places_in(case, at).filter(member=member).exists()


def places_in(case: Case, at: datetime) -> QuerySet[Crew]:
    """Whose places open a case: those in its team, and in that of the case it was merged into."""
    teams = {case.pk, case.merged_into_id} - {None}
    return Crew.objects.on(local_day(at)).filter(case__in=teams)


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
    if filters.band:
        rows = rows.filter(band=filters.band)
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
    """How many visible cases stand in each state, counted to one beyond `COUNTED`."""
    rows = visible_to(member).order_by()
    return {state: rows.filter(state=state)[: COUNTED + 1].count() for state in State.values}


def today(member: Member, at: datetime) -> Today:
    """The numbers of one's morning; each is the length of a list of `listed`."""
    going = visible_to(member).going_on().order_by()
    counted = {"n": Count("pk"), "quiet": Count("pk", filter=quiet_on(local_day(at)))}
    # By state too: so SQLite walks the index of the list instead of every ended case.
    own = walking_with(going, member, at).values_list("state", "urgency").annotate(**counted)
    mine, quiet = dict.fromkeys(rules.BANDS, 0), 0
    for _state, urgency, n, silent in own:
        mine[rules.BANDS[urgency]] += n
        quiet += silent
    late, due = (
        tasks_for(member, local_day(at), late=late)[: COUNTED + 1].count() for late in (True, False)
    )
    if not member.may(Right.SUPERVISE_CASES):
        return Today(mine, quiet, late, due, 0, [], 0)
    held = {one: (n, quiet) for one, n, quiet in going.values_list("manager").annotate(**counted)}
    able = members_of_teams(member.team_codes(), at).holding(Right.WORK_CASES, at)
    known = Member.objects.visible_to(member).filter(
        Q(pk__in=able.values("pk")) | Q(pk__in=[one for one in held if one])
    )
    loads = [Load(one, held.get(one.pk, (0, 0))[0]) for one in known.order_by("name")]
    return Today(
        mine,
        quiet,
        late,
        due,
        sum(quiet for _n, quiet in held.values()),
        sorted(loads, key=lambda load: -load.cases),
        held.get(None, (0, 0))[0],
    )


def reports_of(case: Case) -> list[Report]:
    """The reports whose story the case goes on with, oldest first."""
    told = case.told.select_related("report__ticket")
    return [row.report for row in told]


def belonging(case: Case) -> list[str]:
    """What stands and falls with a case: its code, its tickets, those of the same event, and the
    case it was merged into or those merged into it.
    """
    stays = case.merged_into or case
    told = (number for report in reports_of(stays) for number in together(report))
    merged = stays.merged.order_by("pk").values_list("code", flat=True)
    return list(dict.fromkeys([case.code, stays.code, *merged, *told]))


def first_tickets(cases: Iterable[Case]) -> dict[int, str]:
    """The ticket of the first report of each of these cases, for the names on a list."""
    rows = Report.objects.filter(told_in__case__in=list(cases)).order_by("-told_in__id")
    return dict(rows.values_list("told_in__case_id", "ticket__number"))


def report_of(member: Member, ticket: str) -> Report | None:
    """A report of the member's own teams by its ticket."""
    own = reports_visible_to(member).filter(team_code__in=member.team_codes())
    return own.filter(ticket__number=ticket).first()


def case_of(report: Report) -> Case | None:
    """The case that tells a report."""
    return Case.objects.filter(told__report=report).first()


def people_of(case: Case) -> list[Person]:
    """Everybody in a case, in the order in which they were named."""
    return list(case.people.all())


def incidents_of(case: Case) -> list[Incident]:
    """What was done, with every code of it at hand."""
    return list(case.incidents.prefetch_related("codes"))


def steps_of(case: Case) -> list[Step]:
    """The steps of a case, the first one first."""
    return list(case.steps.select_related("member"))


def assessments_of(case: Case) -> list[Assessment]:
    """Every assessment of a case, the first one first."""
    return list(case.assessments.select_related("member", "decided_by"))


def last_assessment(case: Case) -> Assessment | None:
    """The assessment that stands."""
    return case.assessments.select_related("member", "decided_by").last()


def newest_answers(case: Case) -> str:
    """The name of the sealed answers of the last assessment, empty before the first."""
    return newest(case.code, "cases.risk.answers")


def retaliations_of(case: Case) -> list[Retaliation]:
    """What was done in revenge for the report, in the order it was told."""
    return list(case.retaliations.select_related("member"))


def crew_of(case: Case, at: datetime) -> QuerySet[Crew]:
    """Who works on the case now."""
    return Crew.objects.on(local_day(at)).filter(case=case).select_related("member__agency")


def samples(member: Member) -> QuerySet[Sample]:
    """Cases drawn for this supervisor that wait for review."""
    waiting = Sample.objects.filter(by=member, reviewed_day__isnull=True)
    return waiting.filter(case__in=visible_to(member)).select_related("case")


def reviewed_samples(member: Member) -> list[Sample]:
    """The newest of those this supervisor has reviewed."""
    done = Sample.objects.filter(by=member, reviewed_day__isnull=False)
    seen = done.filter(case__in=visible_to(member)).select_related("case")
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
    able = team_members(team_code, at).holding(Right.WORK_CASES, at).free_for(about)
    going = Count("cases", filter=~Q(cases__state__in=ENDED), distinct=True)
    rows = able.annotate(load=going).order_by("load", "name")
    return [Load(one, one.load) for one in rows]  # type: ignore[attr-defined]  # annotated


def notes_of(case: Case) -> QuerySet[Note]:
    """The notes of a case, the newest first."""
    return Note.objects.filter(case=case).select_related("member")


def contacts_of(case: Case) -> QuerySet[Contact]:
    """Every attempt to reach the survivor, the newest first."""
    return Contact.objects.filter(case=case).select_related("member")


def tasks_of(case: Case) -> QuerySet[Task]:
    """What is still to be done in a case, the soonest first."""
    return Task.objects.open().filter(case=case).select_related("who")


def task_of(case: Case, number: int) -> Task | None:
    """A task of this case, done or not."""
    return Task.objects.filter(case=case, pk=number).first()


def tasks_for(member: Member, day: date, *, late: bool) -> QuerySet[Task]:
    """A member's own tasks: those whose day is over, or those of today."""
    rows = Task.objects.open().filter(who=member, case__in=visible_to(member))
    rows = rows.filter(due__lt=day) if late else rows.filter(due=day)
    return rows.select_related("case")


def visum_of(case: Case) -> list[VisumStep]:
    """The steps on the way to the examination, oldest first."""
    return list(VisumStep.objects.filter(case=case).select_related("member"))


def justice_of(case: Case) -> list[JusticeStep]:
    """How far the law had come, by day."""
    return list(JusticeStep.objects.filter(case=case).select_related("member"))


def protections_of(case: Case) -> list[Protection]:
    """Every protection order, oldest first."""
    return list(Protection.objects.filter(case=case))


@dataclass(frozen=True, slots=True)
class LegalFacts:
    """What the law says of a case, from its open codes: hints, never an answer."""

    bodily: bool  # a visum belongs to it
    mediation: bool
    complaint: bool
    child: bool
    guardian_in_conflict: bool
    accused_paths: tuple[str, ...]


def legal_facts(case: Case) -> LegalFacts:
    """The hints of rules.py for a case."""
    incidents, people = incidents_of(case), people_of(case)
    kinds = {one.main_kind for one in incidents} | {
        row.code for one in incidents for row in one.codes.all() if row.question == "kinds"
    }
    accused = [one for one in people if one.role == PersonRole.ACCUSED]
    relations = {one.relation for one in accused} | {one.relation for one in reports_of(case)}
    paths = [rules.path_of_accused(one.age_band) for one in accused]
    young = any(paths)
    return LegalFacts(
        bodily=bool(rules.clocks_of(kinds)),
        mediation=rules.may_mediate(kinds, accused_is_child=young),
        complaint=rules.complaint_offence(kinds, relations),
        child=case.child,
        guardian_in_conflict=case.child and rules.guardian_in_conflict(relations),
        accused_paths=tuple(path for path in paths if path),
    )


def rights_of(case: Case) -> list[RightStep]:
    """How far each right has come, of those that were ever touched."""
    return list(RightStep.objects.filter(case=case))


def reviews_of(case: Case) -> list[Review]:
    """The reviews of a case, oldest first."""
    return list(Review.objects.filter(case=case).select_related("member"))


def closures_of(case: Case) -> list[Closure]:
    """Everybody who asked to close a case, and what was answered."""
    return list(Closure.objects.filter(case=case).select_related("asker", "answerer"))


def closure_asked(case: Case) -> Closure | None:
    """The closure that waits for an answer."""
    return Closure.objects.filter(case=case, answer="").select_related("asker").first()


def closing_facts(case: Case) -> rules.ClosingFacts:
    """What stands in the way of closing a case now."""
    running = [
        (one.step, step_of(one.book, one.version, one.step)) for one in running_of(case.code)
    ]
    told = {row.right for row in rights_of(case) if row.told}
    return rules.ClosingFacts(
        lawful=[key for key, step in running if not step.proposal],
        own=[key for key, step in running if step.proposal],
        goals=case.goals.filter(state=GoalState.OPEN).count(),
        rights=len(known() - told),
        reviews=case.reviews.count(),
        messages=sum(1 for one in reports_of(case) if one.unread),
    )


def promised_day(case: Case, step: str) -> date | None:
    """The day until which a step is promised; none where it does not run, or waits."""
    running = (one for one in running_of(case.code) if one.step == step and not one.paused_at)
    return next((local_day(one.due_at) for one in running), None)


def days_over(day: date) -> list[Told]:
    """Reports on whose ticket a promised day is over and nobody has said so yet."""
    over = Told.objects.filter(report__ticket__by_day__lt=day, report__ticket__late=False)
    return list(over.select_related("report__ticket")[:PAGE])


def plan_of(case: Case) -> Plan:
    """The plan of a case, an empty one where nothing was agreed yet."""
    return Plan.objects.filter(case=case).first() or Plan(case=case)


def goals_of(case: Case) -> list[Goal]:
    """The goals of a case in the order in which they were agreed."""
    return list(case.goals.all())


def goal_of(case: Case, number: int) -> Goal | None:
    """One goal of a case by its number."""
    return case.goals.filter(number=number).first()
