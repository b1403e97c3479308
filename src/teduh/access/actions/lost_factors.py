"""A lost second factor: one manager asks, another one takes it, its owner may say no."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from teduh.access import queries, rules
from teduh.access.actions.hands import may, may_over
from teduh.access.actions.sessions import end_sessions
from teduh.access.models import LostFactor, Member
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.lib.actors import Actor
from teduh.outbox import actions as outbox
from teduh.outbox.words import Template


@transaction.atomic
def ask_reset(*, by: Actor, member: Member, reason: str, at: datetime) -> LostFactor:
    """Ask that a lost factor be taken; its owner and those who may approve are told.

    Raises OwnRights, Forbidden, NoReason, AlreadyAsked.
    """
    asking = _manager_over(by, member)
    rules.may_be_explained(reason)
    Member.objects.get_queryset().select_for_update().get(pk=member.pk)
    if LostFactor.objects.waiting(at).filter(member=member).exists():
        raise rules.AlreadyAsked
    asked = LostFactor.objects.create(
        member=member,
        reason=reason.strip(),
        asked_by=asking,
        asked_at=at,
        until=at + rules.FACTOR_WAIT,
    )
    record(by=by, verb="lost_factor.asked", subject=member.code, at=at)
    outbox.queue(by=by, to=member.email, template=Template.LOST_FACTOR, at=at)
    for one in queries.approvers(asked, at):
        outbox.queue(by=by, to=one.email, template=Template.WORK, at=at)
    return asked


@transaction.atomic
def approve_reset(*, by: Actor, asked: LostFactor, at: datetime) -> None:
    """Take every factor and recovery code; a new one is set up at the next sign-in.

    Raises OwnRights, Forbidden, AlreadyDecided, TooLate.
    """
    rules.may_take_factor(
        member=asked.member.code,
        asked_by=asked.asked_by.code,
        decided_by=by.code,
        decided_at=asked.decided_at,
        until=asked.until,
        at=at,
    )
    approving = _manager_over(by, asked.member)
    rules.may_be_second(
        asked_by=asked.asked_by.code,
        asked_at=asked.asked_at,
        invited_by=approving.invited_by,
        joined_at=approving.joined_at,
    )
    mine = LostFactor.objects.waiting(at).filter(pk=asked.pk)
    if mine.update(by=approving, approved=True, decided_at=at) != 1:
        raise rules.AlreadyDecided
    Authenticator.objects.filter(user=asked.member).delete()
    end_sessions(asked.member, at)
    record(by=by, verb="member.second_factor_reset", subject=asked.member.code, at=at)
    outbox.queue(by=by, to=asked.member.email, template=Template.ACCOUNT, at=at)


@transaction.atomic
def refuse_reset(*, by: Actor, asked: LostFactor, at: datetime) -> None:
    """Leave the factor where it is: by its owner, by who asked, or by another manager.

    Raises Forbidden, AlreadyDecided.
    """
    refusing = asked.member if by == asked.member.actor else _manager_over(by, asked.member)
    mine = LostFactor.objects.waiting(at).filter(pk=asked.pk)
    if mine.update(by=refusing, approved=False, decided_at=at) != 1:
        raise rules.AlreadyDecided
    record(by=by, verb="lost_factor.refused", subject=asked.member.code, at=at)


def _manager_over(by: Actor, member: Member) -> Member:
    """The manager behind the actor; a command is not one of the two people."""
    may_over(by, Right.MANAGE_MEMBERS, member)
    acting = may(by, Right.MANAGE_MEMBERS)
    if acting is None or not member.active:
        raise rules.Forbidden
    return acting
