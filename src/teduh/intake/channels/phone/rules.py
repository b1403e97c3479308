"""Decisions about calls: pure functions."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

DRAFT_HOURS = (
    48  # a call that broke is kept that long: today's and tomorrow's caller may call again
)
LONGEST = 6 * 3600  # seconds of one call; a page left open over night is no call
MOST_A_DAY = 9_999  # calls of one day in one number of an exchange
COLUMNS = ("tanggal", "masuk", "dijawab", "menunggu", "terputus")  # of a file of an exchange
MOST_LINES = 400  # of such a file: a year, and a month
EXCEL = "\ufeff"  # what some programs write before the first letter


class Ended(Exception):
    """The call was ended meanwhile: nothing is added to it."""


class WithAnother(Exception):
    """A colleague has gone on with this call since."""


@dataclass(frozen=True, slots=True)
class DayTold:
    """What an exchange counted on one day: calls that came, were answered, waited, were given up."""

    day: date
    offered: int
    answered: int
    waiting: int
    abandoned: int


@dataclass(frozen=True, slots=True)
class FileTold:
    """A file of an exchange: its days, or what is wrong, by line number (the heading is line 1)."""

    days: list[DayTold] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)


def talked(seconds: int) -> int:
    """Seconds of a call as they are kept: never below none, never beyond the longest."""
    return max(0, min(seconds, LONGEST))


def to_the_minute(at: datetime) -> datetime:
    """When a call began, as precisely as it is kept."""
    return at.replace(second=0, microsecond=0)


def too_old(started_at: datetime, at: datetime) -> bool:
    """Whether what was written of a call that broke is no longer kept."""
    return at - started_at > timedelta(hours=DRAFT_HOURS)


def misfit(told: DayTold, today: date) -> str:
    """What does not fit in the numbers of a day, as a code; empty where all of it does."""
    if told.day > today:
        return "future"
    if told.answered + told.abandoned > told.offered or told.waiting > told.offered:
        return "sum"
    return ""


def read_file(text: str, today: date) -> FileTold:
    """The days in a file of an exchange: a heading of COLUMNS, then a line a day, comma or semicolon.

    Each wrong line is named with a code of what is wrong; where there is one, no day is to be kept.
    """
    rows = list(_rows(text.removeprefix(EXCEL)))
    if not rows or tuple(one.strip().lower() for one in rows[0]) != COLUMNS:
        return FileTold(wrong=[(1, "heading")])
    told, found = FileTold(), {}
    for number, row in enumerate(rows[1:], 2):
        if not any(one.strip() for one in row):
            continue
        day, wrong = _line(row, today)
        if day is None or wrong or day.day in found:
            told.wrong.append((number, wrong or "twice"))
            continue
        found[day.day] = number
        told.days.append(day)
    if len(told.days) > MOST_LINES:
        return FileTold(wrong=[(MOST_LINES + 2, "long")])
    if not found and not told.wrong:
        return FileTold(wrong=[(2, "empty")])
    return told


def _rows(text: str) -> Iterator[list[str]]:
    first = text.partition("\n")[0]
    between = ";" if first.count(";") > first.count(",") else ","
    for line in text.splitlines():
        yield next(csv.reader([line], delimiter=between), [])


def _line(row: list[str], today: date) -> tuple[DayTold | None, str]:
    cells = [one.strip() for one in row]
    if len(cells) != len(COLUMNS):
        return None, "columns"
    day = _day(cells[0])
    if day is None:
        return None, "day"
    counts = [
        int(one) if one.isascii() and one.isdigit() and len(one) < 6 else -1 for one in cells[1:]
    ]
    if min(counts) < 0 or max(counts) > MOST_A_DAY:
        return None, "number"
    told = DayTold(day, *counts)
    return told, misfit(told, today)


def _day(text: str) -> date | None:
    """A day as 2026-11-28, or as exchanges here write it, 28/11/2026."""
    for shape in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None
