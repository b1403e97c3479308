"""Visum, police, court, protection: each step kept, told to the procedure, written into the trail."""

from datetime import date, datetime, timedelta

from django.db import transaction

from teduh.access.actions import tell_other_overseers
from teduh.access.models import Member
from teduh.audit.actions import record
from teduh.cases import queries, rules
from teduh.cases.actions.guard import locked, supervising
from teduh.cases.actions.promising import promise
from teduh.cases.models import Case, JusticeStep, Protection, VisumStep
from teduh.cases.words import JusticeStage, ProtectionKind, VisumDelay, VisumStatus, WaitReason
from teduh.lib.timing import begin_of, local_day
from teduh.sop import actions as sop
from teduh.sop.queries import running_of
from teduh.sop.words import Ended

ENDS = {VisumStatus.DECLINED: Ended.DECLINED, VisumStatus.NOT_NEEDED: Ended.NO_NEED}


@transaction.atomic
def visum(
    *,
    by: Member,
    case: Case,
    to: VisumStatus,
    at: datetime,
    delay: VisumDelay | None = None,
    fee_asked: bool = False,
) -> VisumStep:
    """One step on the way to the examination; what it meets of the procedure is met.

    Where somebody asked her for money, the supervisors hear of it at once.
    Raises Forbidden; WrongMove for a delay without its reason; TooSoon for a step that needs
    another first. Care needs none, nor does an examination: letters may follow.
    """
    fresh = locked(by, case, at)
    if (to == VisumStatus.DELAYED) != (delay is not None):
        raise rules.WrongMove("a delay and its reason go together")
    lacks = rules.visum_lacks(to, queries.visum_stood(fresh))
    if lacks:
        raise rules.TooSoon(lacks)
    step = VisumStep.objects.create(
        case=fresh,
        to=to,
        day=local_day(at),
        delay=delay or "",
        fee_asked=fee_asked or delay == VisumDelay.FEE,
        member=by,
    )
    event = rules.visum_event(to)
    if event:
        sop.happened(by=by.actor, event=event, subject=fresh.code, at=at)
    if to in ENDS:
        sop.end(by=by.actor, subject=fresh.code, reason=ENDS[to], at=at, steps=rules.VISUM_STEPS)
    detail: dict[str, str | int] = {"to": str(to), "delay": step.delay}
    if step.fee_asked:
        detail["fee_asked"] = 1
        tell_other_overseers(by=by, team_code=fresh.team_code, at=at, about=fresh.code)
    record(by=by.actor, verb="case.visum", subject=fresh.code, at=at, detail=detail)
    return step


@transaction.atomic
def justice(
    *,
    by: Member,
    case: Case,
    stage: JusticeStage,
    day: date,
    at: datetime,
    pressure: bool = False,
) -> JusticeStep:
    """How far the law has come. Raises Forbidden; WrongMove for the supervisor's own decision."""
    if stage == JusticeStage.WAITS:
        raise rules.WrongMove("the supervisor decides that")
    fresh = locked(by, case, at)
    step = JusticeStep.objects.create(
        case=fresh, stage=stage, day=day, pressure=pressure, member=by
    )
    if stage != JusticeStage.NOT_PURSUED:  # which may be without the police ever knowing
        sop.happened(by=by.actor, event="police.told", subject=fresh.code, at=at)
    detail: dict[str, str | int] = {"stage": str(stage), "pressure": int(pressure)}
    record(by=by.actor, verb="case.justice", subject=fresh.code, at=at, detail=detail)
    return step


@transaction.atomic
def police_later(*, by: Member, case: Case, reason: WaitReason, at: datetime) -> JusticeStep:
    """A supervisor decides, with a reason, that the police are not told yet. Raises Forbidden."""
    supervising(by)
    fresh = locked(by, case, at)
    step = JusticeStep.objects.create(
        case=fresh, stage=JusticeStage.WAITS, day=local_day(at), waits=reason, member=by
    )
    sop.happened(by=by.actor, event="police.decided", subject=fresh.code, at=at)
    detail = {"reason": str(reason)}
    record(by=by.actor, verb="case.police_later", subject=fresh.code, at=at, detail=detail)
    return step


@transaction.atomic
def protect(
    *,
    by: Member,
    case: Case,
    kind: ProtectionKind,
    since: date,
    until: date,
    at: datetime,
    replaces: Protection | None = None,
) -> Protection:
    """Keep a protection order; the procedure warns before it ends.

    `replaces`: the order of the same kind that it extends or replaces, which needs no warning any
    more; without it every other order keeps its own. Raises Forbidden; WrongMove where it ends
    before it begins or lasts longer than its law allows, or for another order than one that stands.
    """
    longest = timedelta(days=rules.PROTECTION_DAYS[kind])
    if not since < until <= since + longest:
        raise rules.WrongMove("longer than the law, or no day long")
    fresh = locked(by, case, at)
    if replaces is not None:
        standing = Protection.objects.filter(case=fresh, kind=kind, over__isnull=True)
        if not standing.filter(pk=replaces.pk).update(over=local_day(at)):
            raise rules.WrongMove("no order of this kind that stands")
        _settle(by, fresh, replaces, "protection.extended", at)
    row = Protection.objects.create(case=fresh, kind=kind, since=since, until=until, member=by)
    _warn(by, fresh, row, at)
    detail = {"kind": str(kind)}
    record(by=by.actor, verb="case.protected", subject=fresh.code, at=at, detail=detail)
    return row


@transaction.atomic
def protection_over(*, by: Member, row: Protection, at: datetime) -> None:
    """Say that an order is not needed any more. The same again changes nothing. Raises Forbidden."""
    fresh = locked(by, row.case, at)
    if Protection.objects.filter(pk=row.pk, over__isnull=True).update(over=local_day(at)):
        _settle(by, fresh, row, "protection.not_needed", at)
        _warn_of_others(by, fresh, ProtectionKind(row.kind), at)
        record(by=by.actor, verb="case.protection_over", subject=fresh.code, at=at)


def _settle(by: Member, case: Case, row: Protection, event: str, at: datetime) -> None:
    """Meet the warning of one order; an older one was promised of the case as a whole."""
    for about in (row.code, ""):
        met = sop.happened(
            by=by.actor,
            event=event,
            subject=case.code,
            at=at,
            begun_by=rules.PROTECTION_EVENTS[row.kind],
            about=about,
        )
        if met:
            return


def _warn_of_others(by: Member, case: Case, kind: ProtectionKind, at: datetime) -> None:
    """Promise the warning of every order of a kind that stands and that nobody is warned of."""
    step = rules.PROTECTION_STEPS[kind]
    warned = {one.about for one in running_of(case.code) if one.step == step}
    for row in Protection.objects.filter(case=case, kind=kind, over__isnull=True):
        if not warned & {row.code, ""} and row.until > local_day(at):
            _warn(by, case, row, at)


def _warn(by: Member, case: Case, row: Protection, at: datetime) -> None:
    promise(
        by=by,
        case=case,
        event=rules.PROTECTION_EVENTS[row.kind],
        at=at,
        since=begin_of(row.since),
        until=begin_of(row.until),
        about=row.code,
    )


@transaction.atomic
def asked_of(*, by: Member, case: Case, whom: str, at: datetime) -> int:
    """Note that LPSK (`lpsk`) or the court (`court`) was asked. Raises Forbidden, WrongMove.

    Answers how many promises that met.
    """
    if whom not in {"lpsk", "court"}:
        raise rules.WrongMove(whom)
    fresh = locked(by, case, at)
    met = sop.happened(by=by.actor, event=f"{whom}.asked", subject=fresh.code, at=at)
    record(by=by.actor, verb=f"case.{whom}_asked", subject=fresh.code, at=at)
    return met
