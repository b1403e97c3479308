"""Plans of psychological support of a case."""

from dataclasses import dataclass
from datetime import date, datetime

from teduh.access.models import Member
from teduh.cases import sharing
from teduh.cases.models import Case
from teduh.services.models import Measure, PsychLook, PsychPlan, Session
from teduh.services.psych_days import PART, never_met
from teduh.services.queries.sessions import fading_of
from teduh.services.words import SessionState


@dataclass(frozen=True, slots=True)
class Rights:
    """What a member may do with what is measured in a case."""

    reads: bool
    writes: bool


def rights_of(member: Member, case: Case, at: datetime) -> Rights:
    """Measures are read and written like the part of the assessment in whose compartment they lie.

    A manager who stands in where nobody has the place goes on as long as all of it is their own.
    """
    parts = sharing.parts_for(member, case, at)
    if PART in parts.reads | parts.writes:
        return Rights(PART in parts.reads, PART in parts.writes)
    alone = sharing.stands_in(member, case, PART, at) and PART not in sharing.parts_of(case)
    own = alone and _all_by(member, case)
    return Rights(own, own)


def _all_by(member: Member, case: Case) -> bool:
    rows = (Measure.objects.filter(subject=case.code), PsychLook.objects.filter(subject=case.code))
    writers = {pk for each in rows for pk in each.values_list("member", flat=True)}
    return writers == {member.pk}


def plans_of(case: Case) -> list[PsychPlan]:
    """Every plan, the newest first."""
    rows = PsychPlan.objects.of(case).select_related("case", "member")
    return list(rows.order_by("-id"))


def running_plan(case: Case) -> PsychPlan | None:
    """The newest plan that runs."""
    return PsychPlan.objects.of(case).running().select_related("member").last()


def plan_of(case: Case, number: int) -> PsychPlan | None:
    """One plan of this case by its number."""
    return PsychPlan.objects.of(case).select_related("case").filter(pk=number).first()


def asks_after(plan: PsychPlan, case: Case, day: date) -> str:
    """Why somebody should ask after whoever a plan is for: `missed`, `quiet`, or nothing."""
    if plan.ended_day or case.ended:
        return ""
    rows = Session.objects.of(case).filter(day__gte=plan.since).values_list("state", "day")
    told = list(rows)
    held = [one for state, one in told if state == SessionState.HELD]
    ahead = [one for state, one in told if state == SessionState.BOOKED]
    quiet = "quiet" if never_met(plan.since, day, held, ahead) else ""
    return fading_of(case, day) or quiet


def looks_of(plan: PsychPlan) -> list[PsychLook]:
    """Every look at a plan, the newest first."""
    return list(plan.looks.select_related("member").order_by("-id"))


def measures_of(plan: PsychPlan) -> list[Measure]:
    """Every measure of a plan by its day."""
    return list(plan.measures.select_related("member"))
