"""When a provider is open, how long what is written of it is believed, and who comes first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import groupby, pairwise

# Days after which somebody asks a provider again, and before the end of a memorandum at which whoever
# keeps the list hears of it: what the office asked for (issue 6, section 2, November 2026).
VERIFIED_DAYS = 90
REMINDED_DAYS = 60
END_OF_DAY = 24 * 60  # minutes
MARK_SIGNS = 16
WHOLE_DAY = "24 jam"
_SPAN = re.compile(r"^(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})$", re.ASCII)

Span = tuple[int, int]  # minutes since midnight: opens, closes
Hours = tuple[int, int, int]  # weekday (0 is Monday), opens, closes


class NotHours(Exception):
    """A text that says no hours of a day, such as 08.00–12.00, 13.00–16.00."""


class ProviderChanged(Exception):
    """What was read in the form is not what is kept now."""


class TooOpen(Exception):
    """A secret place that would be shown to everybody, or have an address or an area."""


class StaysSecret(Exception):
    """A secret place that would be secret no more, or go to another agency; carries the field."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(code, field)
        self.field = field


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


def week_said(hours: Sequence[Hours], names: Sequence[str]) -> list[str]:
    """A week in few lines, Senin–Jumat 08.00–16.00: days that follow and are alike in one."""
    texts = [said((opens, closes) for on, opens, closes in hours if on == day) for day in range(7)]
    lines: list[str] = []
    for text, group in groupby(range(7), key=lambda day: texts[day]):
        days = [names[day] for day in group]
        if text:
            lines.append(f"{days[0]}–{days[-1]} {text}" if len(days) > 1 else f"{days[0]} {text}")
    return lines


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
class Facts:
    """What is written of a provider. `agency`: code of its institution here.

    `offers`: each service with how many it takes in a day, where it said so; all in a fixed order.
    """

    name: str
    kind: str
    agency: str = ""
    secret: bool = False
    public: bool = False
    active: bool = True
    area_code: str = ""
    address: str = ""
    phone: str = ""
    contact: str = ""
    languages: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    served: tuple[str, ...] = ()
    offers: tuple[tuple[str, int | None], ...] = ()
    hours: tuple[Hours, ...] = ()

    @property
    def mark(self) -> str:
        """A short mark of all of it: another one means that somebody has mended it meanwhile."""
        return sha256(repr(self).encode()).hexdigest()[:MARK_SIGNS]

    def of_day(self, weekday: int) -> str:
        """The hours of a weekday as people write them."""
        return said((opens, closes) for day, opens, closes in self.hours if day == weekday)


def misfits(facts: Facts) -> list[str]:
    """Names of the fields that a secret place must leave empty and has not."""
    given = {
        "public": facts.public,
        "area_code": facts.area_code,
        "address": facts.address,
        "served": facts.served,
    }
    return [name for name, value in given.items() if value] if facts.secret else []


def given_away(kept: Facts, told: Facts, keeper_of: Iterable[str]) -> str:
    """The field by which a secret place would be given away; empty where by none.

    Nobody makes it open again: the list does not know who stays in it. `keeper_of`: codes of the
    agencies whose shelters whoever changes it keeps; they alone read who stays there.
    """
    if not kept.secret:
        return ""
    if not told.secret:
        return "secret"
    return "agency" if told.agency != kept.agency and kept.agency not in keeper_of else ""


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
