"""The plan with the survivor: wishes, safety plan, goals, and that she agreed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.audit.actions import record
from teduh.cases import queries, rules
from teduh.cases.actions.guard import going_on
from teduh.cases.actions.working import go
from teduh.cases.models import Case, Goal, Plan
from teduh.cases.words import Copy, GoalState, GoalWho, State
from teduh.lib.timing import local_day
from teduh.sop import actions as sop
from teduh.vault import actions as vault
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused

WISHES, SAFETY, GOAL = "cases.plan.wishes", "cases.safety.plan", "cases.goal.text"
AGREED = frozenset({State.PLANNED, State.IN_SERVICE, State.REFERRED, State.LEGAL, State.MONITORING})


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a plan says in the open."""

    copy: str = Copy.NO
    review_day: date | None = None


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """What a goal says in the open."""

    who: str = GoalWho.CREW
    service: str = ""
    due: date | None = None


@transaction.atomic
def keep_plan(
    *,
    by: Member,
    case: Case,
    facts: PlanFacts,
    items: Sequence[SealedItem],
    seen: int,
    at: datetime,
) -> Plan:
    """Keep wishes and safety plan as they are now; `seen`: the edition the writer saw.

    Raises Forbidden, WrongMove, ChangedMeanwhile, vault.rules.Refused.
    """
    fresh = going_on(by, case, at)
    _only(items, WISHES, SAFETY)
    plan, _made = Plan.objects.get_or_create(case=fresh)
    if plan.edition != seen:
        raise rules.ChangedMeanwhile
    vault.keep_items(by=by.actor, subject=fresh.code, items=items, at=at)
    plan.edition += 1
    plan.copy, plan.review_day = facts.copy, facts.review_day
    plan.save(update_fields=["edition", "copy", "review_day"])
    detail = {"copy": str(facts.copy)}
    record(by=by.actor, verb="case.plan_written", subject=fresh.code, at=at, detail=detail)
    return plan


@transaction.atomic
def agree_plan(*, by: Member, case: Case, at: datetime) -> Case:
    """Say that the survivor agrees with the plan: the promise is kept, the case goes on.

    Raises Forbidden, WrongMove, NotReady "plan" or "goal" where there is nothing to agree with.
    """
    fresh = going_on(by, case, at)
    plan = Plan.objects.filter(case=fresh, edition__gt=0).first()
    if plan is None:
        raise rules.NotReady("plan")
    if not fresh.goals.exclude(state=GoalState.DROPPED).exists():
        raise rules.NotReady("goal")
    plan.agreed_day = local_day(at)
    plan.save(update_fields=["agreed_day"])
    sop.happened(by=by.actor, event="plan.agreed", subject=fresh.code, at=at)
    record(by=by.actor, verb="case.plan_agreed", subject=fresh.code, at=at)
    return fresh if fresh.state in AGREED else go(by, fresh, State.PLANNED, at)


@transaction.atomic
def add_goal(
    *, by: Member, case: Case, facts: GoalFacts, items: Sequence[SealedItem], at: datetime
) -> Goal:
    """Keep one more goal. Raises Forbidden, WrongMove, NotReady, vault.rules.Refused."""
    fresh = going_on(by, case, at)
    item = _keep_goal(by, fresh, facts, items, at)
    if not item:
        raise rules.NotReady("goal")
    goal = Goal.objects.create(
        case=fresh,
        number=fresh.goals.count() + 1,
        item=item,
        since=local_day(at),
        **asdict(facts),
    )
    record(by=by.actor, verb="case.goal_agreed", subject=fresh.code, at=at)
    return goal


@transaction.atomic
def mend_goal(
    *,
    by: Member,
    goal: Goal,
    facts: GoalFacts,
    items: Sequence[SealedItem],
    seen: str,
    at: datetime,
) -> None:
    """Put other words or facts in place of a goal's; `seen`: the words the writer saw.

    Raises Forbidden, WrongMove, ChangedMeanwhile, vault.rules.Refused.
    """
    fresh = going_on(by, goal.case, at)
    now = Goal.objects.get(pk=goal.pk)
    if now.item != seen:
        raise rules.ChangedMeanwhile
    item = _keep_goal(by, fresh, facts, items, at) or now.item
    Goal.objects.filter(pk=now.pk).update(item=item, **asdict(facts))
    record(by=by.actor, verb="case.goal_mended", subject=fresh.code, at=at)


@transaction.atomic
def set_goal(*, by: Member, goal: Goal, state: GoalState, at: datetime) -> None:
    """Say that a goal is reached, dropped, or open again. Raises Forbidden, WrongMove."""
    fresh = going_on(by, goal.case, at)
    ended = None if state == GoalState.OPEN else local_day(at)
    changed = Goal.objects.filter(pk=goal.pk).exclude(state=state)
    if changed.update(state=state, ended_day=ended):
        record(by=by.actor, verb=f"case.goal_{state}", subject=fresh.code, at=at)


def _keep_goal(
    by: Member, case: Case, facts: GoalFacts, items: Sequence[SealedItem], at: datetime
) -> str:
    _only(items, GOAL)
    if facts.service == rules.MEDIATION and not queries.legal_facts(case).mediation:
        raise rules.NotReady("mediation")
    vault.keep_items(by=by.actor, subject=case.code, items=items, at=at)
    return items[0].item if items else ""


def _only(items: Sequence[SealedItem], *whats: str) -> None:
    told = [item.what for item in items]
    if len(set(told)) != len(told) or not set(told) <= set(whats):
        raise Refused("items")
