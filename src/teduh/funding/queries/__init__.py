"""Reading the budget: only of one's own agency."""

from collections.abc import Sequence

from django.db.models import QuerySet, Sum

from teduh.access.models import Member
from teduh.access.words import Right
from teduh.funding.models import Entry, Line, Source
from teduh.funding.rules import Balance
from teduh.funding.words import Kind


def visible_to(member: Member) -> QuerySet[Line]:
    """The lines of the member's own agency, for whoever keeps its money."""
    if not member.may(Right.KEEP_MONEY):
        return Line.objects.none()
    return Line.objects.filter(agency=member.agency_id).select_related("source")


def one(member: Member, number: int) -> Line | None:
    """A line by its number, or None (a 404)."""
    return visible_to(member).filter(pk=number).first()


def years(member: Member) -> list[int]:
    """The years that have lines, the newest first."""
    found = visible_to(member).order_by("-year").values_list("year", flat=True)
    return list(found.distinct())


def of_year(member: Member, year: int) -> list[Line]:
    """The lines of one year, by their code."""
    return list(visible_to(member).filter(year=year).order_by("code"))


def for_purpose(member: Member, purpose: str, year: int) -> list[Line]:
    """The lines out of which something of this purpose may be paid."""
    return list(visible_to(member).filter(year=year, purpose=purpose).order_by("code"))


def together(lines: Sequence[Line]) -> Balance:
    """The sum of several lines."""
    return Balance(
        sum(one.planned for one in lines),
        sum(one.committed for one in lines),
        sum(one.spent for one in lines),
    )


def sources(member: Member) -> list[Source]:
    """Whose money the member's agency has."""
    return list(Source.objects.filter(agency=member.agency_id))


def entries_of(line: Line) -> QuerySet[Entry]:
    """Every entry of a line, the newest first, with its hand and what took it back."""
    return line.entries.select_related("member", "reversal", "reverses")


def by_hand(line: Line, number: int) -> Entry | None:
    """An entry of this line that somebody made on its page; what a support promised ends there."""
    return line.entries.filter(pk=number, subject="").first()


def rest_of(promised: Entry) -> int:
    """Rupiah of a promise that are not paid; none of one that was taken back."""
    if hasattr(promised, "reversal"):
        return 0
    paid = promised.payments.filter(kind=Kind.SPENT, reversal__isnull=True)
    return promised.amount - (paid.aggregate(all=Sum("amount"))["all"] or 0)
