"""The way of a visum: what is known of each step, money that was asked, evidence from hand to hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.cases.actions import legal
from teduh.cases.actions.guard import locked, supervising
from teduh.cases.models import Case, VisumStep
from teduh.cases.words import VisumDelay, VisumStatus
from teduh.directory.models import Provider
from teduh.lib.timing import local_day
from teduh.services import rules
from teduh.services.models import FeeAnswer, Handing, Particulars
from teduh.services.queries import health as queries
from teduh.services.words import FeeOutcome, Hand, Thing
from teduh.vault import actions as vault
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused

LETTER, MARK = "services.visum.letter", "services.custody.mark"


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What a form says of a step of the visum: its own day, where, who, and what went wrong."""

    day: date | None = None
    provider: Provider | None = None
    who: str = ""
    delay: VisumDelay | None = None
    fee_asked: bool = False


@dataclass(frozen=True, slots=True)
class HandingFacts:
    """Evidence that goes from one hand to another, as a form says it."""

    thing: Thing
    given_by: Hand
    taken_by: Hand
    day: date
    given_where: Provider | None = None
    taken_where: Provider | None = None
    sha: str = ""
    mends: int | None = None


@transaction.atomic
def visum_step(
    *,
    by: Member,
    case: Case,
    to: VisumStatus,
    facts: StepFacts,
    items: Sequence[SealedItem],
    at: datetime,
) -> VisumStep:
    """One step of the visum with what is known of it. The finding itself is never kept.

    Raises Forbidden, cases.rules' WrongMove and TooSoon, WrongDay, NotOffered, vault.rules.Refused.
    """
    step = legal.visum(by=by, case=case, to=to, at=at, delay=facts.delay, fee_asked=facts.fee_asked)
    asked = rules.STEP_ASKS.get(to, frozenset())
    if [item.what for item in items] not in ([], [LETTER]) or (items and not asked):
        raise Refused("items")
    if facts.provider and not queries.gives(facts.provider, rules.STEP_SERVICES.get(to)):
        raise rules.NotOffered(facts.provider.code)
    if asked:
        day = facts.day or step.day
        if not rules.fits_day(to, day, step.day):
            raise rules.WrongDay(day)
        vault.keep_items(by=by.actor, subject=step.case.code, items=items, at=at)
        Particulars.objects.create(
            step=step,
            day=day,
            provider=facts.provider if "provider" in asked else None,
            who=Hand(facts.who) if facts.who and "who" in asked else "",
            item=items[0].item if items else "",
        )
    return step


@transaction.atomic
def answer_fee(*, by: Member, step: VisumStep, outcome: FeeOutcome, at: datetime) -> FeeAnswer:
    """A supervisor says how it was put right that money was asked. Raises Forbidden, WrongMove."""
    supervising(by)
    found = queries.fees(by).filter(pk=step.pk).first()
    if found is None:
        raise Forbidden(Right.SUPERVISE_CASES)
    case = Case.objects.select_for_update().get(pk=found.case_id)
    answer, made = FeeAnswer.objects.get_or_create(
        step=found, defaults={"outcome": FeeOutcome(outcome), "day": local_day(at), "member": by}
    )
    if not made:
        raise rules.WrongMove(answer.outcome)
    detail = {"outcome": str(outcome)}
    record(by=by.actor, verb="visum.fee_answered", subject=case.code, at=at, detail=detail)
    return answer


@transaction.atomic
def hand_on(
    *, by: Member, case: Case, facts: HandingFacts, items: Sequence[SealedItem], at: datetime
) -> Handing:
    """Add a line to the chain of custody; one that was wrong is put right by another line.

    Raises Forbidden, WrongMove for a sealed file without its SHA-256 or a line that is not there,
    WrongDay, vault.rules.Refused.
    """
    fresh = locked(by, case, at)
    if [item.what for item in items] not in ([], [MARK]):
        raise Refused("items")
    if facts.day > local_day(at):
        raise rules.WrongDay(facts.day)
    number = Handing.objects.filter(case=fresh).count() + 1
    wrong = facts.mends is not None and not 0 < facts.mends < number
    if wrong or not rules.sha_fits(facts.thing, facts.sha):
        raise rules.WrongMove(facts.thing)
    vault.keep_items(by=by.actor, subject=fresh.code, items=items, at=at)
    row = Handing.objects.create(
        case=fresh,
        number=number,
        thing=Thing(facts.thing),
        given_by=Hand(facts.given_by),
        given_where=facts.given_where,
        taken_by=Hand(facts.taken_by),
        taken_where=facts.taken_where,
        day=facts.day,
        sha=facts.sha,
        mends=facts.mends,
        item=items[0].item if items else "",
        member=by,
    )
    detail: dict[str, str | int] = {"number": number, "thing": row.thing, "sha": row.sha}
    record(by=by.actor, verb="visum.handed_on", subject=fresh.code, at=at, detail=detail)
    return row
