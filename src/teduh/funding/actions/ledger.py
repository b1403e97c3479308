"""Entries: planned, promised, paid, taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.funding import queries, rules
from teduh.funding.models import Entry, Line
from teduh.funding.words import Kind, Memo


@dataclass(frozen=True, slots=True)
class _Wish:
    """An entry that is asked for."""

    kind: Kind
    amount: int
    memo: str
    key: str
    subject: str = ""
    of: Entry | None = None
    reverses: Entry | None = None


@transaction.atomic
def plan(*, by: Member, line: Line, amount: int, memo: Memo, key: str, at: datetime) -> Entry:
    """Give a line more money. Raises Forbidden, NotAnAmount, KeyTaken."""
    _keeps(by, line)
    wish = _Wish(Kind.PLANNED, rules.checked(amount), memo, key)
    return _known(wish, fresh := _locked(line)) or _enter(
        by, fresh, wish, rules.planned(amount), at
    )


@transaction.atomic
def commit(
    *,
    by: Member,
    line: Line,
    amount: int,
    memo: Memo,
    key: str,
    at: datetime,
    subject: str = "",
) -> Entry:
    """Promise money to what `subject` names. Raises Forbidden, NotAnAmount, NotEnough, KeyTaken."""
    _keeps(by, line)
    wish = _Wish(Kind.COMMITTED, rules.checked(amount), memo, key, subject)
    return _known(wish, fresh := _locked(line)) or _enter(
        by, fresh, wish, rules.committed(amount), at
    )


@transaction.atomic
def spend(
    *,
    by: Member,
    line: Line,
    amount: int,
    memo: Memo,
    key: str,
    at: datetime,
    subject: str = "",
    of: Entry | None = None,
) -> Entry:
    """Pay, out of a promise `of` this line or at once.

    Raises Forbidden, NotAnAmount, NotEnough, NotOpen, KeyTaken.
    """
    _keeps(by, line)
    wish = _Wish(Kind.SPENT, rules.checked(amount), memo, key, subject, of)
    fresh = _locked(line)
    if known := _known(wish, fresh):
        return known
    if of is not None:
        promised = Entry.objects.filter(pk=of.pk, line=fresh, kind=Kind.COMMITTED).first()
        if promised is None or hasattr(promised, "reversal"):
            raise rules.NotOpen
        if queries.rest_of(promised) < amount:
            raise rules.NotEnough
    return _enter(by, fresh, wish, rules.spent(amount, promised=of is not None), at)


@transaction.atomic
def reverse(*, by: Member, entry: Entry, memo: Memo, key: str, at: datetime) -> Entry:
    """Take an entry back, once; of a promise what was not paid of it.

    Raises Forbidden, NotReversible, NotEnough where it is promised or spent already, KeyTaken.
    """
    _keeps(by, entry.line)
    return _take_back(by, entry, memo, key, at)


@transaction.atomic
def release(*, by: Member, entry: Entry, memo: Memo, key: str, at: datetime) -> Entry | None:
    """Give back what of a promise was not paid; None where nothing was left of it.

    For whoever ends what it was promised for, without the right over money: what goes back into a
    line harms nobody. Raises KeyTaken.
    """
    line = _locked(entry.line)
    promised = Entry.objects.get(pk=entry.pk, line=line, kind=Kind.COMMITTED)
    if not queries.rest_of(promised):
        return None
    return _take_back(by, promised, memo, key, at)


def _take_back(by: Member, entry: Entry, memo: Memo, key: str, at: datetime) -> Entry:
    line = _locked(entry.line)
    fresh = Entry.objects.get(pk=entry.pk)
    amount, change = _undoing(fresh)
    wish = _Wish(Kind.REVERSED, amount, memo, key, fresh.subject, reverses=fresh)
    if known := _known(wish, line):
        return known
    if hasattr(fresh, "reversal") or amount <= 0:
        raise rules.NotReversible
    return _enter(by, line, wish, change, at)


def _undoing(entry: Entry) -> tuple[int, rules.Balance]:
    """How many rupiah taking an entry back moves, and how."""
    if entry.kind == Kind.PLANNED:
        return entry.amount, rules.minus(rules.planned(entry.amount))
    if entry.kind == Kind.COMMITTED:
        rest = queries.rest_of(entry)
        return rest, rules.minus(rules.committed(rest))
    if entry.kind == Kind.SPENT:
        still = entry.of is not None and not hasattr(entry.of, "reversal")
        return entry.amount, rules.unspent(entry.amount, promised=still)
    return 0, rules.Balance()


def _locked(line: Line) -> Line:
    """The line as it is now; until the transaction ends nobody else moves its money."""
    return Line.objects.select_for_update().get(pk=line.pk)


def _known(wish: _Wish, line: Line) -> Entry | None:
    """What was entered under this key before. Raises KeyTaken where that was something else."""
    known = Entry.objects.filter(key=wish.key).first()
    if known is None:
        return None
    same = (known.line_id, known.kind, known.of_id, known.reverses_id) == (
        *(line.pk, wish.kind),
        *(wish.of and wish.of.pk, wish.reverses and wish.reverses.pk),
    )
    if not same or (wish.reverses is None and known.amount != wish.amount):
        raise rules.KeyTaken(wish.key)
    return known


def _enter(by: Member, line: Line, wish: _Wish, change: rules.Balance, at: datetime) -> Entry:
    line.balance.after(change)
    entry = Entry.objects.create(
        line=line,
        kind=wish.kind,
        amount=wish.amount,
        at=at,
        member=by,
        subject=wish.subject,
        memo=Memo(wish.memo),
        key=wish.key,
        of=wish.of,
        reverses=wish.reverses,
    )
    Line.objects.filter(pk=line.pk).update(
        planned=F("planned") + change.planned,
        committed=F("committed") + change.committed,
        spent=F("spent") + change.spent,
    )
    detail: dict[str, str | int] = {"amount": wish.amount, "why": str(wish.memo)}
    if wish.subject:
        detail["about"] = wish.subject
    record(by=by.actor, verb=f"money.{wish.kind}", subject=f"ANG-{line.pk}", at=at, detail=detail)
    return entry


def _keeps(by: Member, line: Line) -> None:
    if not by.may(Right.KEEP_MONEY) or line.agency_id != by.agency_id:
        raise Forbidden(Right.KEEP_MONEY)
