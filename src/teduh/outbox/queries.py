"""Reading the queue."""

from datetime import datetime

from teduh.outbox.models import Message


def waiting() -> int:
    """How many messages have not left."""
    return Message.objects.waiting().count()


def waiting_twin(twin: bytes) -> Message | None:
    """A message with the same text to the same address that has not left; never one with a link."""
    return Message.objects.waiting().filter(twin=twin).first() if twin else None


def due(at: datetime) -> list[Message]:
    """Messages to be tried at `at`, oldest first; 100 at a time."""
    return list(Message.objects.due(at)[:100])
