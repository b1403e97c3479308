"""The way a case goes: its states, its team, and what the survivor may read of it."""

from datetime import date, datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.actions import record
from teduh.cases import queries, rules, sharing
from teduh.cases.actions.guard import going_on, locked, of_the_team
from teduh.cases.models import Case, Crew, Step, Told
from teduh.cases.words import CrewRole, State
from teduh.lib.actors import CLOCK, Actor
from teduh.lib.timing import local_day
from teduh.sop import actions as sop
from teduh.tickets import actions as tickets
from teduh.tickets.words import NextStep, Stage
from teduh.vault import actions as vault

PUBLIC = {  # what the holder of a survivor's own ticket reads (code list 4.12)
    State.OPEN: (Stage.REVIEW, NextStep.ASSESS),
    State.ASSESSED: (Stage.REVIEW, NextStep.PLAN),
    State.PLANNED: (Stage.PREPARING, NextStep.PREPARE),
    State.IN_SERVICE: (Stage.RUNNING, NextStep.SERVICE),
    State.REFERRED: (Stage.RUNNING, NextStep.SERVICE),
    State.LEGAL: (Stage.RUNNING, NextStep.SERVICE),
    State.MONITORING: (Stage.MONITORING, NextStep.REVIEW),
    State.CLOSED: (Stage.DONE, NextStep.RETURN),
    State.REOPENED: (Stage.RUNNING, NextStep.SERVICE),
    State.TRANSFERRED: (Stage.PASSED_ON, NextStep.PARTNER),
}

PROMISED = {  # state -> the promise whose day belongs to what her ticket calls the next step
    State.OPEN: "risk_assessment",
    State.REOPENED: "review",
    State.ASSESSED: "plan",
    State.IN_SERVICE: "review",
    State.REFERRED: "review",
    State.LEGAL: "review",
    State.MONITORING: "review",
}


@transaction.atomic
def move(*, by: Member, case: Case, to: State, at: datetime) -> Case:
    """Move a case on, by hand. Raises Forbidden, WrongMove where it cannot go there so."""
    if to not in rules.BY_HAND:
        raise rules.WrongMove(str(to))
    return go(by, locked(by, case, at), to, at)


def go(by: Member, case: Case, to: State, at: datetime) -> Case:
    """One step of a locked case, told to its tickets. Raises WrongMove."""
    if not rules.may_move(case.state, to):
        raise rules.WrongMove(f"{case.state} to {to}")
    case.state = to
    case.save(update_fields=["state"])
    Step.objects.create(case=case, to=to, member=by, day=local_day(at))
    record(by=by.actor, verb=f"case.{to}", subject=case.code, at=at)
    _lay_down(case, to, at)
    tell(by.actor, case, at)
    return case


def _lay_down(case: Case, to: State, at: datetime) -> None:
    """What has ended rests for the archive, until it is taken up again; what was merged goes on."""
    if to == State.REOPENED:
        vault.wake(subjects=queries.sealed_under(case))
    elif to in rules.ENDED and case.closed_for != rules.MERGED:
        vault.rest(subjects=queries.sealed_under(case), team=case.team_code, at=at)


def tell(by: Actor, case: Case, at: datetime) -> None:
    """Say on every ticket of the case where it stands; each page shows what its holder may know.

    Also whenever another promise begins: its day is told on a survivor's own ticket.
    """
    stage, next_step = PUBLIC[State(case.state)]
    soonest = _day_of(case, local_day(at))
    for report in queries.reports_of(case):
        ticket = report.ticket
        day = soonest if ticket.own else None
        if (ticket.stage, ticket.next_step, ticket.by_day) != (stage, next_step, day):
            tickets.tell(by=by, ticket=ticket, stage=stage, next_step=next_step, at=at, by_day=day)


def agree_day(*, by: Actor, case: Case, day: date | None, at: datetime) -> None:
    """Tell on her own tickets the next day she has agreed to, and nothing of what for; none: no such day.

    `case` is locked. Nothing is told anew where the day is the same.
    """
    if case.agreed_day != day:
        case.agreed_day = day
        case.save(update_fields=["agreed_day"])
        tell(by, case, at)


def _day_of(case: Case, today: date) -> date | None:
    """The day her own ticket tells: what is promised, or what she agreed to if that is sooner."""
    promised = queries.promised_day(case, PROMISED.get(State(case.state), ""))
    agreed = case.agreed_day if case.agreed_day and case.agreed_day >= today else None
    days = [] if case.ended else [one for one in (promised, agreed) if one]
    return min(days, default=None)


def look_at_days(*, at: datetime) -> int:
    """Admit on her own tickets that a promised day is over; answers how many were looked at.

    What was met, paused or moved since is told anew instead: nothing is called late that is not.
    """
    over = queries.days_over(local_day(at))
    for told in over:
        _look_at_day(told, at)
    return len(over)


@transaction.atomic
def _look_at_day(told: Told, at: datetime) -> None:
    case = Case.objects.select_for_update().get(pk=told.case_id)
    ticket = told.report.ticket
    promised = queries.promised_day(case, PROMISED.get(State(case.state), ""))
    if promised is not None and promised < local_day(at):
        tickets.admit_late(by=CLOCK, ticket=ticket, at=at)
    else:
        tell(CLOCK, case, at)


@transaction.atomic
def hold_conference(*, by: Member, case: Case, at: datetime) -> None:
    """Keep that the conference of a high risk was held. Raises Forbidden, WrongMove where none waits."""
    fresh = going_on(by, case, at)
    if not sop.happened(by=by.actor, event="conference.held", subject=fresh.code, at=at):
        raise rules.WrongMove("no conference waits")
    record(by=by.actor, verb="case.conference_held", subject=fresh.code, at=at)


@transaction.atomic
def join(*, by: Member, case: Case, member: Member, role: CrewRole, at: datetime) -> Crew:
    """Give somebody a place in the team of a case; a new manager takes the case over.

    The same place again changes nothing. Raises Forbidden for whoever may not work on cases of
    this team, SameHand for a place of one's own that would open a part of the assessment: as with
    asking for it, that takes somebody else.
    """
    fresh, day = of_the_team(by, case, at), local_day(at)
    if not queries.visible_to(member).filter(pk=fresh.pk).exists():
        raise Forbidden
    if member.pk == by.pk and sharing.lets_in(by, fresh, role, at):
        raise rules.SameHand
    if role == CrewRole.MANAGER and fresh.manager_id != member.pk:
        held = Crew.objects.filter(case=fresh, role=CrewRole.MANAGER, until__isnull=True)
        held.update(until=day)
        fresh.manager = member
        fresh.save(update_fields=["manager"])
    place, made = Crew.objects.get_or_create(
        case=fresh, member=member, role=role, until=None, defaults={"since": day}
    )
    if made:
        detail = {"member": member.code, "role": str(role)}
        record(by=by.actor, verb="case.joined", subject=fresh.code, at=at, detail=detail)
    return place


@transaction.atomic
def leave(*, by: Member, place: Crew, at: datetime) -> None:
    """Take somebody out of the team of a case. The manager leaves only by another's coming.

    Raises Forbidden, WrongMove for the manager.
    """
    fresh = of_the_team(by, place.case, at)
    if place.role == CrewRole.MANAGER:
        raise rules.WrongMove("manager")
    if Crew.objects.filter(pk=place.pk, until__isnull=True).update(until=local_day(at)):
        detail = {"member": place.member.code, "role": place.role}
        record(by=by.actor, verb="case.left", subject=fresh.code, at=at, detail=detail)
