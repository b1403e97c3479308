"""Writing: members, roles, seats, duty, temporary rights, sign-ins."""

import secrets
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F

from teduh.access import rules
from teduh.access.models import (
    Agency,
    Duty,
    Elevation,
    Member,
    RoleHeld,
    SignIn,
    Team,
    TeamSeat,
)
from teduh.access.roles import ROLES
from teduh.access.words import Device, Right
from teduh.audit.actions import record
from teduh.lib.actors import ANONYMOUS, Actor, ActorKind
from teduh.outbox import actions as outbox
from teduh.outbox.words import Template

CODE_LETTERS = "abcdefghjkmnpqrstvwxyz23456789"
CODE_LENGTH = 6

LinkFor = Callable[[Member], str]  # how a page builds the link of an invitation


def _new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def _may(by: Actor, right: Right) -> Member | None:
    """The member behind the actor, holding the right; commands need none. Raises Forbidden."""
    if by.kind == ActorKind.COMMAND:
        return None
    member = Member.objects.get_queryset().filter(code=by.code).first()
    if by.kind != ActorKind.MEMBER or member is None or not member.may(right):
        raise rules.Forbidden
    return member


def _may_over(by: Actor, right: Right, member: Member) -> None:
    """As _may, over a member one may see and who is somebody else. Raises OwnRights, Forbidden."""
    acting = _may(by, right)
    if acting is None:
        return
    if acting.pk == member.pk:
        raise rules.OwnRights
    if not Member.objects.visible_to(acting).filter(pk=member.pk).exists():
        raise rules.Forbidden


# --- the office ------------------------------------------------------------------------------------


@transaction.atomic
def open_agency(
    *, by: Actor, code: str, name: str, kind: str, at: datetime, area_code: str = ""
) -> Agency:
    """Enter an agency; raises Forbidden."""
    _may(by, Right.MANAGE_MEMBERS)
    agency = Agency.objects.create(code=code, name=name, kind=kind, area_code=area_code)
    record(by=by, verb="agency.opened", subject=code, at=at)
    return agency


@transaction.atomic
def open_team(*, by: Actor, code: str, name: str, kind: str, agency: Agency, at: datetime) -> Team:
    """Enter a team; raises Forbidden."""
    _may(by, Right.MANAGE_MEMBERS)
    team = Team.objects.create(code=code, name=name, kind=kind, agency=agency)
    record(by=by, verb="team.opened", subject=code, at=at)
    return team


# --- members ---------------------------------------------------------------------------------------


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
    """Enter a member without a message; raises Forbidden, EmailTaken, UnknownRole."""
    acting = _may(by, Right.MANAGE_MEMBERS)
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
        _give_role(by, member, role, at)
    for team in teams:
        _seat(by, member, team, at)
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
    _may_over(by, Right.MANAGE_MEMBERS, member)
    member.password = make_password(None)
    member.save(update_fields=["password"])
    _end_sessions(member, at)
    _send_invitation(by, member, link_for, at)


@transaction.atomic
def accept_invitation(*, member: Member, password: str, at: datetime) -> None:
    """Set the first password of somebody who came by their link."""
    member.set_password(password)
    member.joined_at = at
    member.save(update_fields=["password", "joined_at"])
    record(by=member.actor, verb="member.joined", subject=member.code, at=at)


@transaction.atomic
def change_password(*, by: Actor, member: Member, password: str, at: datetime) -> None:
    """Set a new password; sessions elsewhere end by it."""
    member.set_password(password)
    member.save(update_fields=["password"])
    record(by=by, verb="member.password_changed", subject=member.code, at=at)


@transaction.atomic
def deactivate(*, by: Actor, member: Member, at: datetime) -> None:
    """Shut a member out at once: no sign-in, no session, no running role, seat or duty.

    Raises OwnRights, Forbidden.
    """
    _may_over(by, Right.MANAGE_MEMBERS, member)
    member.active = False
    member.save(update_fields=["active"])
    member.seats.running(at).update(until=at)
    member.roles_held.running(at).update(until=at)
    member.duties.filter(starts__gt=at).delete()
    member.duties.filter(starts__lt=at, ends__gt=at).update(ends=at)
    member.elevations.running(at).update(until=at)
    _end_sessions(member, at)
    record(by=by, verb="member.deactivated", subject=member.code, at=at)


@transaction.atomic
def reactivate(*, by: Actor, member: Member, at: datetime, link_for: LinkFor) -> None:
    """Let a member come back, with a new password and no role; raises OwnRights, Forbidden."""
    _may_over(by, Right.MANAGE_MEMBERS, member)
    member.active = True
    member.password = make_password(None)
    member.save(update_fields=["active", "password"])
    record(by=by, verb="member.reactivated", subject=member.code, at=at)
    _send_invitation(by, member, link_for, at)


@transaction.atomic
def reset_second_factor(*, by: Actor, member: Member, at: datetime) -> None:
    """Take the second factor of somebody who lost it; a new one is set up at the next sign-in.

    Raises OwnRights, Forbidden.
    """
    _may_over(by, Right.MANAGE_MEMBERS, member)
    Authenticator.objects.filter(user=member).delete()
    _end_sessions(member, at)
    record(by=by, verb="member.second_factor_reset", subject=member.code, at=at)


@transaction.atomic
def note_second_factor(*, by: Actor, member: Member, at: datetime) -> None:
    """Tell the trail that a member has set up the second factor."""
    record(by=by, verb="member.second_factor_set", subject=member.code, at=at)


# --- roles and seats -------------------------------------------------------------------------------


@transaction.atomic
def set_roles(*, by: Actor, member: Member, roles: Collection[str], at: datetime) -> None:
    """Give exactly these roles; raises OwnRights, Forbidden, UnknownRole."""
    _may_over(by, Right.MANAGE_MEMBERS, member)
    held = member.role_codes(at)
    for role in sorted(held - set(roles)):
        member.roles_held.running(at).filter(role=role).update(until=at)
        record(by=by, verb="role.taken", subject=member.code, at=at, detail={"role": role})
    for role in sorted(set(roles) - held):
        _give_role(by, member, role, at)


@transaction.atomic
def set_teams(*, by: Actor, member: Member, teams: Sequence[Team], at: datetime) -> None:
    """Seat a member in exactly these teams; raises OwnRights, Forbidden."""
    _may_over(by, Right.MANAGE_MEMBERS, member)
    wanted = {team.code: team for team in teams}
    held = member.team_codes(at)
    for code in sorted(held - set(wanted)):
        member.seats.running(at).filter(team__code=code).update(until=at)
        record(by=by, verb="seat.left", subject=member.code, at=at, detail={"team": code})
    for code in sorted(set(wanted) - held):
        _seat(by, member, wanted[code], at)


def _give_role(by: Actor, member: Member, role: str, at: datetime) -> None:
    if role not in ROLES:
        raise rules.UnknownRole
    RoleHeld.objects.create(member=member, role=role, since=at)
    record(by=by, verb="role.given", subject=member.code, at=at, detail={"role": role})


def _seat(by: Actor, member: Member, team: Team, at: datetime) -> None:
    if team.agency_id != member.agency_id:
        raise rules.Forbidden
    TeamSeat.objects.create(member=member, team=team, since=at)
    record(by=by, verb="seat.taken", subject=member.code, at=at, detail={"team": team.code})


# --- duty ------------------------------------------------------------------------------------------


@transaction.atomic
def plan_duty(
    *, by: Actor, team: Team, member: Member, starts: datetime, ends: datetime, at: datetime
) -> Duty:
    """Enter who answers for a team; raises Forbidden, NotInTeam, EndsFirst."""
    acting = _may(by, Right.PLAN_DUTY)
    if acting and not Team.objects.visible_to(acting).filter(pk=team.pk).exists():
        raise rules.Forbidden
    if ends <= starts:
        raise rules.EndsFirst
    if team.code not in member.team_codes(at):
        raise rules.NotInTeam
    duty = Duty.objects.create(team=team, member=member, starts=starts, ends=ends)
    record(by=by, verb="duty.planned", subject=member.code, at=at, detail={"team": team.code})
    return duty


@transaction.atomic
def cancel_duty(*, by: Actor, duty: Duty, at: datetime) -> None:
    """Take a planned duty out of the roster; raises Forbidden."""
    acting = _may(by, Right.PLAN_DUTY)
    if acting and not Duty.objects.visible_to(acting).filter(pk=duty.pk).exists():
        raise rules.Forbidden
    detail = {"team": duty.team.code}
    record(by=by, verb="duty.cancelled", subject=duty.member.code, at=at, detail=detail)
    duty.delete()


# --- temporary rights ------------------------------------------------------------------------------


@transaction.atomic
def ask_elevation(
    *, by: Actor, member: Member, right: Right, reason: str, hours: int, at: datetime
) -> Elevation:
    """Ask for a right for some hours; raises Forbidden, NoReason, TooLong."""
    if by != member.actor or not member.active:
        raise rules.Forbidden
    rules.may_be_asked(reason=reason, length=timedelta(hours=hours))
    asked = Elevation.objects.create(
        member=member, right=right, reason=reason.strip(), hours=hours, asked_at=at
    )
    detail: dict[str, str | int] = {"right": str(right), "hours": hours}
    record(by=by, verb="elevation.asked", subject=member.code, at=at, detail=detail)
    return asked


@transaction.atomic
def approve_elevation(*, by: Actor, elevation: Elevation, at: datetime) -> None:
    """Grant a request, from now; raises OwnRights, Forbidden, AlreadyDecided."""
    decider = _decider(by, elevation)
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
        _may_over(by, Right.APPROVE_ELEVATION, elevation.member)
    Elevation.objects.running(at).filter(pk=elevation.pk).update(until=at)
    _record_decision(by, elevation, "elevation.ended", at)


def _decider(by: Actor, elevation: Elevation) -> Member:
    rules.may_decide(
        asked_by=elevation.member.code, decided_by=by.code, decided_at=elevation.decided_at
    )
    _may_over(by, Right.APPROVE_ELEVATION, elevation.member)
    if by.kind != ActorKind.MEMBER:
        raise rules.Forbidden
    return Member.objects.get(code=by.code)


def _record_decision(by: Actor, elevation: Elevation, verb: str, at: datetime) -> None:
    detail = {"right": elevation.right}
    record(by=by, verb=verb, subject=elevation.member.code, at=at, detail=detail)


# --- sign-ins --------------------------------------------------------------------------------------


@transaction.atomic
def note_sign_in(*, by: Actor, member: Member, device: Device, session: str, at: datetime) -> None:
    """Keep one's own sign-in: time and coarse device, never from where."""
    SignIn.objects.create(member=member, at=at, device=device, session=session)
    record(by=by, verb="member.signed_in", subject=member.code, at=at)


@transaction.atomic
def note_sign_out(*, by: Actor, session: str, at: datetime) -> None:
    """Close a sign-in in one's own list."""
    SignIn.objects.filter(session=session, ended_at=None).update(ended_at=at, session="")
    record(by=by, verb="member.signed_out", subject=by.code, at=at)


@transaction.atomic
def note_refused_sign_in(*, at: datetime) -> None:
    """Tell the trail that a sign-in failed; not whose, for the address may be anybody's."""
    record(by=ANONYMOUS, verb="member.sign_in_refused", subject="", at=at)


@transaction.atomic
def end_other_sessions(*, by: Actor, member: Member, keep: str, at: datetime) -> int:
    """End one's own sessions on every other device; answers how many."""
    others = member.sign_ins.filter(ended_at=None).exclude(session=keep)
    keys = list(others.values_list("session", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    others.update(ended_at=at, session="")
    record(by=by, verb="member.sessions_ended", subject=member.code, at=at)
    return len(keys)


def _end_sessions(member: Member, at: datetime) -> None:
    """Every session of a member ends: its row goes, and what a cookie carries no longer fits."""
    running = member.sign_ins.filter(ended_at=None)
    keys = list(running.values_list("session", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    running.update(ended_at=at, session="")
    Member.objects.get_queryset().filter(pk=member.pk).update(
        sessions_since=F("sessions_since") + 1
    )
    member.refresh_from_db(fields=["sessions_since"])


def _send_invitation(by: Actor, member: Member, link_for: LinkFor, at: datetime) -> None:
    outbox.queue(by=by, to=member.email, template=Template.INVITATION, link=link_for(member), at=at)
    record(by=by, verb="member.invited", subject=member.code, at=at)


@transaction.atomic
def clear_sessions(*, at: datetime) -> int:
    """Throw away sessions that idled out, and close their sign-ins; answers how many."""
    over = Session.objects.filter(expire_date__lt=at)
    keys = list(over.values_list("session_key", flat=True))
    SignIn.objects.filter(session__in=keys).update(ended_at=at, session="")
    over.delete()
    return len(keys)
