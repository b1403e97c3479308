"""Appending to the trail, and proving it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.db import connection

from teduh.audit.models import Head, Mention, Row
from teduh.audit.rules import (
    NOTHING_BEFORE,
    Broken,
    Line,
    NoTransaction,
    canonical,
    hash_of,
)
from teduh.lib.actors import COMMAND, Actor

GENESIS = "audit.begin"


def record(
    *,
    by: Actor,
    verb: str,
    subject: str,
    at: datetime,
    detail: Mapping[str, str | int] | None = None,
    subjects: Sequence[str] = (),
) -> Row:
    """Append one line inside the caller's transaction; raises NoTransaction without one.

    A list that was shown writes one line and names its `subjects`.
    """
    if not connection.in_atomic_block:
        raise NoTransaction
    head = _head(at)
    told = dict(detail or {})
    if subjects:
        told["subjects"] = ",".join(subjects)
    row = _append(head, by=by, verb=verb, subject=subject, at=at, detail=canonical(told))
    Mention.objects.bulk_create(
        Mention(number=row.number, subject=one) for one in sorted(set(subjects))
    )
    return row


def record_each(*, by: Actor, verb: str, subjects: Sequence[str], at: datetime) -> None:
    """As `record` for each of these subjects, in their order; raises NoTransaction.

    One page that hands out several subjects: a line for each, in three statements.
    """
    if not connection.in_atomic_block:
        raise NoTransaction
    head = _head(at)
    rows = [
        _next(head, by=by, verb=verb, subject=subject, at=at, detail=canonical({}))
        for subject in subjects
    ]
    Row.objects.bulk_create(rows)
    head.save(update_fields=["number", "hash"])


def verify() -> Broken | None:
    """The first row that does not follow from the one before, or None when all do."""
    number, previous = 0, NOTHING_BEFORE
    for row in _rows_in_order():
        number += 1
        if row.number != number:
            return Broken(number, "missing")
        if row.previous != previous:
            return Broken(number, "points elsewhere")
        if hash_of(row.line) != row.hash:
            return Broken(number, "changed")
        previous = row.hash
    return _compare_head(number, previous)


def _rows_in_order() -> Iterator[Row]:
    return Row.objects.order_by("number").iterator(chunk_size=2000)


def _compare_head(number: int, newest: str) -> Broken | None:
    head = Head.objects.first()
    if head is None:
        return Broken(number, "head missing") if number else None
    if head.number > number:
        return Broken(number + 1, "missing")
    return None if head.hash == newest else Broken(number, "not the head")


def _head(at: datetime) -> Head:
    """The head, locked; the first caller ever writes the row everything follows from."""
    head = Head.objects.select_for_update().first()
    if head is not None:
        return head
    Head.objects.get_or_create(pk=1, defaults={"number": 0, "hash": NOTHING_BEFORE})
    head = Head.objects.select_for_update().get()
    if head.number == 0:
        _append(head, by=COMMAND, verb=GENESIS, subject="", at=at, detail=canonical({}))
    return head


def _append(head: Head, *, by: Actor, verb: str, subject: str, at: datetime, detail: str) -> Row:
    row = _next(head, by=by, verb=verb, subject=subject, at=at, detail=detail)
    row.save()
    head.save(update_fields=["number", "hash"])
    return row


def _next(head: Head, *, by: Actor, verb: str, subject: str, at: datetime, detail: str) -> Row:
    """The line that follows, not saved yet; the head, not saved either, then points to it."""
    line = Line(head.number + 1, at, str(by.kind), by.code, verb, subject, detail, head.hash)
    head.number, head.hash = line.number, hash_of(line)
    return Row(
        number=line.number,
        at=at,
        by_kind=line.by_kind,
        by_code=line.by_code,
        verb=verb,
        subject=subject,
        detail=detail,
        previous=line.previous,
        hash=head.hash,
    )
