"""Economic support: asked, assessed, decided by another, paid in instalments, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import in_one_go, record
from teduh.cases.actions.guard import going_on
from teduh.cases.actions.guard import locked as case_locked
from teduh.cases.actions.promising import promise
from teduh.cases.models import Case
from teduh.cases.rules import SameHand
from teduh.funding import actions as funding
from teduh.funding.models import Line
from teduh.funding.rules import checked
from teduh.funding.words import Memo
from teduh.lib.codes import new_support
from teduh.lib.timing import local_day
from teduh.services import instalments
from teduh.services.models import Beneficiary, Payment, Support
from teduh.services.queries import supporting as queries
from teduh.services.rules import Changed
from teduh.services.support_words import (
    IncomeLost,
    Proof,
    Relation,
    SupportKind,
    SupportOutcome,
    SupportRefusal,
    SupportState,
)
from teduh.sop import actions as sop
from teduh.sop.words import Ended
from teduh.vault import actions as vault
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused

NAME, NOTE = "services.beneficiary.name", "services.support.note"


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for. `amount`: rupiah of all instalments; `beneficiary`: none for herself."""

    kind: SupportKind
    amount: int
    instalments: int
    until: date
    beneficiary: Beneficiary | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What the assessment says in the open."""

    income_lost: IncomeLost
    dependants: int


@dataclass(frozen=True, slots=True)
class Paper:
    """By what a payment can be shown: a sort, and the number on it."""

    proof: Proof
    receipt: str


@transaction.atomic
def name_beneficiary(
    *,
    by: Member,
    case: Case,
    relation: Relation,
    age_band: str,
    items: Sequence[SealedItem],
    at: datetime,
) -> Beneficiary:
    """Name somebody of the household who may be helped; the name is sealed, or left out.

    Raises Forbidden, cases.rules.WrongMove, vault.rules.Refused.
    """
    fresh = going_on(by, case, at)
    item = _sealed(by, fresh, NAME, items, at)
    row = Beneficiary.objects.create(
        case=fresh,
        number=Beneficiary.objects.filter(case=fresh).count() + 1,
        relation=Relation(relation),
        age_band=age_band,
        item=item,
    )
    detail = {"kind": str(relation)}
    record(by=by.actor, verb="support.beneficiary", subject=fresh.code, at=at, detail=detail)
    return row


@transaction.atomic
def ask(*, by: Member, case: Case, asking: Asking, at: datetime) -> Support:
    """Ask for support; a decision is promised.

    Raises Forbidden, cases.rules.WrongMove, funding.rules.NotAnAmount, instalments.WrongEnd.
    """
    fresh, day = going_on(by, case, at), local_day(at)
    whose = asking.beneficiary
    if whose is not None and whose.case_id != fresh.pk:
        raise Forbidden(Right.WORK_CASES)
    row = Support.objects.create(
        code=new_support(),
        case=fresh,
        beneficiary=whose,
        kind=SupportKind(asking.kind),
        amount=checked(asking.amount),
        instalments=asking.instalments,
        until=instalments.checked_end(day, asking.until),
        asker=by,
        asked_day=day,
    )
    promise(by=by, case=fresh, event="support.asked", at=at, about=row.code)
    _note(by, row, "support.asked", at, kind=str(row.kind))
    return row


@transaction.atomic
def assess(
    *, by: Member, support: Support, found: Found, items: Sequence[SealedItem], at: datetime
) -> Support:
    """Say what the household lives on now; the note is sealed, or left out.

    Only who assessed it first may assess it again. Raises Forbidden, SameHand for another, Changed
    where it was decided meanwhile, vault.rules.Refused.
    """
    home = case_locked(by, support.home, at)
    row = _to(support, SupportState.ASSESSED)
    if row.assessor_id not in {None, by.pk}:
        raise SameHand
    row.item = _sealed(by, home, NOTE, items, at) or row.item
    row.income_lost, row.dependants = IncomeLost(found.income_lost), found.dependants
    row.assessor = by
    row.save(update_fields=["state", "item", "income_lost", "dependants", "assessor"])
    _note(by, row, "support.assessed", at)
    return row


@in_one_go()
def approve(*, by: Member, support: Support, line: Line, at: datetime) -> Support:
    """Give it, out of a line: the whole of it is set aside at once, the instalments get their days.

    Raises Forbidden, SameHand for whoever asked or assessed, Changed where another was faster,
    funding.rules.NotEnough.
    """
    row = _decided(by, support, SupportState.APPROVED, at)
    row.line = line
    row.promised = funding.commit(
        by=by,
        line=line,
        amount=row.amount,
        memo=Memo.SUPPORT,
        subject=row.code,
        key=f"{row.code}:janji",
        at=at,
    )
    row.until = max(row.until, local_day(at))
    row.save(update_fields=["state", "decider", "decided_day", "line", "promised", "until"])
    parts = instalments.split(row.amount, row.instalments)
    days = instalments.due_days(local_day(at), row.until, len(parts))
    for number, (amount, due) in enumerate(zip(parts, days, strict=True), 1):
        Payment.objects.create(support=row, number=number, amount=amount, due=due)
    _note(by, row, "support.approved", at, amount=row.amount)
    return row


@transaction.atomic
def refuse(*, by: Member, support: Support, reason: SupportRefusal, at: datetime) -> Support:
    """Say that it cannot be given now, and why; it may be asked for again.

    Raises Forbidden, SameHand, Changed.
    """
    row = _decided(by, support, SupportState.REFUSED, at)
    row.refusal = SupportRefusal(reason)
    row.save(update_fields=["state", "decider", "decided_day", "refusal"])
    _note(by, row, "support.refused", at, why=str(reason))
    return row


@transaction.atomic
def pay(*, by: Member, support: Support, number: int, paper: Paper, at: datetime) -> Payment:
    """Pay one instalment, once. Raises Forbidden, SameHand for whoever asked or assessed, Changed
    where it was paid or the support ended.
    """
    row = _kept(by, support)
    if by.pk in {row.asker_id, row.assessor_id}:
        raise SameHand
    due = row.payments.select_for_update().filter(number=number).first()
    if row.state != SupportState.APPROVED or due is None or due.paid_day or row.line is None:
        raise Changed(row.state)
    due.entry = funding.spend(
        by=by,
        line=row.line,
        amount=due.amount,
        memo=Memo.SUPPORT,
        subject=row.code,
        of=row.promised,
        key=f"{row.code}:{number}",
        at=at,
    )
    due.paid_day, due.member = local_day(at), by
    due.proof, due.receipt = Proof(paper.proof), paper.receipt
    due.save(update_fields=["entry", "paid_day", "member", "proof", "receipt"])
    _note(by, row, "support.paid", at, amount=due.amount, number=number)
    return due


@transaction.atomic
def end(*, by: Member, support: Support, outcome: SupportOutcome, at: datetime) -> Support:
    """End it, and say how: what was not paid goes back into its line.

    By the team of the case, or whoever keeps the money. Raises Forbidden, Changed.
    """
    row = _kept(by, support) if queries.one_kept(by, support.code) else _of_team(by, support, at)
    if not instalments.may_go(row.state, SupportState.ENDED):
        raise Changed(row.state)
    home = row.home
    if row.promised:
        key = f"{row.code}:lepas"
        funding.release(by=by, entry=row.promised, memo=Memo.NOT_NEEDED, key=key, at=at)
    else:
        reason, subject = Ended.NO_NEED, home.code
        sop.end(by=by.actor, subject=subject, reason=reason, at=at, about=row.code)
    row.state, row.outcome, row.ended_day = (
        SupportState.ENDED,
        SupportOutcome(outcome),
        local_day(at),
    )
    row.save(update_fields=["state", "outcome", "ended_day"])
    _note(by, row, "support.ended", at, outcome=str(outcome))
    return row


def _decided(by: Member, support: Support, to: SupportState, at: datetime) -> Support:
    """The request, locked and decided by this hand, for the caller to write."""
    row = _kept(by, support)
    if by.pk in {row.asker_id, row.assessor_id}:
        raise SameHand
    if not instalments.may_go(row.state, to):
        raise Changed(row.state)
    row.state, row.decider, row.decided_day = to, by, local_day(at)
    event, subject = "support.decided", row.home.code
    sop.happened(by=by.actor, event=event, subject=subject, at=at, about=row.code)
    return row


def _kept(by: Member, support: Support) -> Support:
    """The support under the lock of its case, for whoever keeps its money. Raises Forbidden."""
    if queries.one_kept(by, support.code) is None:
        raise Forbidden(Right.KEEP_MONEY)
    Case.objects.select_for_update().get(pk=support.home.pk)
    return _fresh(support)


def _of_team(by: Member, support: Support, at: datetime) -> Support:
    case_locked(by, support.home, at)
    return _fresh(support)


def _fresh(support: Support) -> Support:
    rows = Support.objects.select_for_update(of=("self",)).select_related("case__merged_into")
    return rows.get(pk=support.pk)


def _to(support: Support, state: SupportState) -> Support:
    row = _fresh(support)
    if not instalments.may_go(row.state, state):
        raise Changed(row.state)
    row.state = state
    return row


def _sealed(by: Member, case: Case, what: str, items: Sequence[SealedItem], at: datetime) -> str:
    if [one.what for one in items] not in ([], [what]):
        raise Refused("items")
    vault.keep_items(by=by.actor, subject=case.code, items=items, at=at)
    return items[0].item if items else ""


def _note(by: Member, row: Support, verb: str, at: datetime, **told: str | int) -> None:
    detail: dict[str, str | int] = {"about": row.code, **told}
    record(by=by.actor, verb=verb, subject=row.home.code, at=at, detail=detail)
