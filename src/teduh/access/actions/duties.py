"""The duty roster, the telephone that goes with it, and word to whoever answers."""

from datetime import datetime

from django.db import transaction

from teduh.access import rules
from teduh.access.actions.hands import may
from teduh.access.models import Duty, Member, Team
from teduh.access.queries import answering, on_call
from teduh.access.secrets import encrypt_phone
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.lib.actors import Actor
from teduh.outbox.actions import queue
from teduh.outbox.rules import phone_number
from teduh.outbox.ways import way_to_phones
from teduh.outbox.words import Template


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


@transaction.atomic
def set_on_call(*, by: Actor, team: Team, number: str, at: datetime) -> None:
    """Enter the telephone of a team, or take it out with an empty number.

    Raises Forbidden, WrongAddress.
    """
    acting = may(by, Right.PLAN_DUTY)
    if acting and not Team.objects.visible_to(acting).filter(pk=team.pk).exists():
        raise rules.Forbidden
    kept = encrypt_phone(phone_number(number)) if number.strip() else b""
    Team.objects.filter(pk=team.pk).update(on_call=kept)
    record(by=by, verb="duty.phone_changed", subject=team.code, at=at)


def tell_duty(*, by: Actor, team_code: str, danger: bool, at: datetime) -> None:
    """Give whoever answers for a team word that something waits; in danger on its telephone too."""
    for member in answering(team_code, at):
        queue(by=by, to=member.email, template=Template.WORK, danger=danger, at=at)
    way = way_to_phones() if danger else None
    number = on_call(team_code) if way else ""
    if way and number:
        queue(by=by, to=number, template=Template.WORK, channel=way, danger=True, at=at)
