"""Reading a thread."""

from django.db.models import Max, QuerySet

from teduh.chat.models import Message
from teduh.chat.words import Side


def thread(subject: str) -> QuerySet[Message]:
    """The messages of a ticket in the order they came."""
    return Message.objects.filter(subject=subject).order_by("id")


def next_seq(subject: str, side: Side) -> int:
    """The number the next message of this side carries (1, 2, 3…)."""
    newest = Message.objects.filter(subject=subject, side=side).aggregate(n=Max("seq"))["n"]
    return (newest or 0) + 1
