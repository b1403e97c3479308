"""A version of a procedure: drafted by one, approved by two others, never edited."""

from datetime import datetime

from django.db import IntegrityError, transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import AgencyKind
from teduh.audit.actions import record
from teduh.lib.timing import local_day
from teduh.sop import books, queries, rules
from teduh.sop.models import Approval, Version

BOOK = "penanganan"


@transaction.atomic
def draft(*, by: Member, text: str, at: datetime) -> Version:
    """Propose a version in the words of its file.

    Raises Forbidden, WrongBook, TooSoon, VersionTaken.
    """
    if by.agency.kind != AgencyKind.OFFICE or not queries.may_draft(by):
        raise Forbidden
    text = text.replace("\r\n", "\n")
    book = books.parse(text)
    if book.name != BOOK:
        raise rules.WrongBook(f"name: {BOOK}")
    if book.since <= local_day(at):
        raise rules.TooSoon
    shipped = books.shipped().get((book.name, book.version))
    if shipped and (shipped.adopted or shipped.sha != books.sha_of(text)):
        raise rules.VersionTaken
    row = _keep(
        Version(
            book=book.name,
            version=book.version,
            since=book.since,
            sha=books.sha_of(text),
            text=text,
            drafted_by=by.code,
            drafted_at=at,
        )
    )
    record(by=by.actor, verb="procedure.drafted", subject=str(row), at=at, detail={"sha": row.sha})
    return row


@transaction.atomic
def approve(*, by: Member, version: Version, at: datetime) -> None:
    """Say yes to a version; with the second yes it will be in force from its first day on.

    Raises Forbidden, NotTwice, NotOpen.
    """
    if not queries.may_approve(by, at):
        raise Forbidden
    row = Version.objects.select_for_update().filter(pk=version.pk).first()
    if row is None or row.approved_at:
        raise rules.NotOpen
    given = frozenset(row.approvals.values_list("by", flat=True))
    rules.may_approve(by=by.code, drafted_by=row.drafted_by, approved_by=given)
    Approval.objects.create(version=row, by=by.code, at=at)
    if len(given) + 1 == rules.APPROVERS:
        row.approved_at = at
        row.save(update_fields=["approved_at"])
    record(by=by.actor, verb="procedure.approved", subject=str(row), at=at, detail={"sha": row.sha})


@transaction.atomic
def withdraw(*, by: Member, version: Version, at: datetime) -> None:
    """Take back one's own draft that is not in force yet. Raises Forbidden, NotOpen."""
    row = Version.objects.select_for_update().filter(pk=version.pk).first()
    if row is None or row.approved_at:
        raise rules.NotOpen
    if by.code != row.drafted_by:
        raise Forbidden
    record(by=by.actor, verb="procedure.withdrawn", subject=str(row), at=at)
    row.delete()


def _keep(row: Version) -> Version:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise rules.VersionTaken from error
    return row
