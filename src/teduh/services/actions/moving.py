"""One step of a referral: by whose hand, told to the procedure and to whoever waits for it."""

from dataclasses import dataclass
from datetime import date, datetime

from teduh.access.actions import tell_duty
from teduh.access.models import Member
from teduh.access.queries import standing_in
from teduh.audit.actions import in_one_go, record
from teduh.cases.actions.guard import locked_where_it_goes_on
from teduh.cases.models import Case
from teduh.lib.actors import CLOCK, Actor
from teduh.outbox.actions import queue
from teduh.outbox.words import Template
from teduh.services import rules
from teduh.services.models import Referral, ReferralStep
from teduh.services.queries.referring import partners_of
from teduh.services.words import Reason, State, Told, Way
from teduh.sop import actions as sop
from teduh.sop.rules import GRAVE


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand moves a referral, its right having been checked; `told`, `told_at`: who told an
    officer of it, and when.
    """

    actor: Actor
    way: Way
    member: Member | None = None
    told: Told | str = ""
    told_at: datetime | None = None


BY_CLOCK = Hand(CLOCK, Way.CLOCK)


@dataclass(frozen=True, slots=True)
class Said:
    """A step as somebody tells it: `expect` is the state they saw, `day` that of the first service."""

    to: State
    expect: str
    reason: Reason | str = ""
    day: date | None = None


def locked(referral: Referral) -> tuple[Case, Referral]:
    """The case that goes on with a referral and the referral, as they are now; the case is locked."""
    known = Referral.objects.select_related("case").get(pk=referral.pk)
    case = locked_where_it_goes_on(known.case)
    return case, Referral.objects.select_related("provider", "case", "consent").get(pk=known.pk)


@in_one_go()
def step(
    hand: Hand,
    case: Case,
    row: Referral,
    to: State,
    at: datetime,
    *,
    reason: str = "",
    **more: object,
) -> Referral:
    """Move a referral of a locked case on, once, whoever else tries.

    `more`: further columns. Raises WrongMove, NoReason, Changed where somebody was faster.
    """
    if not rules.may_move(row.state, to):
        raise rules.WrongMove(f"{row.state} to {to}")
    if not rules.fits(to, reason):
        raise rules.NoReason
    before = row.state
    fields = {
        "state": to,
        "reason": reason,
        "moved_at": at,
        "ended_at": at if to in rules.ENDS else None,
        "waits_since": at if to in rules.UNMET else None,
        **more,
    }
    if Referral.objects.filter(pk=row.pk, state=before).update(**fields) != 1:
        raise rules.Changed(Referral.objects.get(pk=row.pk).state)
    for name, value in fields.items():
        setattr(row, name, value)
    ReferralStep.objects.create(
        referral=row,
        state=to,
        at=at,
        way=hand.way,
        member=hand.member,
        told=hand.told,
        told_at=hand.told_at,
        reason=reason,
        day=row.served_day if to == State.SERVED else None,
    )
    detail = {"about": row.code, "way": str(hand.way), **({"reason": reason} if reason else {})}
    record(by=hand.actor, verb=f"referral.{to}", subject=case.code, at=at, detail=detail)
    _tell_procedure(hand.actor, case, row, before, at)
    return row


def _tell_procedure(by: Actor, case: Case, row: Referral, before: str, at: datetime) -> None:
    answered = before in rules.UNANSWERED and row.state in rules.BY_PARTNER
    helped = row.state in {State.SERVED, State.COMPLETED, State.WITHDRAWN}
    events = {
        "referral.answered": answered,
        "referral.served": row.state == State.SERVED,
        "referral.ended": row.state in rules.ENDS,
        "referral.followed": helped,  # what came to nothing is followed until another is sought
    }
    for event, has_happened in events.items():
        if has_happened:
            sop.happened(by=by, event=event, subject=case.code, at=at, about=row.code)
    if row.state == State.ACCEPTED and not case.ended:
        sop.start(
            by=by,
            event="referral.accepted",
            subject=case.code,
            team_code=case.team_code,
            band=case.band,
            at=at,
            owner=case.manager.code if case.manager else "",
            about=row.code,
        )


def tell_office(by: Actor, case: Case, at: datetime) -> None:
    """Say to whoever manages the case, or stands in, that something waits; to the duty where nobody."""
    danger = case.band in GRAVE
    owners = standing_in([case.manager.code], at).free_for(case.code) if case.manager else []
    for member in owners:
        queue(by=by, to=member.email, template=Template.WORK, danger=danger, at=at)
    if not owners:
        tell_duty(by=by, team_code=case.team_code, danger=danger, at=at, about=case.code)


def tell_partner(by: Actor, row: Referral, at: datetime) -> int:
    """Say to whoever answers for the agency that something waits; answers to how many."""
    told = list(partners_of(row, at)) if row.agency_id else []
    for member in told:
        danger = row.band in GRAVE
        queue(by=by, to=member.email, template=Template.WORK, danger=danger, at=at)
    return len(told)
