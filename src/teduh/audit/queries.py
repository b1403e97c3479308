"""Reading the trail."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Max, Q

from teduh.audit.models import Head, Mention, Row, RowQuery
from teduh.audit.rules import NOTHING_BEFORE
from teduh.audit.words import OPENED
from teduh.lib.actors import ActorKind


def rows() -> RowQuery:
    """All lines, newest first."""
    return Row.objects.all()


def latest() -> datetime | None:
    """The latest hour on any line: later than the clock, and the clock went back."""
    newest: datetime | None = Row.objects.aggregate(at=Max("at"))["at"]
    return newest


def touching(subject: str) -> RowQuery:
    """Lines about one subject, newest first: "who opened this"."""
    return rows().touching(subject)


def openings(subject: str) -> RowQuery:
    """Lines that handed somebody what opens this subject, newest first."""
    return touching(subject).filter(verb__in=OPENED)


def openings_of(subjects: Collection[str], verbs: Collection[str]) -> RowQuery:
    """Lines by members, or by whoever holds a link, with these verbs about any of these subjects,
    also of lists that named one.
    """
    named = Mention.objects.filter(subject__in=subjects).values("number")
    touching = Q(subject__in=subjects) | Q(number__in=named)
    hands = (ActorKind.MEMBER, ActorKind.ANONYMOUS)
    return rows().filter(touching, verb__in=verbs, by_kind__in=hands).order_by("number")


def opened_since(at: datetime, codes: Collection[str]) -> dict[str, int]:
    """How many different subjects each of these members was handed since `at`."""
    found = rows().filter(verb__in=OPENED, by_code__in=codes, at__gte=at).order_by()
    counted = found.values("by_code").annotate(n=Count("subject", distinct=True))
    return dict(counted.values_list("by_code", "n"))


def verbs() -> list[str]:
    """Every verb ever written, in order."""
    return list(Row.objects.order_by("verb").values_list("verb", flat=True).distinct())


def head() -> tuple[int, str]:
    """Number and hash of the newest line: what the daily feed publishes."""
    newest = Head.objects.first()
    return (newest.number, newest.hash) if newest else (0, NOTHING_BEFORE)
