"""The duty roster, who is away, the telephone that goes with it, and word to whoever answers."""

from datetime import datetime

from django.db import transaction

from teduh.access import rules
from teduh.access.actions.hands import may
from teduh.access.models import Absence, Duty, Member, Team
from teduh.access.queries import answering, on_call, overseers
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


def tell_duty(*, by: Actor, team_code: str, danger: bool, at: datetime, about: str = "") -> None:
    """Give whoever answers for a team word that something waits; in danger on its telephone too.

    `about`: the subject, of which nobody hears whom a conflict of interest keeps from it.
    """
    for member in answering(team_code, at, about):
        queue(by=by, to=member.email, template=Template.WORK, danger=danger, at=at)
    way = way_to_phones() if danger else None
    number = on_call(team_code) if way else ""
    if way and number:
        queue(by=by, to=number, template=Template.WORK, channel=way, danger=True, at=at)


def tell_overseers(*, by: Actor, team_code: str, at: datetime, about: str = "") -> None:
    """Give supervisors and the head word that something waits for them; `about` as below."""
    for member in overseers(team_code, at, about):
        queue(by=by, to=member.email, template=Template.WORK, at=at)


def tell_other_overseers(
    *, by: Member, team_code: str, at: datetime, about: str = "", danger: bool = False
) -> None:
    """Give supervisors and the head, but the one who acts, word that something waits for them.

    `about`: the subject, of which no supervisor hears whom a conflict of interest keeps from it.
    """
    for member in overseers(team_code, at, about).exclude(pk=by.pk):
        queue(by=by.actor, to=member.email, template=Template.WORK, danger=danger, at=at)


@transaction.atomic
def plan_absence(
    *,
    by: Actor,
    member: Member,
    deputy: Member | None,
    starts: datetime,
    ends: datetime,
    at: datetime,
) -> Absence:
    """Enter when a member is away, never why; raises Forbidden, EndsFirst, NotInTeam, OwnDeputy.

    A deputy sits in a team of theirs: whoever stands in must be able to read the work.
    """
    acting = may(by, Right.PLAN_DUTY)
    if acting and not Member.objects.visible_to(acting).filter(pk=member.pk).exists():
        raise rules.Forbidden
    if ends <= starts:
        raise rules.EndsFirst
    if deputy and deputy.pk == member.pk:
        raise rules.OwnDeputy
    if deputy and not (deputy.active and _shares_team(member, deputy, at)):
        raise rules.NotInTeam
    away = Absence.objects.create(member=member, deputy=deputy, starts=starts, ends=ends)
    detail = {"deputy": deputy.code if deputy else ""}
    record(by=by, verb="absence.planned", subject=member.code, at=at, detail=detail)
    return away


@transaction.atomic
def cancel_absence(*, by: Actor, absence: Absence, at: datetime) -> None:
    """Take an absence out again, or end one that runs; raises Forbidden."""
    acting = may(by, Right.PLAN_DUTY)
    if acting and not Absence.objects.visible_to(acting).filter(pk=absence.pk).exists():
        raise rules.Forbidden
    record(by=by, verb="absence.cancelled", subject=absence.member.code, at=at)
    if absence.starts < at:
        Absence.objects.filter(pk=absence.pk, ends__gt=at).update(ends=at)
    else:
        absence.delete()


def _shares_team(member: Member, deputy: Member, at: datetime) -> bool:
    """Whether both sit in one team; for whoever sits in none (a head), in one agency."""
    own = set(member.team_codes(at))
    if not own:
        return member.agency_id == deputy.agency_id
    return not own.isdisjoint(deputy.team_codes(at))
