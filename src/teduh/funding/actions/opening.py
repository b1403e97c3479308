"""New sources and lines; a line begins empty."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.funding import rules
from teduh.funding.models import Line, Source
from teduh.funding.words import Purpose, SourceKind


@dataclass(frozen=True, slots=True)
class NewLine:
    """What a new line says."""

    year: int
    code: str
    name: str
    purpose: Purpose
    source: Source


@transaction.atomic
def open_source(*, by: Member, kind: SourceKind, name: str, at: datetime) -> Source:
    """Note whose money comes in; a name that stands already is the same source. Raises Forbidden."""
    _keeps(by)
    row, made = Source.objects.get_or_create(
        agency=by.agency, name=name, defaults={"kind": SourceKind(kind)}
    )
    if made:
        record(by=by.actor, verb="money.source", subject="", at=at, detail={"kind": str(kind)})
    return row


def open_line(*, by: Member, new: NewLine, at: datetime) -> Line:
    """Open a line without money. Raises Forbidden, CodeTaken."""
    _keeps(by)
    if new.source.agency_id != by.agency_id:
        raise Forbidden(Right.KEEP_MONEY)
    try:
        with transaction.atomic():
            line = Line.objects.create(
                agency=by.agency,
                year=new.year,
                code=new.code,
                name=new.name,
                purpose=Purpose(new.purpose),
                source=new.source,
            )
            detail: dict[str, str | int] = {"year": new.year, "purpose": str(new.purpose)}
            record(by=by.actor, verb="money.line", subject=f"ANG-{line.pk}", at=at, detail=detail)
    except IntegrityError as error:
        raise rules.CodeTaken(new.code) from error
    return line


@transaction.atomic
def note_export(*, by: Member, what: str, rows: int, at: datetime) -> None:
    """Note that the budget left as a file: which year or line, how many rows. Raises Forbidden."""
    _keeps(by)
    record(by=by.actor, verb="money.exported", subject=what, at=at, detail={"count": rows})


def _keeps(by: Member) -> None:
    if not by.may(Right.KEEP_MONEY):
        raise Forbidden(Right.KEEP_MONEY)
