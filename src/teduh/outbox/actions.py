"""Queueing messages and sending them on."""

import time
import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import translation

from teduh.audit.actions import record
from teduh.lib.actors import CLOCK, Actor
from teduh.outbox import queries, rules, secrets, ways
from teduh.outbox.models import Message
from teduh.outbox.words import FOR_REPORTERS, TEXTS, Channel, End, Template

SHARE = 10.0  # seconds of a beat that one way may take before the clock goes on
ERASED = {"address": b"", "link": b"", "twin": b""}


@transaction.atomic
def queue(
    *,
    by: Actor,
    to: str,
    template: str,
    at: datetime,
    channel: Channel = Channel.EMAIL,
    link: str = "",
    danger: bool = False,
) -> Message:
    """Put a message in the queue; raises UnknownTemplate. It leaves after the transaction.

    While the same text without a link still waits for the same address, that one is enough: a
    hundred reports in a minute are one message to the officer on duty. One of `danger` does not wait
    for the end of quiet hours, nor lets its twin wait.
    """
    if template not in Template.values:
        raise rules.UnknownTemplate
    twin = b"" if link else secrets.twin_of(channel, template, to)
    waits = queries.waiting_twin(twin)
    if waits:
        return _hurry(waits, at) if danger and not waits.danger else waits
    message = _keep(channel, template, to, twin, at, link=link, danger=danger)
    record(by=by, verb="message.queued", subject=message.subject, at=at)
    return message


@transaction.atomic
def hand_over(
    *, by: Actor, address: str, way: Channel, ticket: str, template: Template, at: datetime
) -> Message:
    """Queue word to the holder of a ticket, at an address an officer's browser has opened.

    The caller checks the right and that she agreed. What it says is said once while it waits, also
    where another address came first. Raises UnknownTemplate, NoWay, WrongAddress.
    """
    if template not in FOR_REPORTERS:
        raise rules.UnknownTemplate
    if not ways.are_open(way):
        raise rules.NoWay
    to = rules.address_for(way, address)
    twin = secrets.twin_of(way, template, to)
    waits = Message.objects.waiting().filter(ticket=ticket, template=template, twin=twin).first()
    if waits:
        return waits
    withdraw(by=by, ticket=ticket, at=at)
    message = _keep(way, template, to, twin, at, ticket=ticket)
    detail = {"way": str(way)}
    record(by=by, verb="message.handed_over", subject=ticket, at=at, detail=detail)
    return message


@transaction.atomic
def withdraw(*, by: Actor, ticket: str, at: datetime) -> int:
    """Erase what waits for the holder of a ticket; answers how many."""
    waits = Message.objects.waiting().filter(ticket=ticket).exclude(ticket="")
    return sum(_give_up(message, End.WITHDRAWN, at, by=by) for message in waits)


def _keep(
    channel: Channel, template: str, to: str, twin: bytes, at: datetime, **told: Any
) -> Message:
    link = told.pop("link", "")
    return Message.objects.create(
        channel=channel,
        template=template,
        key=uuid.uuid4().hex,
        address=secrets.encrypt(to),
        link=secrets.encrypt(link) if link else b"",
        twin=twin,
        queued_at=at,
        due_at=at,
        **told,
    )


def _hurry(message: Message, at: datetime) -> Message:
    Message.objects.waiting().filter(pk=message.pk).update(danger=True, due_at=at)
    message.danger, message.due_at = True, at
    return message


def deliver_due(*, at: datetime) -> int:
    """Send every message that is due, erase what is too old; answers how many left.

    A way that is closed is tried once, a slow one for some seconds: the clock has more to do.
    """
    forget_old(at=at)
    return sum(_deliver_by(channel, at) for channel in Channel)


def forget_old(*, at: datetime) -> int:
    """Erase addresses that waited 24 hours in vain; answers how many."""
    old = Message.objects.waiting().filter(queued_at__lte=at - rules.KEPT)
    return sum(_give_up(message, End.OLD, at) for message in old)


def _deliver_by(channel: Channel, at: datetime) -> int:
    until, left = time.monotonic() + SHARE, 0
    for message in queries.due(at, channel):
        is_open = _deliver_one(message, at)
        left += message.delivered_at is not None
        if not is_open or time.monotonic() > until:
            break
    return left


def _deliver_one(message: Message, at: datetime) -> bool:
    """Whether the way is open, as far as this message tells."""
    if not _claim(message, at):
        return True
    try:
        ways.deliver(_opened(message), at=at)
    except rules.NotDelivered:
        if rules.tried_enough(message.tries + 1, danger=message.danger):
            _give_up(message, End.TRIES, at)
        return False
    except (rules.Refused, rules.NoWay):
        _give_up(message, End.REFUSED, at)
    except rules.Unreadable:
        _give_up(message, End.UNREADABLE, at)
    else:
        _mark_delivered(message, at)
    return True


def _claim(message: Message, at: datetime) -> bool:
    """Compare-and-set, so that of several clocks one sends; the wait until the next try is set."""
    mine = Message.objects.due(at).filter(pk=message.pk, due_at=message.due_at)
    wait = rules.next_try(at=at, tries=message.tries + 1, danger=message.danger)
    return mine.update(due_at=wait, tries=F("tries") + 1) == 1


def _opened(message: Message) -> ways.Letter:
    text = TEXTS[Template(message.template)]
    with translation.override("id"):
        subject, body = str(text.subject), str(text.body)
    if message.link:
        body = f"{body}\n{secrets.decrypt(bytes(message.link))}"
    return ways.Letter(
        key=message.key,
        number=message.pk,
        channel=Channel(message.channel),
        address=secrets.decrypt(bytes(message.address)),
        subject=subject,
        body=body,
        queued_at=message.queued_at,
    )


@transaction.atomic
def _mark_delivered(message: Message, at: datetime) -> None:
    gone = Message.objects.waiting().filter(pk=message.pk)
    if gone.update(delivered_at=at, **ERASED) == 1:
        message.delivered_at = at
        record(by=CLOCK, verb="message.delivered", subject=message.subject, at=at)


@transaction.atomic
def _give_up(message: Message, why: End, at: datetime, *, by: Actor = CLOCK) -> bool:
    over = Message.objects.waiting().filter(pk=message.pk)
    if over.update(given_up_at=at, ended=why, **ERASED) != 1:
        return False
    detail = {"why": str(why)}
    record(by=by, verb="message.given_up", subject=message.subject, at=at, detail=detail)
    return True
