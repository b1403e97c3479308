"""Each step of triage, and who may not read a report."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from teduh.access import actions as access
from teduh.access.actions import tell_duty
from teduh.access.models import Member
from teduh.access.queries import kept_from
from teduh.access.rules import Forbidden
from teduh.access.words import ConflictKind, Right
from teduh.audit.actions import record
from teduh.chat.queries import answered
from teduh.intake import codes, queries, rules
from teduh.intake.models import Coded, Report, Step
from teduh.intake.queries import way_to
from teduh.intake.words import State
from teduh.lib.actors import ANONYMOUS, reporter
from teduh.lib.timing import local_day
from teduh.outbox import actions as outbox
from teduh.outbox.words import Channel, Template
from teduh.sop import actions as sop
from teduh.tickets import actions as tickets
from teduh.tickets.models import Ticket
from teduh.tickets.words import NextStep, Stage

PUBLIC = {
    State.TAKEN: (Stage.REVIEW, NextStep.ASSESS),
    State.ASKED: (Stage.REVIEW, NextStep.ANSWER),
    State.PASSED: (Stage.PASSED_ON, NextStep.PARTNER),
    State.DUPLICATE: (Stage.REVIEW, NextStep.ASSESS),  # as if taken: of the other one not a word
    State.GUIDED: (Stage.DONE, NextStep.GUIDED),
    State.CASE: (Stage.REVIEW, NextStep.ASSESS),  # what follows, its case tells
}


def told(to: State, *, written: bool) -> tuple[Stage, NextStep]:
    """What a step tells the holder; `written`: whether the office has sent a message.

    Nobody is told of guidance in messages that are not there.
    """
    stage, next_step = PUBLIC[to]
    if to == State.GUIDED and not written:
        return stage, NextStep.ELSEWHERE
    return stage, next_step


def call_duty(report: Report, at: datetime) -> None:
    """Send word to whoever is on duty, at night too where somebody may be in danger."""
    danger = rules.rings(report.urgency, child=report.child)
    number = report.ticket.number
    tell_duty(by=ANONYMOUS, team_code=report.team_code, danger=danger, at=at, about=number)


def locked(ticket: Ticket) -> Report:
    """The report of a ticket, locked: always before the trail, so that no two wait for each other."""
    return Report.objects.select_for_update().get(ticket=ticket)


def bring_back(report: Report, at: datetime) -> None:
    """Let a locked report that waited for her, or was closed, stand again where she can be answered."""
    state = rules.after_her_word(report.state, in_hand=report.handler_id is not None)
    if state == report.state:
        return
    report.state = state
    report.save(update_fields=["state"])
    ticket = Ticket.objects.get(pk=report.ticket_id)
    stage, next_step = PUBLIC[State.TAKEN]
    by = reporter(ticket.number)
    record(by=by, verb="report.returned", subject=ticket.number, at=at)
    tickets.tell(by=by, ticket=ticket, stage=stage, next_step=next_step, at=at)


@transaction.atomic
def move(*, by: Member, report: Report, to: State, at: datetime, reason: str = "") -> None:
    """One step of triage, told to the reporter. `reason` is a code, never a sentence.

    Raises Forbidden without the right, WrongMove where the report cannot go there.
    """
    if not by.may(Right.TRIAGE_REPORTS):
        raise Forbidden(Right.TRIAGE_REPORTS)
    if to == State.CASE:
        raise rules.WrongMove("a case is opened in its own room")
    take_step(by, locked(report.ticket), to, at, reason)


@transaction.atomic
def become_case(*, by: Member, report: Report, code: str, at: datetime) -> None:
    """Let a case with this code go on with a report; the room that opens it has checked the right.

    Raises WrongMove for a report that lies with another office or was guided there.
    """
    take_step(by, locked(report.ticket), State.CASE, at)
    Report.objects.filter(pk=report.pk).update(case_code=code)


def follow_case(*, code: str, into: str) -> list[str]:
    """Let the reports of one case follow another, each with its own ticket; answers their tickets.

    The room of cases has checked the right, locked both cases and writes the trail.
    """
    rows = Report.objects.filter(case_code=code).order_by("pk")
    numbers = list(rows.values_list("ticket__number", flat=True))
    rows.update(case_code=into)
    return numbers


def take_step(by: Member, fresh: Report, to: State, at: datetime, reason: str = "") -> None:
    """Move a locked report on and tell its holder. Raises WrongMove."""
    if not rules.may_move(fresh.state, to):
        raise rules.WrongMove(f"{fresh.state} -> {to}")
    fresh.state = to
    if to == State.TAKEN:
        fresh.handler = by
    fresh.passed_to = reason if to == State.PASSED else ""
    fresh.save(update_fields=["state", "handler", "passed_to"])
    Step.objects.create(report=fresh, to=to, member=by, day=local_day(at))
    sop.happened(by=by.actor, event="report.moved", subject=fresh.ticket.number, at=at)
    ticket = Ticket.objects.get(pk=fresh.ticket_id)
    stage, next_step = told(to, written=bool(answered([ticket.number])))
    record(
        by=by.actor, verb=f"report.{to}", subject=ticket.number, at=at, detail={"reason": reason}
    )
    tickets.tell(by=by.actor, ticket=ticket, stage=stage, next_step=next_step, at=at)


@transaction.atomic
def classify(
    *, by: Member, report: Report, told: Mapping[str, Collection[str]], at: datetime
) -> None:
    """Keep what an officer says of the kind of violence, in place of what was said before.

    Raises Forbidden without the right, UnknownCode.
    """
    if not by.may(Right.TRIAGE_REPORTS):
        raise Forbidden(Right.TRIAGE_REPORTS)
    pairs = [(one, code) for one in codes.BY_OFFICERS for code in dict.fromkeys(told.get(one, ()))]
    if any(code not in codes.known(codes.BY_OFFICERS[one]) for one, code in pairs):
        raise rules.UnknownCode
    fresh = locked(report.ticket)
    Coded.objects.filter(report=fresh, question__in=codes.BY_OFFICERS).delete()
    Coded.objects.bulk_create(Coded(report=fresh, question=one, code=code) for one, code in pairs)
    detail = {"count": len(pairs)}
    record(
        by=by.actor, verb="report.classified", subject=report.ticket.number, at=at, detail=detail
    )


@transaction.atomic
def screen(*, by: Member, report: Report, band: str, at: datetime) -> None:
    """Follow the band a short screen came to: it only ever makes a report more urgent.

    The answers are nowhere kept. Raises Forbidden without the right or the team; WrongMove for a
    report whose case goes on with it; UnknownCode for no band.
    """
    if not by.may(Right.TRIAGE_REPORTS) or report.team_code not in by.team_codes():
        raise Forbidden(Right.TRIAGE_REPORTS)
    if band not in rules.BAND_ORDER:
        raise rules.UnknownCode
    fresh, number = locked(report.ticket), report.ticket.number
    if fresh.state == State.CASE:
        raise rules.WrongMove(fresh.state)
    before, fresh.urgency = fresh.urgency, rules.more_urgent_band(fresh.urgency, band)
    fresh.save(update_fields=["urgency"])
    sop.re_band(by=by.actor, subject=number, band=band, at=at)
    record(by=by.actor, verb="report.screened", subject=number, at=at, detail={"band": band})
    if fresh.urgency < before and rules.rings(fresh.urgency, child=False):
        tell_duty(by=by.actor, team_code=fresh.team_code, danger=True, at=at)


@transaction.atomic
def guide(*, by: Member, report: Report, at: datetime) -> None:
    """Close one report as guided elsewhere; raises NoGuidance while the office has written nothing."""
    if not answered([report.ticket.number]):
        raise rules.NoGuidance
    move(by=by, report=report, to=State.GUIDED, at=at)


@transaction.atomic
def hand_over(*, by: Member, report: Report, address: str, agreed: bool, at: datetime) -> None:
    """Let word that there is news leave to an address this officer has opened.

    `agreed`: that the officer says she agreed. Raises Forbidden without the right, NotAgreed,
    outbox.rules.NoWay, outbox.rules.WrongAddress.
    """
    if not by.may(Right.MESSAGE_REPORTERS):
        raise Forbidden(Right.MESSAGE_REPORTERS)
    fresh = locked(report.ticket)
    way = way_to(fresh)
    if not way or not agreed:
        raise rules.NotAgreed
    outbox.hand_over(
        by=by.actor,
        address=address,
        way=Channel(way),
        ticket=fresh.ticket.number,
        template=Template.NEWS,
        at=at,
    )


@transaction.atomic
def link_duplicate(*, by: Member, report: Report, other: Report, at: datetime) -> None:
    """Say that two reports tell of one event; tickets stay apart (sealing.md 4)."""
    if other.pk == report.pk:
        raise rules.WrongMove("a report is not its own duplicate")
    subjects = [*queries.together(other), *queries.together(report)]
    let_go(kept_from(subjects), subjects)
    move(by=by, report=report, to=State.DUPLICATE, at=at, reason="")
    Report.objects.filter(pk=report.pk).update(same_as=other)
    access.spread_conflicts(by=by.actor, subjects=subjects, team_code=report.team_code, at=at)


@transaction.atomic
def declare_conflict(
    *, by: Member, report: Report, member: Member, kind: ConflictKind, at: datetime
) -> None:
    """Keep a member from a report and all that belongs to it; what they had in hand is told to others.

    Raises Forbidden, WrongMove for a report that a case tells: its own room does it there.
    """
    fresh = locked(report.ticket)
    if not queries.visible_to(by).filter(pk=fresh.pk).exists():
        raise Forbidden
    if fresh.case_code:
        raise rules.WrongMove("told in a case")
    subjects = queries.together(fresh)
    freed = let_go([member], subjects)
    access.declare_conflict(
        by=by, member=member, subjects=subjects, team_code=fresh.team_code, kind=kind, at=at
    )
    if freed:
        call_duty(fresh, at)


def let_go(members: Collection[Member], subjects: Collection[str]) -> int:
    """Take reports out of the hands of members who are kept from them; answers how many.

    Before the trail, and all of them locked, so that no two wait for each other.
    """
    rows = Report.objects.filter(ticket__number__in=subjects).order_by("pk")
    gone = {member.pk for member in members}
    held = [row.pk for row in rows.select_for_update(of=("self",)) if row.handler_id in gone]
    return Report.objects.filter(pk__in=held).update(handler=None)
