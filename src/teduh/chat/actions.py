"""Writing messages. The words are sealed before they come here."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.chat import rules
from teduh.chat.models import Conversation, Message
from teduh.chat.queries import kept_before, next_seq
from teduh.chat.words import Side
from teduh.lib.actors import Actor, reporter
from teduh.lib.timing import local_day
from teduh.sop import actions as sop
from teduh.tickets.models import Ticket
from teduh.vault import actions as vault
from teduh.vault.packages import SealedFile, SealedItem
from teduh.vault.rules import Refused

CONTACT = "message.office"  # the event by which the office keeps its promise to make contact


@transaction.atomic
def answer(
    *,
    by: Member,
    ticket: Ticket,
    items: list[SealedItem],
    at: datetime,
    file: SealedFile | None = None,
) -> None:
    """Keep the office's message, one row for each sealed part, and the file that goes with it; the
    same message again changes nothing.

    Raises Forbidden without the right, WrongTurn when the thread moved on meanwhile, Refused,
    store.NoRoom.
    """
    if not by.may(Right.MESSAGE_REPORTERS):
        raise Forbidden(Right.MESSAGE_REPORTERS)
    row = _locked(ticket.number)
    if kept_before(ticket.number, Side.OFFICE, items):
        return
    sop.happened(by=by.actor, event=CONTACT, subject=ticket.number, at=at)
    for item in items:
        _keep(by.actor, ticket, Side.OFFICE, item, at, member_code=by.code)
    if file:
        _attach(by.actor, ticket, items[0], file, at)
    if row is None:
        return
    row.word_day, row.reminded_day = local_day(at), None
    if row.waiting_since:
        row.waited = rules.minutes_between(row.waiting_since, at)
        row.answered_day, row.waiting_since = local_day(at), None
    row.save(update_fields=["word_day", "reminded_day", "waited", "answered_day", "waiting_since"])


@transaction.atomic
def write_back(
    *, ticket: Ticket, items: Sequence[SealedItem], at: datetime, team_code: str = ""
) -> None:
    """Keep what the holder of the ticket wrote: she waits for an answer of this team.

    Whatever ended or was put off goes on by her word. Raises WrongTurn, Refused.
    """
    by = reporter(ticket.number)
    begun = {"team_code": team_code}
    Conversation.objects.get_or_create(subject=ticket.number, defaults=begun)
    row = _standing(ticket.number)
    if row.away:
        sop.take_up(by=by, event=CONTACT, subject=ticket.number, at=at)
    for item in items:
        _keep(by, ticket, Side.REPORTER, item, at)
    row.team_code = team_code or row.team_code
    row.waiting_since = row.waiting_since or rules.to_the_minute(at)
    if row.ended_day:
        record(by=by, verb="conversation.reopened", subject=ticket.number, at=at)
    row.away, row.ended_day, row.ended_by = False, None, ""
    row.word_day, row.reminded_day = local_day(at), None
    row.save(
        update_fields=[
            *("team_code", "waiting_since", "away", "ended_day", "ended_by"),
            *("word_day", "reminded_day"),
        ]
    )


@transaction.atomic
def put_off(*, ticket: Ticket, at: datetime) -> None:
    """ "Saya tidak bisa bicara sekarang": she waits for nobody, and the office knows. Raises NotOpen."""
    row = _locked(ticket.number)
    if row is None or row.ended_day or row.away:
        raise rules.NotOpen
    row.away, row.waiting_since = True, None
    row.save(update_fields=["away", "waiting_since"])
    sop.put_off(by=reporter(ticket.number), event=CONTACT, subject=ticket.number, at=at)
    record(by=reporter(ticket.number), verb="conversation.put_off", subject=ticket.number, at=at)


@transaction.atomic
def end(*, by: Member | Actor, ticket: Ticket, at: datetime) -> None:
    """Say that a conversation has come to its end; her next word opens it again. Raises NotOpen.

    `by`: a member who may write to reporters (else Forbidden), or the holder of the ticket.
    """
    if isinstance(by, Member) and not by.may(Right.MESSAGE_REPORTERS):
        raise Forbidden(Right.MESSAGE_REPORTERS)
    row = _locked(ticket.number)
    if row is None or row.ended_day:
        raise rules.NotOpen
    row.ended_by = Side.OFFICE if isinstance(by, Member) else Side.REPORTER
    row.ended_day, row.waiting_since, row.away = local_day(at), None, False
    row.save(update_fields=["ended_day", "ended_by", "waiting_since", "away"])
    actor = by.actor if isinstance(by, Member) else by
    record(by=actor, verb="conversation.ended", subject=ticket.number, at=at)


@transaction.atomic
def note_reminded(*, by: Actor, subject: str, at: datetime) -> bool:
    """Note that the office was told how long somebody waits; whether this is the first time."""
    row = _locked(subject)
    if row is None or row.waiting_since is None or row.reminded_day:
        return False
    row.reminded_day = local_day(at)
    row.save(update_fields=["reminded_day"])
    record(by=by, verb="conversation.reminded", subject=subject, at=at)
    return True


@transaction.atomic
def lapse(*, by: Actor, subject: str, days: int, at: datetime) -> bool:
    """End a conversation in which nobody wrote for so many days; her next word opens it again.

    Whether it ended: not where somebody has written meanwhile.
    """
    row = _locked(subject)
    if row is None or row.ended_day or row.word_day is None:
        return False
    waits = row.waiting_since is not None
    if row.word_day > rules.quiet_since(local_day(at), days, waits=waits):
        return False
    row.ended_day, row.ended_by, row.waiting_since, row.away = local_day(at), "", None, False
    row.save(update_fields=["ended_day", "ended_by", "waiting_since", "away"])
    record(by=by, verb="conversation.lapsed", subject=subject, at=at)
    return True


@transaction.atomic
def erase(*, by: Actor, subject: str, at: datetime) -> None:
    """Destroy what opens a ticket on which nothing was written but a conversation that has ended.

    Every backup of it dies within a week, like whatever else is forgotten; the row and the trail
    stay. Raises NotOpen where she has written again meanwhile.
    """
    row = _locked(subject)
    if row is None or row.ended_day is None or row.erased_day:
        raise rules.NotOpen
    row.erased_day = local_day(at)
    row.save(update_fields=["erased_day"])
    vault.forget(by=by, subject=subject, at=at)
    record(by=by, verb="conversation.erased", subject=subject, at=at)


def _locked(subject: str) -> Conversation | None:
    """Where a thread stands, locked: always before the trail."""
    return Conversation.objects.select_for_update().filter(subject=subject).first()


def _standing(subject: str) -> Conversation:
    return Conversation.objects.select_for_update().get(subject=subject)


@transaction.atomic
def close(*, ticket: Ticket) -> None:
    """Give no message that is there now to whoever holds the code from here on."""
    Message.objects.filter(subject=ticket.number).update(closed=True)


def _attach(by: Actor, ticket: Ticket, message: SealedItem, file: SealedFile, at: datetime) -> None:
    vault.keep_sent(by=by, subject=ticket.number, file=file, message=message.seq, at=at)
    Message.objects.filter(item=message.item).update(file=file.body.item)


def _keep(
    by: Actor, ticket: Ticket, side: Side, item: SealedItem, at: datetime, member_code: str = ""
) -> None:
    if not rules.is_next(item.seq, next_seq(ticket.number, side)):
        raise rules.WrongTurn(f"{side} {item.seq}")
    if not rules.fits_a_slot(len(item.hdr)):
        raise Refused("header")
    Message.objects.create(
        subject=ticket.number,
        side=side,
        seq=item.seq,
        item=item.item,
        day=local_day(at),
        member_code=member_code,
    )
    vault.keep_item(by=by, subject=ticket.number, comp="chat", item=item, at=at)
    record(by=by, verb=f"message.{side}", subject=ticket.number, at=at)
