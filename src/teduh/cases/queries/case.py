"""One case: who may open it, who and what is in it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from teduh.access.models import Member
from teduh.access.words import Right
from teduh.cases import rules
from teduh.cases.models import (
    Assessment,
    BreakGlass,
    Case,
    Contact,
    Crew,
    Goal,
    Incident,
    Note,
    Person,
    Plan,
    Retaliation,
    Task,
)
from teduh.cases.queries.lists import visible_to
from teduh.cases.words import PersonRole
from teduh.intake.models import Report
from teduh.intake.queries import together
from teduh.intake.queries import visible_to as reports_visible_to
from teduh.lib.timing import local_day
from teduh.sop.queries import running_of
from teduh.vault.bundles import Bundle
from teduh.vault.queries import card_made_of, list_to_write, newest


def one(member: Member, code: str) -> Case | None:
    """A case this member may know of, or None (a 404)."""
    return visible_to(member).select_related("manager").filter(code=code).first()


def opens(member: Member, case: Case, at: datetime) -> bool:
    """Whether the member is handed what opens the case: who belongs to it, or opens it in need."""
    return belongs(member, case, at) or glass_of(member, case, at) is not None


def glass_of(member: Member, case: Case, at: datetime) -> BreakGlass | None:
    """The member's own opening in need that runs at `at`."""
    return BreakGlass.objects.filter(case=case, member=member, since__lte=at, until__gt=at).first()


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


def listed_as(people: Sequence[Person]) -> str:
    """The items of the survivors by whom a case is listed, and after a "!" of its accused.

    Empty where no survivor has a card.
    """
    items = [one.item for one in people if one.role == PersonRole.SURVIVOR and one.item]
    accused = [f"!{one.item}" for one in people if one.role == PersonRole.ACCUSED and one.item]
    accused = accused[: rules.LISTED_ACCUSED] if items else []
    return " ".join([*items[: rules.LISTED - len(accused)], *accused])


def list_to_mend(case: Case, made_of: str, day: date) -> Bundle | None:
    """The list of the case's team, where its card was not made of these items of survivors."""
    if not made_of or made_of == card_made_of(case.code, case.team_code):
        return None
    return list_to_write(case.team_code, day)


def incidents_of(case: Case) -> list[Incident]:
    """What was done, with every code of it at hand."""
    return list(case.incidents.prefetch_related("codes"))


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


def promised_day(case: Case, step: str) -> date | None:
    """The day until which a step is promised; none where it does not run, or waits."""
    running = (one for one in running_of(case.code) if one.step == step and not one.paused_at)
    return next((local_day(one.due_at) for one in running), None)


def plan_of(case: Case) -> Plan:
    """The plan of a case, an empty one where nothing was agreed yet."""
    return Plan.objects.filter(case=case).first() or Plan(case=case)


def goals_of(case: Case) -> list[Goal]:
    """The goals of a case in the order in which they were agreed."""
    return list(case.goals.all())


def goal_of(case: Case, number: int) -> Goal | None:
    """One goal of a case by its number."""
    return case.goals.filter(number=number).first()
