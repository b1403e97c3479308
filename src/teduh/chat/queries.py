"""Reading a thread."""

from collections.abc import Collection

from django.db.models import Max, QuerySet

from teduh.chat import rules
from teduh.chat.models import Message
from teduh.chat.words import Side


def thread(subject: str) -> QuerySet[Message]:
    """The messages of a ticket in the order they came."""
    return Message.objects.filter(subject=subject).order_by("id")


def newest(subject: str, before: str = "") -> list[Message]:
    """As many messages as an answer has slots, the newest, or the newest before a known item."""
    rows = thread(subject)
    if before:
        rows = rows.filter(id__lt=rows.filter(item=before).values("id"))
    return list(rows.reverse()[: rules.SLOTS])[::-1]


def answered(subjects: Collection[str]) -> set[str]:
    """Those of these tickets to which the office has written, in one query."""
    written = Message.objects.filter(subject__in=subjects, side=Side.OFFICE)
    return set(written.values_list("subject", flat=True).distinct())


def next_seq(subject: str, side: Side) -> int:
    """The number the next message of this side carries (1, 2, 3…)."""
    newest = Message.objects.filter(subject=subject, side=side).aggregate(n=Max("seq"))["n"]
    return (newest or 0) + 1
