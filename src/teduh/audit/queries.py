"""Reading the trail."""

from datetime import datetime

from django.db.models import Max

from teduh.audit.models import Head, Row, RowQuery
from teduh.audit.rules import NOTHING_BEFORE
from teduh.audit.words import OPENED


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


def verbs() -> list[str]:
    """Every verb ever written, in order."""
    return list(Row.objects.order_by("verb").values_list("verb", flat=True).distinct())


def head() -> tuple[int, str]:
    """Number and hash of the newest line: what the daily feed publishes."""
    newest = Head.objects.first()
    return (newest.number, newest.hash) if newest else (0, NOTHING_BEFORE)
