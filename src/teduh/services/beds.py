"""Beds and nights: who fits where, until when, and the picture of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

STAY_DAYS = 14  # by default: practice of Natuna and Bintan, field facts 2.1; a proposal
LONGER_MOST = 14  # days by which one extension makes a stay longer at most; a proposal
AHEAD_MOST = (
    STAY_DAYS + LONGER_MOST
)  # from today; so far the step stay_end of the procedure promises
BEDS_MOST, PERSONS_MOST = 40, 12  # more is a slip of the hand
WIDE, SIDE, ROW, TOP = 22, 96, 18, 26  # pixels of the picture: a day, the names, a bed, the days


class Full(Exception):
    """The room has fewer beds left than that."""


class Unfit(Exception):
    """The room is for others, closed, or cannot be reached with a wheelchair."""


class Housed(Exception):
    """Somebody of this case has a place already."""


class WrongDay(Exception):
    """A stay ends after it begins, and is made longer by some days only."""


def suits(room: str, *, group: str, reachable: bool, wheelchair: bool) -> bool:
    """Whether a room for one group takes somebody of another; `reachable`: with a wheelchair."""
    return room == group and (reachable or not wheelchair)


def checked_until(today: date, until: date) -> date:
    """The day until which a new stay is planned. Raises WrongDay."""
    if not today < until <= today + timedelta(days=STAY_DAYS):
        raise WrongDay
    return until


def checked_longer(today: date, old: date, new: date) -> date:
    """The later day. Raises WrongDay."""
    begins = max(old, today)
    last = min(begins + timedelta(days=LONGER_MOST), today + timedelta(days=AHEAD_MOST))
    if not begins < new <= last:
        raise WrongDay
    return new


def nights(begun: date, left: date | None, since: date, until: date) -> int:
    """Nights of a stay from `since` to the day before `until`; who left slept the night before last."""
    last = min(left or until, until)
    return max((last - max(begun, since)).days, 0)


@dataclass(frozen=True, slots=True)
class Slept:
    """A stay as the picture needs it; `room`: the number of its room in the order shown."""

    room: int
    persons: int
    begun: date
    until: date
    left: date | None
    code: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bed for one stay; `kind`: met (gone), running, late (past its day)."""

    x: int
    y: int
    width: int
    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Beds below each other, days beside each other."""

    days: list[tuple[date, int]]
    rooms: list[tuple[int, int]]  # number, where its name stands
    beds: list[int]  # where each bed lies, taken or not
    bars: list[Bar]
    width: int
    height: int
    today: int  # where today begins
    left: int = SIDE


def picture(
    beds: Sequence[int], stays: Sequence[Slept], first: date, days: int, today: date
) -> Picture:
    """The picture of so many days from `first`; `beds`: how many each room has."""
    tops = [TOP + ROW * sum(beds[:number]) + 6 * number for number in range(len(beds))]
    last = first + timedelta(days=days)
    free: list[list[date]] = [[date.min] * count for count in beds]
    bars = []
    for stay in sorted(stays, key=lambda one: (one.begun, one.code)):
        end = stay.left or max(stay.until, today + timedelta(days=1))
        lanes = [lane for lane, since in enumerate(free[stay.room]) if since <= stay.begun]
        for lane in lanes[: stay.persons]:
            free[stay.room][lane] = end
            begin, stop = max(stay.begun, first), min(end, last)
            if begin < stop:
                x = SIDE + WIDE * (begin - first).days
                wide = WIDE * (stop - begin).days - 2
                y = tops[stay.room] + ROW * lane
                bars.append(Bar(x, y, wide, _kind(stay, today), stay.code))
    return Picture(
        days=[(first + timedelta(days=n), SIDE + WIDE * n) for n in range(0, days, 7)],
        rooms=[(number + 1, top + 12) for number, top in enumerate(tops)],
        beds=[
            top + ROW * n + 7 for top, count in zip(tops, beds, strict=True) for n in range(count)
        ],
        bars=bars,
        width=SIDE + WIDE * days,
        height=TOP + ROW * sum(beds) + 6 * len(beds),
        today=SIDE + WIDE * (today - first).days,
    )


def _kind(stay: Slept, today: date) -> str:
    if stay.left:
        return "met"
    return "late" if stay.until < today else "running"
