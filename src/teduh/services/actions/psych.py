"""Psychological support of some months: agreed, measured, looked at each month, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.actions import record
from teduh.cases.actions.guard import going_on, locked
from teduh.cases.models import Case
from teduh.lib.timing import local_day
from teduh.services import psych_days as rules
from teduh.services.models import Measure, PsychLook, PsychPlan
from teduh.services.psych_table import tables
from teduh.services.queries.psych import rights_of
from teduh.vault import actions as vault
from teduh.vault.packages import MadeCompartment, SealedItem
from teduh.vault.rules import Refused

ANSWERS, NOTE = "services.measure.answers", "services.psych.note"


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the browser sealed; `made`: the part's own compartment, where nobody has written into it."""

    items: Sequence[SealedItem] = ()
    made: Sequence[MadeCompartment] = ()


@transaction.atomic
def begin_plan(
    *, by: Member, case: Case, months: int, monthly: int, goals: Sequence[str], at: datetime
) -> PsychPlan:
    """Agree on a plan of so many months. Raises Forbidden for whose place does not write this part,
    cases.rules.WrongMove, WrongPlan, RunsAlready.
    """
    fresh = going_on(by, case, at)
    _writes(by, fresh, at)
    rules.check_plan(months, monthly, goals, tables().goals)
    if PsychPlan.objects.of(fresh).running().exists():
        raise rules.RunsAlready(fresh.code)
    since = local_day(at)
    plan = PsychPlan.objects.create(
        case=fresh,
        since=since,
        until=rules.months_later(since, months),
        monthly=monthly,
        goals=list(goals),
        member=by,
    )
    detail = {"count": months}
    record(by=by.actor, verb="psych.begun", subject=fresh.code, at=at, detail=detail)
    return plan


@transaction.atomic
def measure(
    *, by: Member, plan: PsychPlan, instrument: str, sealed: Sealed, at: datetime
) -> Measure:
    """Keep the sealed answers to an instrument. Raises Forbidden, PlanOver, WrongPlan for an
    instrument no table knows, vault.rules.Refused.
    """
    fresh, now = _running(by, plan, at)
    if instrument not in tables().instruments:
        raise rules.WrongPlan("instrument")
    if [one.what for one in sealed.items] != [ANSWERS]:
        raise Refused("items")
    _keep(by, fresh, sealed, at)
    row = Measure.objects.create(
        plan=now,
        instrument=instrument,
        day=local_day(at),
        subject=fresh.code,
        item=sealed.items[0].item,
        member=by,
    )
    detail = {"instrument": instrument}
    record(by=by.actor, verb="psych.measured", subject=fresh.code, at=at, detail=detail)
    return row


@transaction.atomic
def look_at_plan(
    *,
    by: Member,
    plan: PsychPlan,
    monthly: int,
    goals: Sequence[str],
    sealed: Sealed,
    at: datetime,
) -> PsychLook:
    """Look at a plan together: what stands from now on, and a sealed note.

    Raises Forbidden, PlanOver, WrongPlan, vault.rules.Refused.
    """
    fresh, now = _running(by, plan, at)
    rules.check_plan(rules.SHORTEST, monthly, goals, tables().goals)
    if [one.what for one in sealed.items] not in ([], [NOTE]):
        raise Refused("items")
    _keep(by, fresh, sealed, at)
    now.monthly, now.goals = monthly, list(goals)
    now.save(update_fields=["monthly", "goals"])
    look = PsychLook.objects.create(
        plan=now,
        day=local_day(at),
        monthly=monthly,
        goals=list(goals),
        subject=fresh.code,
        item=sealed.items[0].item if sealed.items else "",
        member=by,
    )
    record(by=by.actor, verb="psych.looked", subject=fresh.code, at=at)
    return look


@transaction.atomic
def end_plan(*, by: Member, plan: PsychPlan, reason: str, at: datetime) -> None:
    """End a plan for a reason. Raises Forbidden, PlanOver, WrongPlan for no such reason."""
    fresh, now = _running(by, plan, at)
    if reason not in tables().reasons:
        raise rules.WrongPlan("reason")
    now.ended_for, now.ended_day = reason, local_day(at)
    now.save(update_fields=["ended_for", "ended_day"])
    detail = {"why": reason}
    record(by=by.actor, verb="psych.ended", subject=fresh.code, at=at, detail=detail)


def _writes(by: Member, case: Case, at: datetime) -> None:
    if not rights_of(by, case, at).writes:
        raise Forbidden


def _running(by: Member, plan: PsychPlan, at: datetime) -> tuple[Case, PsychPlan]:
    """The case it belongs to now, locked, and the plan. Raises Forbidden, PlanOver."""
    fresh = locked(by, plan.case.merged_into or plan.case, at)
    _writes(by, fresh, at)
    now = PsychPlan.objects.get(pk=plan.pk)
    if now.ended_day:
        raise rules.PlanOver
    return fresh, now


def _keep(by: Member, case: Case, sealed: Sealed, at: datetime) -> None:
    if sealed.made:
        place = {"subject": case.code, "team": case.team_code, "comp": rules.COMP}
        vault.open_part(by=by, made=sealed.made, at=at, **place)
    vault.keep_items(by=by.actor, subject=case.code, items=sealed.items, at=at)
