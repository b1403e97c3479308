"""What a member holds: roles, seats."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from teduh.access import rules
from teduh.access.actions.hands import may_hand_on, may_over
from teduh.access.models import Member, RoleHeld, Team, TeamSeat
from teduh.access.roles import ROLES
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.lib.actors import Actor


@transaction.atomic
def set_roles(*, by: Actor, member: Member, roles: Collection[str], at: datetime) -> None:
    """Give exactly these roles; raises OwnRights, Forbidden, UnknownRole, BeyondAgency."""
    may_over(by, Right.MANAGE_MEMBERS, member)
    held = member.role_codes(at)
    for role in sorted(held - set(roles)):
        member.roles_held.running(at).filter(role=role).update(until=at)
        record(by=by, verb="role.taken", subject=member.code, at=at, detail={"role": role})
    for role in sorted(set(roles) - held):
        give_role(by, member, role, at)


@transaction.atomic
def set_teams(*, by: Actor, member: Member, teams: Sequence[Team], at: datetime) -> None:
    """Seat a member in exactly these teams; raises OwnRights, Forbidden, BothHalves."""
    may_over(by, Right.MANAGE_MEMBERS, member)
    wanted = {team.code: team for team in teams}
    held = member.team_codes(at)
    for code in sorted(held - set(wanted)):
        member.seats.running(at).filter(team__code=code).update(until=at)
        record(by=by, verb="seat.left", subject=member.code, at=at, detail={"team": code})
    for code in sorted(set(wanted) - held):
        seat(by, member, wanted[code], at)


def give_role(by: Actor, member: Member, role: str, at: datetime) -> None:
    """Give a role inside an action that has asked for the right.

    A role outlives the hour of a lent right, so only who manages members by a role gives one.
    Raises UnknownRole, Forbidden, BeyondAgency.
    """
    if role not in ROLES:
        raise rules.UnknownRole
    may_hand_on(by, Right.MANAGE_MEMBERS, ROLES[role].rights)
    RoleHeld.objects.create(member=member, role=role, since=at)
    record(by=by, verb="role.given", subject=member.code, at=at, detail={"role": role})


def seat(by: Actor, member: Member, team: Team, at: datetime) -> None:
    """Seat a member inside an action that has asked for the right; raises Forbidden, BothHalves.

    In a team of its own agency, but for the archive: its two halves should lie in two houses.
    """
    if team.agency_id != member.agency_id and team.code not in rules.ARCHIVES:
        raise rules.Forbidden
    Member.objects.get_queryset().select_for_update().get(pk=member.pk)  # two seats at once
    rules.may_sit(team.code, set(member.seats.values_list("team__code", flat=True)))
    TeamSeat.objects.create(member=member, team=team, since=at)
    record(by=by, verb="seat.taken", subject=member.code, at=at, detail={"team": team.code})
