"""Members: they are invited, come, leave, and may come back."""

import secrets
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from teduh.access import rules
from teduh.access.actions.hands import may, may_over
from teduh.access.actions.holdings import give_role, seat
from teduh.access.actions.sessions import close_sign_ins, end_sessions
from teduh.access.models import Agency, Member, Team
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.lib.actors import Actor
from teduh.outbox import actions as outbox
from teduh.outbox.words import Template

CODE_LETTERS = "abcdefghjkmnpqrstvwxyz23456789"
CODE_LENGTH = 6

LinkFor = Callable[[Member], str]  # how a page builds the link of an invitation


@transaction.atomic
def add_member(
    *,
    by: Actor,
    email: str,
    name: str,
    agency: Agency,
    at: datetime,
    roles: Collection[str] = (),
    teams: Sequence[Team] = (),
    password: str | None = None,
    code: str | None = None,
) -> Member:
    """Enter a member without a message; raises Forbidden, EmailTaken, UnknownRole, BothHalves."""
    acting = may(by, Right.MANAGE_MEMBERS)
    if acting and not acting.oversees_all and acting.agency_id != agency.pk:
        raise rules.Forbidden
    if Member.objects.get_queryset().filter(email__iexact=email).exists():
        raise rules.EmailTaken
    member = Member.objects.create(
        code=code or _new_code(),
        email=email.lower(),
        name=name,
        agency=agency,
        password=make_password(password),
        invited_by=by.code,
        joined_at=at if password else None,
    )
    record(by=by, verb="member.added", subject=member.code, at=at)
    for role in roles:
        give_role(by, member, role, at)
    for team in teams:
        seat(by, member, team, at)
    return member


@transaction.atomic
def invite(
    *,
    by: Actor,
    email: str,
    name: str,
    agency: Agency,
    at: datetime,
    link_for: LinkFor,
    roles: Collection[str] = (),
    teams: Sequence[Team] = (),
) -> Member:
    """Enter a member and send the link by which they choose a password; raises as add_member."""
    member = add_member(
        by=by, email=email, name=name, agency=agency, roles=roles, teams=teams, at=at
    )
    _send_invitation(by, member, link_for, at)
    return member


@transaction.atomic
def invite_again(*, by: Actor, member: Member, at: datetime, link_for: LinkFor) -> None:
    """Send a new link: a lost password, or one that came too late. Raises OwnRights, Forbidden."""
    may_over(by, Right.MANAGE_MEMBERS, member)
    member.password = make_password(None)
    member.save(update_fields=["password"])
    end_sessions(member, at)
    _send_invitation(by, member, link_for, at)


@transaction.atomic
def accept_invitation(*, member: Member, password: str, at: datetime) -> None:
    """Set the first password of somebody who came by their link."""
    member.set_password(password)
    member.joined_at = at
    member.save(update_fields=["password", "joined_at"])
    record(by=member.actor, verb="member.joined", subject=member.code, at=at)


@transaction.atomic
def change_password(*, by: Actor, member: Member, password: str, keep: str, at: datetime) -> None:
    """Set a new password; every session but `keep` ends by it, and the member is told."""
    member.set_password(password)
    member.save(update_fields=["password"])
    close_sign_ins(member, at=at, keep=keep)
    record(by=by, verb="member.password_changed", subject=member.code, at=at)
    outbox.queue(by=by, to=member.email, template=Template.ACCOUNT, at=at)


@transaction.atomic
def deactivate(*, by: Actor, member: Member, at: datetime) -> None:
    """Shut a member out at once: no sign-in, no session, no running role, seat or duty.

    Raises OwnRights, Forbidden.
    """
    may_over(by, Right.MANAGE_MEMBERS, member)
    member.active = False
    member.save(update_fields=["active"])
    member.seats.running(at).update(until=at)
    member.roles_held.running(at).update(until=at)
    member.duties.filter(starts__gt=at).delete()
    member.duties.filter(starts__lt=at, ends__gt=at).update(ends=at)
    member.stands_in.filter(ends__gt=at).update(deputy=None)
    member.elevations.running(at).update(until=at)
    end_sessions(member, at)
    record(by=by, verb="member.deactivated", subject=member.code, at=at)


@transaction.atomic
def reactivate(*, by: Actor, member: Member, at: datetime, link_for: LinkFor) -> None:
    """Let a member come back, with a new password and no role; raises OwnRights, Forbidden."""
    may_over(by, Right.MANAGE_MEMBERS, member)
    member.active = True
    member.password = make_password(None)
    member.save(update_fields=["active", "password"])
    record(by=by, verb="member.reactivated", subject=member.code, at=at)
    _send_invitation(by, member, link_for, at)


def _new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def _send_invitation(by: Actor, member: Member, link_for: LinkFor, at: datetime) -> None:
    outbox.queue(by=by, to=member.email, template=Template.INVITATION, link=link_for(member), at=at)
    record(by=by, verb="member.invited", subject=member.code, at=at)
