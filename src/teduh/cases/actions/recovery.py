"""Reviews of how she is, closing a case by two hands, and opening it again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.audit.actions import record
from teduh.cases import merges, queries, rules, transfers
from teduh.cases.actions.archiving import ask_back
from teduh.cases.actions.guard import going_on, locked, supervising
from teduh.cases.actions.promising import promise
from teduh.cases.actions.working import go, tell
from teduh.cases.models import Case, Closure, Review
from teduh.cases.words import (
    ClosureAnswer,
    ClosureReason,
    GoalState,
    RefusalReason,
    ReopenReason,
    State,
)
from teduh.lib.timing import local_day
from teduh.sop import actions as sop
from teduh.sop.words import Ended
from teduh.vault import actions as vault
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused
from teduh.vault.words import RecallReason

REVIEW_NOTE, CLOSURE_NOTE = "cases.review.note", "cases.closure.note"


@transaction.atomic
def review(
    *, by: Member, case: Case, rating: int | None, items: Sequence[SealedItem], at: datetime
) -> Review:
    """Keep a review; the next is promised by the risk as it stands.

    `rating`: her own word for how she is, 1 to 5, or nothing where she skips it.
    Raises Forbidden, WrongMove, vault.rules.Refused.
    """
    fresh = going_on(by, case, at)
    goals = [one.state for one in queries.goals_of(fresh) if one.state != GoalState.DROPPED]
    row = Review.objects.create(
        case=fresh,
        day=local_day(at),
        band=fresh.band,
        agreed=len(goals),
        reached=goals.count(GoalState.REACHED),
        rating=rating,
        item=_keep(by, fresh, REVIEW_NOTE, items, at),
        member=by,
    )
    sop.happened(by=by.actor, event="review.done", subject=fresh.code, at=at)
    promise(by=by, case=fresh, event="review.done", at=at)
    tell(by.actor, fresh, at)
    record(by=by.actor, verb="case.reviewed", subject=fresh.code, at=at)
    return row


@transaction.atomic
def ask_closure(
    *,
    by: Member,
    case: Case,
    reason: ClosureReason,
    items: Sequence[SealedItem],
    at: datetime,
) -> Closure:
    """Ask to close a case. Raises Forbidden, WrongMove, vault.rules.Refused, and NotReady with
    what is still to be done, as codes with a comma between.
    """
    fresh = going_on(by, case, at)
    if queries.closure_asked(fresh) or merges.asked(fresh) or transfers.sent(fresh):
        raise rules.WrongMove("asked")
    _complete(fresh, reason)
    item = _keep(by, fresh, CLOSURE_NOTE, items, at)
    if not item:
        raise rules.NotReady("note")
    closure = Closure.objects.create(
        case=fresh, reason=reason, item=item, asker=by, asked_day=local_day(at)
    )
    promise(by=by, case=fresh, event="closure.asked", at=at)
    detail = {"why": str(reason)}
    record(by=by.actor, verb="case.closure_asked", subject=fresh.code, at=at, detail=detail)
    return closure


@transaction.atomic
def approve_closure(*, by: Member, case: Case, at: datetime) -> Case:
    """Close a case somebody else asked to close. Raises Forbidden, WrongMove, SameHand, NotReady."""
    fresh, asked = _asked(by, case, at)
    _complete(fresh, ClosureReason(asked.reason))
    _answer(by, asked, ClosureAnswer.APPROVED, at)
    sop.happened(by=by.actor, event="closure.reviewed", subject=fresh.code, at=at)
    ended = Ended(rules.ended_by(asked.reason))
    sop.end(by=by.actor, subject=fresh.code, reason=ended, at=at)
    fresh.closed_day, fresh.closed_for = local_day(at), asked.reason
    fresh.save(update_fields=["closed_day", "closed_for"])
    return go(by, fresh, State.CLOSED, at)


@transaction.atomic
def refuse_closure(*, by: Member, case: Case, reason: RefusalReason, at: datetime) -> None:
    """Let a case go on that somebody asked to close. Raises Forbidden, WrongMove, SameHand."""
    fresh, asked = _asked(by, case, at)
    asked.refusal = reason
    _answer(by, asked, ClosureAnswer.REFUSED, at)
    sop.happened(by=by.actor, event="closure.reviewed", subject=fresh.code, at=at)
    detail = {"why": str(reason)}
    record(by=by.actor, verb="case.closure_refused", subject=fresh.code, at=at, detail=detail)


@transaction.atomic
def reopen(*, by: Member, case: Case, reason: ReopenReason, at: datetime) -> Case:
    """Take a case up again: risk and rights are promised anew. Raises Forbidden, WrongMove.

    What lies in the archive is asked back, and opens for the team once each side gave its half.
    """
    fresh = locked(by, case, at)
    fresh.closed_day, fresh.closed_for = None, ""
    fresh.save(update_fields=["closed_day", "closed_for"])
    fresh = go(by, fresh, State.REOPENED, at)
    promise(by=by, case=fresh, event="case.opened", at=at)
    detail = {"why": str(reason)}
    record(by=by.actor, verb="case.taken_up_again", subject=fresh.code, at=at, detail=detail)
    if queries.archived(fresh, local_day(at)):
        ask_back(by=by, case=fresh, reason=RecallReason.REOPENED, at=at)
    return fresh


def _asked(by: Member, case: Case, at: datetime) -> tuple[Case, Closure]:
    supervising(by)
    fresh = going_on(by, case, at)
    asked = queries.closure_asked(fresh)
    if asked is None:
        raise rules.WrongMove("not asked")
    if asked.asker_id == by.pk:
        raise rules.SameHand
    return fresh, asked


def _answer(by: Member, asked: Closure, answer: ClosureAnswer, at: datetime) -> None:
    asked.answer, asked.answerer, asked.answered_day = answer, by, local_day(at)
    asked.save(update_fields=["answer", "answerer", "answered_day", "refusal"])


def _complete(case: Case, reason: ClosureReason) -> None:
    gaps = rules.closure_gaps(reason, queries.closing_facts(case))
    if gaps:
        raise rules.NotReady(",".join(gaps))


def _keep(by: Member, case: Case, what: str, items: Sequence[SealedItem], at: datetime) -> str:
    if len(items) > 1 or any(item.what != what for item in items):
        raise Refused("items")
    vault.keep_items(by=by.actor, subject=case.code, items=items, at=at)
    return items[0].item if items else ""
