"""Writing reports: receiving them, and each step of triage."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, IntegrityError, transaction

from teduh.access import actions as access
from teduh.access.actions import tell_duty
from teduh.access.models import Member
from teduh.access.queries import kept_from
from teduh.access.rules import Forbidden
from teduh.access.words import ConflictKind, Right
from teduh.audit.actions import record
from teduh.chat import actions as chat
from teduh.chat.queries import answered
from teduh.intake import codes, queries, rules
from teduh.intake.answers import Answers
from teduh.intake.models import AddedFact, Addition, Coded, Report, Step
from teduh.intake.queries import kept_before, way_to
from teduh.intake.words import Left, State, Sweep
from teduh.lib.actors import ANONYMOUS, reporter
from teduh.lib.timing import local_day
from teduh.outbox import actions as outbox
from teduh.outbox.words import Channel, Template
from teduh.sop import actions as sop
from teduh.sop.rules import band_of
from teduh.tickets import actions as tickets
from teduh.tickets.models import Ticket
from teduh.tickets.words import NextStep, Stage
from teduh.vault import actions as vault
from teduh.vault.packages import SealedAddition, SealedItem, SealedPackage

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


def receive(
    *,
    answers: Answers,
    package: SealedPackage,
    rights_version: str,
    flood: bool,
    at: datetime,
) -> Report:
    """Keep one report: ticket, coded facts, sealed parts, message to the duty, in one transaction.

    The same ticket with the same code again gives the report already kept (a double tap, a lost
    answer). Raises TicketTaken, vault.rules.Refused.
    """
    ready = vault.make_ready(package=package, at=at)
    try:
        with transaction.atomic():
            return _receive(answers, ready, rights_version, flood=flood, at=at)
    except IntegrityError as error:
        kept = kept_before(package)
        if kept:
            return kept
        raise rules.TicketTaken(package.ticket) from error


def _receive(
    answers: Answers,
    ready: vault.Ready,
    rights_version: str,
    *,
    flood: bool,
    at: datetime,
) -> Report:
    package = ready.package
    ticket = tickets.open_ticket(
        by=ANONYMOUS,
        number=package.ticket,
        auth=package.auth,
        own=answers.door in {"self", "young"},
        rights_version=rights_version,
        at=at,
    )
    vault.keep(by=reporter(ticket.number), ready=ready, at=at)
    report = Report.objects.create(
        ticket=ticket,
        door=answers.door,
        day=local_day(at),
        origin=package.origin,
        team_code=ready.team,
        danger=answers.danger,
        urgency=rules.urgency(answers.danger),
        child=rules.is_child(answers.door, answers.age_band),
        sex=answers.sex,
        age_band=answers.age_band,
        relation=answers.relation,
        place=answers.place,
        area_code=answers.area_code,
        event_when=answers.event_when,
        disability=answers.disability,
        contact_via=answers.contact_via,
        officer_sex=answers.officer_sex,
        avoid_team=answers.avoid_team,
        flood=flood,
    )
    Coded.objects.bulk_create(
        Coded(report=report, question=question, code=code)
        for question, codes in answers.several.items()
        for code in dict.fromkeys(codes)
    )
    record(by=reporter(ticket.number), verb="report.received", subject=ticket.number, at=at)
    sop.start(
        by=reporter(ticket.number),
        event="report.received",
        subject=ticket.number,
        team_code=ready.team,
        band=band_of(report.danger, child=report.child),
        at=at,
    )
    _tell_duty(report, at)
    return report


def _tell_duty(report: Report, at: datetime) -> None:
    danger = rules.rings(report.urgency, child=report.child)
    number = report.ticket.number
    tell_duty(by=ANONYMOUS, team_code=report.team_code, danger=danger, at=at, about=number)


def add(
    *,
    report: Report,
    answers: Answers,
    package: SealedAddition,
    number: int,
    token: str,
    at: datetime,
) -> None:
    """Keep what the holder of a ticket adds. The same `token` again changes nothing.

    Raises AddedMeanwhile when the number is taken, vault.rules.Refused.
    """
    if report.additions.filter(token=token).exists():
        return
    try:
        with transaction.atomic():
            _add(report, answers, package, number, token, at)
    except IntegrityError as error:
        if report.additions.filter(token=token).exists():
            return
        raise rules.AddedMeanwhile from error


def _add(
    report: Report,
    answers: Answers,
    package: SealedAddition,
    number: int,
    token: str,
    at: datetime,
) -> None:
    by, day = reporter(report.ticket.number), local_day(at)
    fresh = _locked(report.ticket)
    row = Addition.objects.create(
        report=report, number=number, token=token, day=day, origin=package.origin
    )
    AddedFact.objects.bulk_create(
        AddedFact(addition=row, question=question, code=code) for question, code in answers.pairs()
    )
    vault.add(by=by, addition=package, gen=number, team=report.team_code, at=at)
    fresh.added_day = day
    fresh.urgency = rules.more_urgent(fresh.urgency, answers.danger)
    fresh.child = fresh.child or rules.is_child(fresh.door, answers.age_band)
    fresh.save(update_fields=["added_day", "urgency", "child"])
    record(by=by, verb="report.added", subject=report.ticket.number, at=at)
    if answers.contact_via:
        outbox.withdraw(by=by, ticket=report.ticket.number, at=at)
    _bring_back(fresh, at)
    _tell_duty(fresh, at)


@transaction.atomic
def write_back(*, ticket: Ticket, items: list[SealedItem], at: datetime) -> None:
    """Keep what the holder of a ticket wrote, and let the office know. Raises WrongTurn, Refused.

    The report is marked until its team opens it; one that waited for her, or was closed, comes back.
    """
    report = _locked(ticket)
    chat.write_back(ticket=ticket, items=items, at=at)
    report.unread += 1
    report.save(update_fields=["unread"])
    _bring_back(report, at)
    _tell_duty(report, at)


def _locked(ticket: Ticket) -> Report:
    """The report of a ticket, locked: always before the trail, so that no two wait for each other."""
    return Report.objects.select_for_update().get(ticket=ticket)


def _bring_back(report: Report, at: datetime) -> None:
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


def note_read(*, by: Member, report: Report) -> None:
    """Take the mark of new messages off a report its own team has opened.

    One that came after `report` was read from the table keeps the mark.
    """
    if report.unread and report.team_code in by.team_codes():
        Report.objects.filter(pk=report.pk, unread=report.unread).update(unread=0)


@transaction.atomic
def move(*, by: Member, report: Report, to: State, at: datetime, reason: str = "") -> None:
    """One step of triage, told to the reporter. `reason` is a code, never a sentence.

    Raises Forbidden without the right, WrongMove where the report cannot go there.
    """
    if not by.may(Right.TRIAGE_REPORTS):
        raise Forbidden(Right.TRIAGE_REPORTS)
    if to == State.CASE:
        raise rules.WrongMove("a case is opened in its own room")
    _move(by, _locked(report.ticket), to, at, reason)


@transaction.atomic
def become_case(*, by: Member, report: Report, code: str, at: datetime) -> None:
    """Let a case with this code go on with a report; the room that opens it has checked the right.

    Raises WrongMove for a report that lies with another office or was guided there.
    """
    _move(by, _locked(report.ticket), State.CASE, at)
    Report.objects.filter(pk=report.pk).update(case_code=code)


def follow_case(*, code: str, into: str) -> list[str]:
    """Let the reports of one case follow another, each with its own ticket; answers their tickets.

    The room of cases has checked the right, locked both cases and writes the trail.
    """
    rows = Report.objects.filter(case_code=code).order_by("pk")
    numbers = list(rows.values_list("ticket__number", flat=True))
    rows.update(case_code=into)
    return numbers


def _move(by: Member, fresh: Report, to: State, at: datetime, reason: str = "") -> None:
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
    fresh = _locked(report.ticket)
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
    fresh, number = _locked(report.ticket), report.ticket.number
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
    fresh = _locked(report.ticket)
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
    fresh = _locked(report.ticket)
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
        _tell_duty(fresh, at)


def let_go(members: Collection[Member], subjects: Collection[str]) -> int:
    """Take reports out of the hands of members who are kept from them; answers how many.

    Before the trail, and all of them locked, so that no two wait for each other.
    """
    rows = Report.objects.filter(ticket__number__in=subjects).order_by("pk")
    gone = {member.pk for member in members}
    held = [row.pk for row in rows.select_for_update(of=("self",)) if row.handler_id in gone]
    return Report.objects.filter(pk__in=held).update(handler=None)


@dataclass(frozen=True, slots=True)
class Swept:
    """A report of a flood after a step for many, and why it was left; None: the step is done."""

    report: Report
    left: Left | None


def sweep(
    *, by: Member, reports: Iterable[Report], step: Sweep, read: Collection[str], at: datetime
) -> list[Swept]:
    """One step for many reports of a flood, a transaction for each: one that fails stops no other.

    `read`: tickets somebody has included although they are to be read first. The same step again
    changes nothing and counts as done. Raises Forbidden without the right.
    """
    if not by.may(Right.TRIAGE_REPORTS):
        raise Forbidden(Right.TRIAGE_REPORTS)
    return [
        Swept(one, _sweep(by, one, step, at, knowingly=one.ticket.number in read))
        for one in reports
    ]


def _sweep(
    by: Member, report: Report, step: Sweep, at: datetime, *, knowingly: bool
) -> Left | None:
    try:
        with transaction.atomic():
            fresh = _locked(report.ticket)
            if _stands(fresh, step, by):
                return None
            if not fresh.flood:
                return Left.UNMARKED
            if fresh.read_first and not knowingly:
                return Left.READ_FIRST
            if step == Sweep.UNMARKED:
                _unmark(by, fresh, report.ticket.number, at)
            else:
                _move(by, fresh, State(step), at)
    except rules.WrongMove:
        return Left.MOVED
    except DatabaseError:
        return Left.FAILED
    return None


def _stands(fresh: Report, step: Sweep, by: Member) -> bool:
    if step == Sweep.UNMARKED:
        return not fresh.flood
    return fresh.state == step and (step != Sweep.TAKEN or fresh.handler_id == by.pk)


def _unmark(by: Member, fresh: Report, number: str, at: datetime) -> None:
    fresh.flood = False
    fresh.save(update_fields=["flood"])
    record(by=by.actor, verb="report.unmarked", subject=number, at=at)
