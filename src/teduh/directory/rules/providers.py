"""When a provider is open, how long what is written of it is believed, and who comes first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

# Days after which somebody asks a provider again, and before the end of a memorandum at which whoever
# keeps the list hears of it: what the office asked for (issue 6, section 2, November 2026).
VERIFIED_DAYS = 90
REMINDED_DAYS = 60
END_OF_DAY = 24 * 60  # minutes
WHOLE_DAY = "24 jam"
_SPAN = re.compile(r"^(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})$", re.ASCII)

Span = tuple[int, int]  # minutes since midnight: opens, closes
Hours = tuple[int, int, int]  # weekday (0 is Monday), opens, closes


class NotHours(Exception):
    """A text that says no hours of a day, such as 08.00–12.00, 13.00–16.00."""


class ProviderChanged(Exception):
    """What was read in the form is not what is kept now."""


class NotAProvider(Exception):
    """A secret place that would be shown to everybody or have an address, or an unknown code."""


class MemorandumTwice(Exception):
    """The provider has a memorandum of this number already."""


def spans(text: str) -> tuple[Span, ...]:
    """The spans of one day in what somebody wrote, in their order; none for an empty text.

    Raises NotHours, also where one begins before the one before it ends.
    """
    if text.strip().casefold() == WHOLE_DAY:
        return ((0, END_OF_DAY),)
    found = tuple(_span(part.strip()) for part in text.split(",")) if text.strip() else ()
    if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
        raise NotHours(text)
    return found


def said(day: Iterable[Span]) -> str:
    """The spans of one day as a text that `spans` reads."""
    of_day = tuple(day)
    if of_day == ((0, END_OF_DAY),):
        return WHOLE_DAY
    return ", ".join(f"{clock(opens)}–{clock(closes)}" for opens, closes in of_day)


def clock(minute: int) -> str:
    """A minute of the day as people here write it, 08.30."""
    return f"{minute // 60:02}.{minute % 60:02}"


def _span(text: str) -> Span:
    found = _SPAN.match(text)
    if not found:
        raise NotHours(text)
    hour, minute, until_hour, until_minute = (int(part) for part in found.groups())
    opens, closes = hour * 60 + minute, until_hour * 60 + until_minute
    if max(minute, until_minute) > 59 or not opens < closes <= END_OF_DAY:
        raise NotHours(text)
    return opens, closes


def is_open(hours: Sequence[Hours], weekday: int, minute: int) -> bool:
    """Whether a provider is open at a minute of a weekday."""
    return any(day == weekday and opens <= minute < closes for day, opens, closes in hours)


def opens_next(hours: Sequence[Hours], weekday: int, minute: int) -> tuple[int, int] | None:
    """Weekday and minute at which it opens next, the same day of the next week at the latest."""
    week = 7 * END_OF_DAY
    now = weekday * END_OF_DAY + minute
    begins = [((day * END_OF_DAY + opens - now - 1) % week, day, opens) for day, opens, _ in hours]
    return min(begins)[1:] if begins else None


def is_fresh(verified_on: date | None, day: date) -> bool:
    """Whether what is written of a provider is still believed on `day`."""
    return verified_on is not None and day - verified_on <= timedelta(days=VERIFIED_DAYS)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a provider fits who asks: `open` is None where no hours are written down.

    `lapsed`: what was agreed in writing has ended. `a_day`: how many people it takes in a day.
    """

    open: bool | None
    serves: bool
    fresh: bool
    lapsed: bool
    a_day: int | None


def order_of(fit: Fit) -> tuple[int, ...]:
    """What providers are sorted by: who serves the area, who is open, whose word holds, who has room."""
    opening = {True: 0, None: 1, False: 2}[fit.open]
    return (not fit.serves, opening, fit.lapsed, not fit.fresh, -(fit.a_day or 0))
