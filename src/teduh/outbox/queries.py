"""Reading the queue."""

from datetime import datetime, timedelta

from django.conf import settings

from teduh.lib.prepared import Prepared
from teduh.outbox.models import Message, MessageQuery
from teduh.outbox.words import Channel, End

AT_A_TIME = 100


def waiting() -> int:
    """How many messages have not left."""
    return Message.objects.waiting().count()


def waiting_twin(twin: bytes) -> Message | None:
    """A message with the same text to the same address that has not left; never one with a link."""
    return _TWIN.first(twin=twin) if twin else None


def due(at: datetime, channel: Channel) -> list[Message]:
    """Messages to be tried at `at` by one way: danger first, then the oldest; 100 at a time."""
    return list(_due(at).filter(channel=channel)[:AT_A_TIME])


def stuck(at: datetime, *, longer_than: timedelta) -> int:
    """How many messages should have been tried that long ago."""
    return _due(at - longer_than).count()


def danger_waits(at: datetime, *, longer_than: timedelta) -> int:
    """How many messages of danger were queued longer ago and have not left."""
    queued = Message.objects.waiting().filter(danger=True, queued_at__lte=at - longer_than)
    return queued.count()


def given_up(at: datetime, *, within: timedelta) -> MessageQuery:
    """Messages that were given up lately, but for those that were withdrawn."""
    lately = Message.objects.filter(given_up_at__gt=at - within)
    return lately.exclude(ended=End.WITHDRAWN)


def told(ticket: str) -> Message | None:
    """The newest message to the holder of a ticket by another way than the ticket itself."""
    return Message.objects.filter(ticket=ticket).order_by("-queued_at", "-pk").first()


def _due(at: datetime) -> MessageQuery:
    found = Message.objects.due(at)
    hours = settings.TEDUH_QUIET_HOURS
    return found.ringing() if hours and hours.hold(at) else found


# What is asked while somebody who sends a report waits.
_TWIN = Prepared(
    lambda twin: Message.objects.waiting().filter(twin=twin).order_by("pk")[:1], twin=bytes
)
