"""The duty roster."""

from datetime import datetime

from django.db import transaction

from teduh.access import rules
from teduh.access.actions.hands import may
from teduh.access.models import Duty, Member, Team
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.lib.actors import Actor


@transaction.atomic
def plan_duty(
    *, by: Actor, team: Team, member: Member, starts: datetime, ends: datetime, at: datetime
) -> Duty:
    """Enter who answers for a team; raises Forbidden, NotInTeam, EndsFirst."""
    acting = may(by, Right.PLAN_DUTY)
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
    acting = may(by, Right.PLAN_DUTY)
    if acting and not Duty.objects.visible_to(acting).filter(pk=duty.pk).exists():
        raise rules.Forbidden
    detail = {"team": duty.team.code}
    record(by=by, verb="duty.cancelled", subject=duty.member.code, at=at, detail=detail)
    duty.delete()
