"""Queueing messages and sending them on."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import translation

from teduh.audit.actions import record
from teduh.lib.actors import CLOCK, Actor
from teduh.outbox import queries, rules, secrets, ways
from teduh.outbox.models import Message
from teduh.outbox.words import TEXTS, Channel, Template


@transaction.atomic
def queue(
    *,
    by: Actor,
    to: str,
    template: str,
    at: datetime,
    channel: Channel = Channel.EMAIL,
    link: str = "",
) -> Message:
    """Put a message in the queue; raises UnknownTemplate. It leaves after the transaction.

    While the same text without a link still waits for the same address, that one is enough: a
    hundred reports in a minute are one message to the officer on duty.
    """
    if template not in Template.values:
        raise rules.UnknownTemplate
    twin = b"" if link else secrets.twin_of(channel, template, to)
    waits = queries.waiting_twin(twin)
    if waits:
        return waits
    message = Message.objects.create(
        channel=channel,
        template=template,
        address=secrets.encrypt(to),
        link=secrets.encrypt(link) if link else b"",
        twin=twin,
        queued_at=at,
        due_at=at,
    )
    record(by=by, verb="message.queued", subject=f"pesan-{message.pk}", at=at)
    return message


def deliver_due(*, at: datetime) -> int:
    """Send every message that is due, erase what is too old; answers how many left."""
    forget_old(at=at)
    return sum(_deliver_one(message, at) for message in queries.due(at))


def forget_old(*, at: datetime) -> int:
    """Erase addresses that waited 24 hours in vain; answers how many."""
    old = Message.objects.waiting().filter(queued_at__lte=at - rules.KEPT)
    return old.update(given_up_at=at, address=b"", link=b"", twin=b"")


def _deliver_one(message: Message, at: datetime) -> bool:
    if not _claim(message, at):
        return False
    text = TEXTS[Template(message.template)]
    with translation.override("id"):
        subject, body = str(text.subject), str(text.body)
    if message.link:
        body = f"{body}\n{secrets.decrypt(bytes(message.link))}"
    address = secrets.decrypt(bytes(message.address))
    try:
        ways.deliver(number=message.pk, address=address, subject=subject, body=body, at=at)
    except ways.NotDelivered:
        return False
    _mark_delivered(message, at)
    return True


def _claim(message: Message, at: datetime) -> bool:
    """Compare-and-set, so that of several clocks one sends; the wait until the next try is set."""
    mine = Message.objects.due(at).filter(pk=message.pk, due_at=message.due_at)
    wait = rules.next_try(at=at, tries=message.tries + 1)
    return mine.update(due_at=wait, tries=F("tries") + 1) == 1


@transaction.atomic
def _mark_delivered(message: Message, at: datetime) -> None:
    gone = Message.objects.waiting().filter(pk=message.pk)
    if gone.update(delivered_at=at, address=b"", link=b"", twin=b"") == 1:
        record(by=CLOCK, verb="message.delivered", subject=f"pesan-{message.pk}", at=at)
