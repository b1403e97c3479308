"""A budget line of an agency, with money in it."""

import itertools
from datetime import UTC, datetime

from teduh.access.models import Member
from teduh.funding import actions, queries
from teduh.funding.actions.opening import NewLine
from teduh.funding.models import Line
from teduh.funding.words import Memo, Purpose, SourceKind

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def a_line(
    by: Member, *, planned: int = 0, purpose: Purpose = Purpose.SUPPORT, year: int = 2026
) -> Line:
    """A line of the member's agency; `planned` in rupiah."""
    source = actions.open_source(by=by, kind=SourceKind.APBD, name="APBD contoh", at=AT)
    number = next(_numbers)
    new = NewLine(year, f"1.{number:04}", "Contoh pos", purpose, source)
    line = actions.open_line(by=by, new=new, at=AT)
    if planned:
        actions.plan(
            by=by, line=line, amount=planned, memo=Memo.BUDGET, key=f"rencana:{number}", at=AT
        )
    return Line.objects.get(pk=line.pk)


def proven(line: Line) -> Line:
    """The line as it is now, once its sums are what its entries say."""
    now = Line.objects.get(pk=line.pk)
    entries = list(now.entries.select_related("reversal"))
    standing = [one for one in entries if one.kind != "reversed" and not hasattr(one, "reversal")]

    def total(kind: str) -> int:
        return sum(one.amount for one in standing if one.kind == kind)

    open_of = {one.pk: queries.rest_of(one) for one in standing if one.kind == "committed"}
    assert (now.planned, now.committed, now.spent) == (
        total("planned"),
        sum(open_of.values()),
        total("spent"),
    )
    return now
