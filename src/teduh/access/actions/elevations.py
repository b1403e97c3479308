"""Temporary rights."""

from datetime import datetime, timedelta

from django.db import transaction

from teduh.access import rules
from teduh.access.actions.hands import may_hand_on, may_over
from teduh.access.models import Elevation, Member
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.lib.actors import Actor, ActorKind


@transaction.atomic
def ask_elevation(
    *, by: Actor, member: Member, right: Right, reason: str, hours: int, at: datetime
) -> Elevation:
    """Ask for a right for some hours; raises Forbidden, NoReason, TooLong."""
    if by != member.actor or not member.active:
        raise rules.Forbidden
    rules.may_be_asked(right=right, reason=reason, length=timedelta(hours=hours))
    asked = Elevation.objects.create(
        member=member, right=right, reason=reason.strip(), hours=hours, asked_at=at
    )
    detail: dict[str, str | int] = {"right": str(right), "hours": hours}
    record(by=by, verb="elevation.asked", subject=member.code, at=at, detail=detail)
    return asked


@transaction.atomic
def approve_elevation(*, by: Actor, elevation: Elevation, at: datetime) -> None:
    """Grant a request, from now; raises OwnRights, Forbidden, BeyondAgency, AlreadyDecided."""
    decider = _decider(by, elevation)
    may_hand_on(by, Right.APPROVE_ELEVATION, frozenset({Right(elevation.right)}))
    changed = Elevation.objects.waiting().filter(pk=elevation.pk)
    until = at + timedelta(hours=elevation.hours)
    if changed.update(by=decider, approved=True, decided_at=at, until=until) != 1:
        raise rules.AlreadyDecided
    _record_decision(by, elevation, "elevation.approved", at)


@transaction.atomic
def refuse_elevation(*, by: Actor, elevation: Elevation, at: datetime) -> None:
    """Turn a request down; raises OwnRights, Forbidden, AlreadyDecided."""
    decider = _decider(by, elevation)
    changed = Elevation.objects.waiting().filter(pk=elevation.pk)
    if changed.update(by=decider, approved=False, decided_at=at) != 1:
        raise rules.AlreadyDecided
    _record_decision(by, elevation, "elevation.refused", at)


@transaction.atomic
def end_elevation(*, by: Actor, elevation: Elevation, at: datetime) -> None:
    """End a running right before its time, by its holder or an approver; raises Forbidden."""
    if by.code != elevation.member.code:
        may_over(by, Right.APPROVE_ELEVATION, elevation.member)
    Elevation.objects.running(at).filter(pk=elevation.pk).update(until=at)
    _record_decision(by, elevation, "elevation.ended", at)


def _decider(by: Actor, elevation: Elevation) -> Member:
    rules.may_decide(
        asked_by=elevation.member.code, decided_by=by.code, decided_at=elevation.decided_at
    )
    may_over(by, Right.APPROVE_ELEVATION, elevation.member)
    if by.kind != ActorKind.MEMBER:
        raise rules.Forbidden
    return Member.objects.get(code=by.code)


def _record_decision(by: Actor, elevation: Elevation, verb: str, at: datetime) -> None:
    detail = {"right": elevation.right}
    record(by=by, verb=verb, subject=elevation.member.code, at=at, detail=detail)
