"""Appending to the trail, and proving it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from teduh.audit.models import Head, Mention, Row
from teduh.audit.rules import (
    NOTHING_BEFORE,
    Broken,
    Line,
    NoTransaction,
    Told,
    canonical,
    hash_of,
)
from teduh.lib.actors import COMMAND, Actor

GENESIS = "audit.begin"
NEWEST = "SELECT number, hash FROM audit_head WHERE id = 1 "
ADVANCE = "UPDATE audit_head SET number = %s, hash = %s WHERE id = 1"
APPEND = (
    "INSERT INTO audit_row (number, at, by_kind, by_code, verb, subject, detail, previous, hash)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_waiting: ContextVar[list[Told] | None] = ContextVar("waiting", default=None)


def record(
    *,
    by: Actor,
    verb: str,
    subject: str,
    at: datetime,
    detail: Mapping[str, str | int] | None = None,
    subjects: Sequence[str] = (),
) -> None:
    """Append one line inside the caller's transaction; raises NoTransaction without one.

    A list that was shown writes one line and names its `subjects`.
    """
    told = dict(detail or {})
    if subjects:
        told["subjects"] = ",".join(subjects)
    _tell([Told(by, verb, subject, at, canonical(told), tuple(sorted(set(subjects))))])


def record_each(*, by: Actor, verb: str, subjects: Sequence[str], at: datetime) -> None:
    """As `record` for each of these subjects, in their order; raises NoTransaction.

    One page that hands out several subjects: a line for each, in three statements.
    """
    _tell([Told(by, verb, subject, at, canonical({})) for subject in subjects])


@contextmanager
def in_one_go() -> Iterator[None]:
    """A transaction whose lines are written in one go at its end, where the trail is locked first.

    What an inner transaction told is lost with its work when that is rolled back. Inside, no line
    can be read yet; within another one it is part of that.
    """
    with transaction.atomic():
        if _waiting.get() is not None:
            yield
            return
        lines: list[Told] = []
        before = _waiting.set(lines)
        try:
            yield
        finally:
            _waiting.reset(before)
        _write(_standing(lines))


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


def _tell(lines: Sequence[Told]) -> None:
    if not connection.in_atomic_block:
        raise NoTransaction
    waiting = _waiting.get()
    if waiting is None:
        _write(lines)
        return
    for line in lines:
        waiting.append(line)
        transaction.on_commit(line)  # forgotten where its savepoint is rolled back


def _standing(lines: Sequence[Told]) -> list[Told]:
    """Those of these lines whose work was not rolled back: Django still holds them for the commit.

    Django (5.2) lets one ask for the commit of a savepoint, but has no public word for its rollback:
    `run_on_commit` alone knows. tests/audit/test_in_one_go.py fails should it ever tell otherwise.
    """
    held = {id(after[1]) for after in connection.run_on_commit}  # savepoints, what is called, how
    return [line for line in lines if id(line) in held]


def _write(lines: Sequence[Told]) -> None:
    """Plain SQL: nearly every action of the house ends with these three statements."""
    if not lines:
        return
    with connection.cursor() as cursor:
        last, newest = _locked_head(cursor)
        if last == 0:
            lines = [Told(COMMAND, GENESIS, "", lines[0].at, canonical({})), *lines]
        rows = []
        for number, told in enumerate(lines, last + 1):
            line = _line(number, told, newest)
            at = connection.ops.adapt_datetimefield_value(line.at)
            newest = hash_of(line)
            said = (line.by_kind, line.by_code, line.verb, line.subject, line.detail)
            rows.append((number, at, *said, line.previous, newest))
        cursor.executemany(APPEND, rows)
        cursor.execute(ADVANCE, (last + len(lines), newest))
    Mention.objects.bulk_create(
        Mention(number=number, subject=subject)
        for (number, *_rest), told in zip(rows, lines, strict=True)
        for subject in told.mentions
    )


def _locked_head(cursor: CursorWrapper) -> tuple[int, str]:
    """Number and hash of the newest line, locked; the first caller ever makes the head."""
    ask = NEWEST + connection.ops.for_update_sql() * connection.features.has_select_for_update
    cursor.execute(ask)
    head: tuple[int, str] | None = cursor.fetchone()
    if head is None:
        Head.objects.get_or_create(pk=1, defaults={"number": 0, "hash": NOTHING_BEFORE})
        cursor.execute(ask)
        head = cursor.fetchone()
    return head or (0, NOTHING_BEFORE)


def _line(number: int, told: Told, previous: str) -> Line:
    kind, code = str(told.by.kind), told.by.code
    return Line(number, told.at, kind, code, told.verb, told.subject, told.detail, previous)
