"""What comes in: a report, what is added to it, what she writes back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import in_one_go, record
from teduh.chat import actions as chat
from teduh.chat.queries import kept_before as written_before
from teduh.chat.words import Side
from teduh.intake import rules
from teduh.intake.actions.triage import bring_back, call_duty, locked, take_step
from teduh.intake.answers import Answers
from teduh.intake.models import AddedFact, Addition, Coded, Report
from teduh.intake.queries import kept_before, next_addition
from teduh.intake.words import Channel, Door, State
from teduh.lib.actors import ANONYMOUS, Actor, ActorKind, reporter
from teduh.lib.prepared import insert
from teduh.lib.timing import local_day
from teduh.outbox import actions as outbox
from teduh.sop import actions as sop
from teduh.sop.rules import band_of
from teduh.tickets import actions as tickets
from teduh.tickets.models import Ticket
from teduh.vault import actions as vault
from teduh.vault.packages import SealedAddition, SealedItem, SealedPackage
from teduh.vault.rules import ADDITION, Refused


@dataclass(frozen=True, slots=True)
class _Came:
    """How a report came: by whom, through which channel, whether in a flood."""

    by: Actor
    channel: Channel
    rights_version: str
    flood: bool = False

    def hand(self, ticket: str) -> Actor:
        """Who writes: the member, or whoever holds the new ticket."""
        return self.by if self.by.kind == ActorKind.MEMBER else reporter(ticket)


def receive(
    *,
    answers: Answers,
    package: SealedPackage,
    rights_version: str,
    flood: bool,
    at: datetime,
    channel: Channel = Channel.WEB,
    words: Sequence[SealedItem] = (),
    sealed_for: str = "",
) -> Report:
    """Keep one report: ticket, coded facts, sealed parts, message to the duty, in one transaction.

    `words`: the messages with which its sender begins a conversation at once. `sealed_for`: the team
    it was sealed to here; what a browser sealed is checked first. The same ticket with
    the same code again gives the report already kept (a double tap, a lost answer). Raises
    TicketTaken, vault.rules.Refused.
    """
    came = _Came(ANONYMOUS, channel, rights_version, flood)
    ready = (
        vault.ready_here(package=package, team=sealed_for, at=at)
        if sealed_for
        else vault.make_ready(
            by=came.hand(package.ticket), package=package, at=at, behind=rules.days_behind(channel)
        )
    )
    with _only_once(package) as kept, in_one_go():
        kept.append(_receive(answers, ready, came, at))
        if words:
            _hear(kept[0], words, at)
    return kept[0]


def file_for(
    *,
    by: Member,
    channel: Channel,
    answers: Answers,
    package: SealedPackage,
    rights_version: str,
    at: datetime,
) -> Report:
    """Keep a report a member's browser sealed for somebody, under a ticket and a code of their own.

    Whoever files it has it in hand, where they triage for the team it is sealed to; on a channel on
    which people talk, the first contact is made with it. Again with the same code: as `receive`.
    Raises Forbidden without the right, TicketTaken, vault.rules.Refused.
    """
    needed = Right.REFER_SURVIVORS if rules.is_referred(channel) else Right.FILE_REPORTS
    if not by.may(needed):
        raise Forbidden(needed)
    came = _Came(by.actor, channel, rights_version)
    behind = rules.days_behind(channel)
    ready = vault.make_ready(by=by.actor, package=package, at=at, behind=behind)
    with _only_once(package) as kept, in_one_go():
        report = _receive(answers, ready, came, at)
        if rules.is_spoken(channel):
            number = report.ticket.number
            sop.happened(by=by.actor, event="message.office", subject=number, at=at)
        if by.may(Right.TRIAGE_REPORTS) and report.team_code in by.team_codes():
            take_step(by, report, State.TAKEN, at)
        kept.append(report)
    return kept[0]


@contextmanager
def _only_once(package: SealedPackage) -> Iterator[list[Report]]:
    """Collects the report that is kept; where its ticket is there already, that one, or TicketTaken."""
    kept: list[Report] = []
    try:
        yield kept
    except IntegrityError as error:
        before = kept_before(package)
        if before is None:
            raise rules.TicketTaken(package.ticket) from error
        kept[:] = [before]


def _receive(answers: Answers, ready: vault.Ready, came: _Came, at: datetime) -> Report:
    package = ready.package
    hand = came.hand(package.ticket)
    ticket = tickets.open_ticket(
        by=came.by,
        number=package.ticket,
        auth=package.auth,
        own=rules.is_own(answers.door),
        asks=answers.door == Door.ASK,
        rights_version=came.rights_version,
        at=at,
    )
    if hand.kind == ActorKind.MEMBER:  # the code was drawn here and is handed over
        tickets.issue_code(by=hand, ticket=ticket, auth=package.auth, at=at)
    vault.keep(by=hand, ready=ready, at=at)
    report = Report(
        ticket=ticket,
        channel=came.channel,
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
        flood=came.flood,
    )
    insert(report)
    insert(
        *(
            Coded(report=report, question=question, code=code)
            for question, codes in answers.several.items()
            for code in dict.fromkeys(codes)
        )
    )
    detail = {"channel": came.channel}
    record(by=hand, verb="report.received", subject=ticket.number, at=at, detail=detail)
    sop.start(
        by=hand,
        event="report.received",
        subject=ticket.number,
        team_code=ready.team,
        band=band_of(report.danger, child=report.child),
        at=at,
    )
    call_duty(report, at)
    return report


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
    fresh = locked(report.ticket)
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
    if fresh.door == Door.ASK and answers.door:
        fresh.door = answers.door
        fresh.child = fresh.child or rules.is_child(answers.door, "")
        tickets.claim(by=by, ticket=fresh.ticket, own=rules.is_own(answers.door), at=at)
    fresh.save(update_fields=["added_day", "urgency", "child", "door"])
    record(by=by, verb="report.added", subject=report.ticket.number, at=at)
    if answers.contact_via:
        outbox.withdraw(by=by, ticket=report.ticket.number, at=at)
    bring_back(fresh, at)
    call_duty(fresh, at)


@transaction.atomic
def write_back(
    *,
    ticket: Ticket,
    items: list[SealedItem],
    at: datetime,
    attached: SealedAddition | None = None,
) -> None:
    """Keep what the holder of a ticket wrote, and let the office know. Raises WrongTurn, Refused.

    `attached`: the compartment of the files that go with it. The report is marked until its team
    opens it; one that waited for her, or was closed, comes back. The same messages again change
    nothing.
    """
    report = locked(ticket)
    if written_before(ticket.number, Side.REPORTER, items):
        return
    _hear(report, items, at)
    if attached:
        _attach(report, attached, items[0].seq, at)
    bring_back(report, at)
    call_duty(report, at)


def _attach(report: Report, package: SealedAddition, message: int, at: datetime) -> None:
    """Files belong to the conversation until it becomes a report, and then to that."""
    statement = next((item.item for item in package.items if item.what == ADDITION), "")
    if {one.said.get("comp") for one in package.compartments} != {"file"}:
        raise Refused("compartments")
    number = next_addition(report)
    Addition.objects.create(
        report=report,
        number=number,
        token=statement,
        day=local_day(at),
        origin=package.origin,
        with_message=message,
    )
    by = reporter(report.ticket.number)
    vault.add(by=by, addition=package, gen=number, team=report.team_code, at=at)


def _hear(report: Report, words: Sequence[SealedItem], at: datetime) -> None:
    chat.write_back(ticket=report.ticket, items=words, at=at, team_code=report.team_code)
    report.unread += 1
    report.save(update_fields=["unread"])


def note_read(*, by: Member, report: Report) -> None:
    """Take the mark of new messages off a report its own team has opened, and off `report` itself.

    One that came after `report` was read from the table keeps the mark.
    """
    if report.unread and report.team_code in by.team_codes():
        same = Report.objects.filter(pk=report.pk, unread=report.unread)
        if same.update(unread=0):
            report.unread = 0
