"""Writing messages. The words are sealed before they come here."""

from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.chat import rules
from teduh.chat.models import Message
from teduh.chat.queries import next_seq
from teduh.chat.words import Side
from teduh.lib.actors import Actor, reporter
from teduh.lib.timing import local_day
from teduh.sop import actions as sop
from teduh.tickets.models import Ticket
from teduh.vault import actions as vault
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused


@transaction.atomic
def answer(*, by: Member, ticket: Ticket, items: list[SealedItem], at: datetime) -> None:
    """Keep the office's message, one row for each sealed part.

    Raises Forbidden without the right, WrongTurn when the thread moved on meanwhile, Refused.
    """
    if not by.may(Right.MESSAGE_REPORTERS):
        raise Forbidden(Right.MESSAGE_REPORTERS)
    sop.happened(by=by.actor, event="message.office", subject=ticket.number, at=at)
    for item in items:
        _keep(by.actor, ticket, Side.OFFICE, item, at, member_code=by.code)


@transaction.atomic
def write_back(*, ticket: Ticket, items: list[SealedItem], at: datetime) -> None:
    """Keep what the holder of the ticket wrote. Raises WrongTurn, Refused."""
    for item in items:
        _keep(reporter(ticket.number), ticket, Side.REPORTER, item, at)


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
