"""Days of hearings: months as a picture, what clashes, until when an outcome is to be noted."""

import re
from calendar import Calendar
from collections.abc import Iterable
from datetime import date, timedelta
from datetime import datetime as moment
from itertools import pairwise

SET, HELD, POSTPONED, DROPPED = "set", "held", "postponed", "dropped"
STATES = (SET, HELD, POSTPONED, DROPPED)
APART = timedelta(hours=3)  # two of one companion closer than this clash; a proposal
YEARS = 3  # from today, backwards and forwards, that a calendar shows
AHEAD = timedelta(
    days=398
)  # a promise runs 400 days at most (sop/books.py), with the day to note it
_MONTH = re.compile(r"(\d{4})-(\d{2})")


class WrongDay(Exception):
    """A day that cannot be, for what is asked of it."""


class OverAlready(Exception):
    """It has its outcome, was postponed, or was dropped."""


def month_of(text: str, today: date) -> date:
    """The first day of the month that an address names as 2026-12; this month for anything else."""
    found = _MONTH.fullmatch(text)
    this = today.replace(day=1)
    if not found:
        return this
    year, month = (int(part) for part in found.groups())
    if not 1 <= month <= 12 or abs(year - today.year) > YEARS:
        return this
    return date(year, month, 1)


def month_after(first: date) -> date:
    """The first day of the next month."""
    return (first + timedelta(days=31)).replace(day=1)


def month_before(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def weeks_of(first: date) -> list[list[date | None]]:
    """The weeks of a month from Monday to Sunday; nothing for the days of other months."""
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    return [[day if day.month == first.month else None for day in week] for week in weeks]


def week_of(day: date) -> list[date]:
    """The seven days from Monday to Sunday around a day."""
    return [day + timedelta(days=n - day.weekday()) for n in range(7)]


def clashing(rows: Iterable[tuple[int, int, moment]]) -> frozenset[int]:
    """Which of these (number, companion, when) lie closer than `APART` to another of the companion."""
    by_time = sorted(rows, key=lambda row: (row[1], row[2]))
    close = [
        (one[0], other[0])
        for one, other in pairwise(by_time)
        if one[1] == other[1] and other[2] - one[2] < APART
    ]
    return frozenset(number for pair in close for number in pair)


def note_until(day: date, *, deadline: bool) -> date:
    """The day whose beginning ends the promise: after the day itself, of a hearing one day more."""
    return day + timedelta(days=1 if deadline else 2)


def check_day(day: date, today: date) -> None:
    """Raises WrongDay for what is over already, and for a day too far ahead to be meant."""
    if not today <= day <= today + AHEAD:
        raise WrongDay(day.isoformat())
