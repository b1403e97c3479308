"""Which version of a procedure is in force, and what became of every other."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from teduh.access.models import Member
from teduh.access.queries import names
from teduh.access.words import AgencyKind, Right
from teduh.lib.prepared import Prepared
from teduh.sop import books
from teduh.sop.models import Version
from teduh.sop.rules import APPROVERS, Book, Step, UnknownStep

APPROVING = {"head", "supervisor"}  # by role: a right lent for some hours does not outlive them


@dataclass(frozen=True, slots=True)
class Listed:
    """A version as the page of all versions shows it.

    `stands`: adopted, approved, drafted, or shipped (in the folder, and nobody proposed it yet).
    """

    book: Book
    text: str
    stands: str
    number: int = 0  # of its row, where it has one
    drafted_by: str = ""
    approved_by: list[str] = field(default_factory=list)
    missing: int = 0  # approvals
    may_approve: bool = False
    may_withdraw: bool = False


def in_force(name: str, day: date) -> Book:
    """The newest version whose first day has come, adopted or approved by two. Raises UnknownStep."""
    begun = [
        one.book
        for one in books.shipped().values()
        if one.adopted and one.book.name == name and one.book.since <= day
    ]
    newest = _NEWEST.first(name=name, day=day)
    if newest:
        begun.append(_kept(name, newest))
    if not begun:
        raise UnknownStep(name)
    return max(reversed(begun), key=lambda book: book.since)


def book_of(name: str, version: str) -> Book:
    """A version under which something was promised, or which somebody drafted. Raises UnknownStep."""
    shipped = books.shipped().get((name, version))
    if shipped and shipped.adopted:
        return shipped.book
    try:
        return _kept(name, version)
    except UnknownStep:
        if shipped is None:
            raise
        return shipped.book


def step(name: str, version: str, key: str) -> Step:
    """A step as the version says under which it was promised. Raises UnknownStep."""
    found = book_of(name, version).steps.get(key)
    if found is None:
        raise UnknownStep(f"{name}.{version}:{key}")
    return found


def forget_kept() -> None:
    """Read kept texts anew, for tests that draft the same version again."""
    _approved.cache_clear()


def _kept(name: str, version: str) -> Book:
    """The text two people approved is gone by, whatever became of a file."""
    try:
        return _approved(name, version)
    except UnknownStep:
        row = Version.objects.filter(book=name, version=version).first()
        if row is None:
            raise
        return books.parse(row.text)


@lru_cache(maxsize=32)
def _approved(name: str, version: str) -> Book:
    row = Version.objects.approved().filter(book=name, version=version).first()
    if row is None:
        raise UnknownStep(f"{name}.{version}")
    return books.parse(row.text)


def edited() -> list[str]:
    """Versions whose file is no longer what was adopted or approved, as it lies there now."""
    shipped = books.look()
    wrong = [f"{name}.{version}" for (name, version), one in shipped.items() if one.edited]
    for row in Version.objects.approved():
        file = shipped.get((row.book, row.version))
        if (file and file.sha != row.sha) or books.sha_of(row.text) != row.sha:
            wrong.append(str(row))
    return wrong


def may_draft(member: Member) -> bool:
    """Whether this member of the office may propose a version."""
    works = member.may(Right.TRIAGE_REPORTS) or member.may(Right.MANAGE_MEMBERS)
    return member.agency.kind == AgencyKind.OFFICE and works


def may_approve(member: Member, at: datetime) -> bool:
    """Whether this member's yes to a version counts: head or supervisor of the office."""
    return member.agency.kind == AgencyKind.OFFICE and bool(member.role_codes(at) & APPROVING)


def drafted(number: int) -> Version | None:
    """A version by the number of its row."""
    return Version.objects.filter(pk=number).first()


def versions(member: Member, at: datetime) -> list[Listed]:
    """Every version there is, the newest first."""
    rows = list(Version.objects.prefetch_related("approvals"))
    told = names(code for row in rows for code in (row.drafted_by, *_approvers(row)))
    approver = may_approve(member, at)
    listed = [_listed(row, member, told, approver=approver) for row in rows]
    known = {(row.book, row.version) for row in rows}
    for key, one in books.shipped().items():
        if key not in known:
            stands = "adopted" if one.adopted else "shipped"
            listed.append(Listed(one.book, one.text, stands))
    return sorted(listed, key=lambda one: (one.book.since, one.book.version), reverse=True)


def _listed(row: Version, member: Member, told: dict[str, str], *, approver: bool) -> Listed:
    given = _approvers(row)
    waits = row.approved_at is None
    return Listed(
        book=books.parse(row.text),
        text=row.text,
        stands="drafted" if waits else "approved",
        number=row.pk,
        drafted_by=told.get(row.drafted_by, row.drafted_by),
        approved_by=[told.get(code, code) for code in given],
        missing=max(APPROVERS - len(given), 0),
        may_approve=waits and approver and member.code not in {row.drafted_by, *given},
        may_withdraw=waits and member.code == row.drafted_by,
    )


def _approvers(row: Version) -> list[str]:
    return [one.by for one in sorted(row.approvals.all(), key=lambda one: one.at)]


# What is asked while somebody who sends a report waits.
_NEWEST = Prepared(
    lambda name, day: (
        Version.objects.approved()
        .filter(book=name, since__lte=day)
        .order_by("-since", "-approved_at")
        .values_list("version", flat=True)[:1]
    ),
    name=str,
    day=date,
)
