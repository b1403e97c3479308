"""Assessing how dangerous it is; a lower band by two people; retaliation."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from teduh.access.actions import tell_duty
from teduh.access.models import Member
from teduh.access.queries import with_role
from teduh.access.rules import Forbidden
from teduh.audit.actions import record
from teduh.cases import queries, rules
from teduh.cases.actions.guard import locked, supervising
from teduh.cases.actions.promising import promise
from teduh.cases.actions.working import go, tell
from teduh.cases.models import Assessment, Case, Retaliation
from teduh.cases.words import Lowering, RetaliationKind, State
from teduh.intake import instruments, scoring
from teduh.lib.timing import local_day
from teduh.outbox.actions import queue
from teduh.outbox.words import Template
from teduh.sop import actions as sop
from teduh.vault import actions as vault
from teduh.vault.packages import SealedItem

ANSWERS = "cases.risk.answers"


@dataclass(frozen=True, slots=True)
class Assessed:
    """What a form tells in the open, as text, just as the member's key signed it."""

    instrument: str
    version: str
    score: str
    computed: str
    final: str
    reason: str = ""


@transaction.atomic
def assess(
    *,
    by: Member,
    case: Case,
    facts: Assessed,
    items: Sequence[SealedItem],
    statement: str,
    seen: str,
    at: datetime,
) -> Assessment:
    """Keep an assessment; the case, its state and its promises follow the band that counts.

    `seen`: the answers the writer had before them. Raises Forbidden; WrongMove where the case has
    ended; WrongScore for what no answers could come to; ReasonMissing for a lower band without
    one; ChangedMeanwhile; intake.instruments.UnknownInstrument; vault.rules.Refused.
    """
    fresh = locked(by, case, at)
    if fresh.ended:
        raise rules.WrongMove(fresh.state)
    lower = _check(facts)
    if queries.newest_answers(fresh) != seen:
        raise rules.ChangedMeanwhile
    sop.happened(by=by.actor, event="risk.assessed", subject=fresh.code, at=at)
    vault.keep_items(by=by.actor, subject=fresh.code, items=items, at=at)
    answers = next((one for one in items if one.what == ANSWERS), None)
    if answers is None:
        raise rules.WrongScore("no answers")
    signed = vault.check_vouched(
        by=by, subject=fresh.code, item=answers, told=asdict(facts), statement=statement
    )
    row = Assessment.objects.create(
        case=fresh,
        number=fresh.assessments.count() + 1,
        instrument=facts.instrument,
        version=facts.version,
        score=int(facts.score),
        computed=facts.computed,
        final=facts.final,
        reason=facts.reason if lower else "",
        lowering=Lowering.ASKED if lower else "",
        member=by,
        day=local_day(at),
        item=answers.item,
        body=signed.body,
        sig=signed.sig,
    )
    detail = {"instrument": f"{row.instrument}.{row.version}", "band": row.counts}
    record(by=by.actor, verb="case.risk_assessed", subject=fresh.code, at=at, detail=detail)
    _follow(by, fresh, row.counts, at)
    if lower:
        _tell_supervisors(by, fresh, at, danger=False)
    return row


@transaction.atomic
def confirm_lower(*, by: Member, case: Case, at: datetime) -> Assessment:
    """A supervisor agrees that less danger counts than was computed; what was promised stays.

    Raises Forbidden, for one's own assessment too; WrongMove where nothing waits for it.
    """
    fresh, row = _waiting(by, case, at)
    row.lowering, row.decided_by = Lowering.CONFIRMED, by
    row.save(update_fields=["lowering", "decided_by"])
    _set_band(fresh, row.counts)
    detail = {"band": row.counts}
    record(by=by.actor, verb="case.risk_lowered", subject=fresh.code, at=at, detail=detail)
    return row


@transaction.atomic
def refuse_lower(*, by: Member, case: Case, at: datetime) -> Assessment:
    """A supervisor leaves the computed band standing. Raises Forbidden, WrongMove as above."""
    fresh, row = _waiting(by, case, at)
    row.lowering, row.decided_by = Lowering.REFUSED, by
    row.save(update_fields=["lowering", "decided_by"])
    detail = {"band": row.counts}
    record(by=by.actor, verb="case.risk_kept", subject=fresh.code, at=at, detail=detail)
    return row


@transaction.atomic
def retaliation(*, by: Member, case: Case, kind: RetaliationKind, at: datetime) -> Retaliation:
    """Note that somebody was made to pay for the report: assessed again at once, supervisor told.

    The same kind again on one day changes nothing. Raises Forbidden.
    """
    fresh = locked(by, case, at)
    row, made = Retaliation.objects.get_or_create(
        case=fresh, kind=kind, day=local_day(at), defaults={"member": by}
    )
    if made:
        promise(by=by, case=fresh, event="retaliation.told", at=at)
        detail = {"kind": str(kind)}
        record(by=by.actor, verb="case.retaliation", subject=fresh.code, at=at, detail=detail)
        _tell_supervisors(by, fresh, at, danger=True)
    return row


def _check(facts: Assessed) -> bool:
    """Whether the final band is lower than the computed one; raises what `assess` says."""
    known = instruments.named(facts.instrument, facts.version)
    possible = facts.score.isdecimal() and scoring.is_possible(
        known, int(facts.score), facts.computed
    )
    if not possible or facts.final not in scoring.BANDS:
        raise rules.WrongScore(facts.score)
    lower = rules.is_lower(facts.final, facts.computed)
    if lower and not facts.reason:
        raise rules.ReasonMissing
    return lower


def _follow(by: Member, case: Case, band: str, at: datetime) -> None:
    """Bring case and promises to a band; a plan and a conference begin with the first, or a rise."""
    first = case.state in {State.OPEN, State.REOPENED}
    rises = rules.is_lower(case.band, band)
    _set_band(case, band)
    if first:
        go(by, case, State.ASSESSED, at)
    sop.re_band(by=by.actor, subject=case.code, band=band, at=at)
    if first or rises:
        for event in rules.events_of_risk(band):
            promise(by=by, case=case, event=event, at=at)
    tell(by.actor, case, at)
    if band == scoring.BANDS[0]:
        _tell_supervisors(by, case, at, danger=True)


def _set_band(case: Case, band: str) -> None:
    case.band, case.urgency = band, rules.BANDS.index(band)
    case.save(update_fields=["band", "urgency"])


def _waiting(by: Member, case: Case, at: datetime) -> tuple[Case, Assessment]:
    supervising(by)
    fresh = locked(by, case, at)
    row = queries.last_assessment(fresh)
    if row is None or row.lowering != Lowering.ASKED:
        raise rules.WrongMove("nothing waits")
    if row.member_id == by.pk:
        raise Forbidden
    return fresh, row


def _tell_supervisors(by: Member, case: Case, at: datetime, *, danger: bool) -> None:
    for member in with_role("supervisor", case.team_code, at, case.code):
        queue(by=by.actor, to=member.email, template=Template.WORK, danger=danger, at=at)
    if danger:
        team, about = case.team_code, case.code
        tell_duty(by=by.actor, team_code=team, danger=True, at=at, about=about)
