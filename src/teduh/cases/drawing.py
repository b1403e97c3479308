"""Where the days of a case stand in its picture: numbers only, the template draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise

WIDE, EDGE, ROW, TOP = 720, 12, 40, 34  # pixels: all, left of the first day, a lane, the days
SHORT = 20  # rows of a table that nobody minds to scroll
MOST_DAYS = 8  # days named on the axis


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted from day to day; `kind`: met, late, running, ended or moment."""

    label: str | Promise
    since: date
    until: date
    kind: str
    said: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A span as it is drawn."""

    span: Span
    x: int
    width: int
    y: str
    text_y: str  # empty where its lane is named already


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is drawn: the days on top, a lane for what bears one name, the height of all."""

    days: list[tuple[date, int]]
    bars: list[Bar]
    height: str


@dataclass(frozen=True, slots=True)
class Month:
    """What began in one month, folded; `day`: its first."""

    day: date
    spans: list[Span]


def folded(spans: Sequence[Span], today: date) -> tuple[list[Month], list[Span]]:
    """Older months, each for itself, and what stands open: what began in the last two months of the
    case, and whatever still runs. A short table is not folded.
    """
    told = sorted(spans, key=lambda span: (span.since, span.until))
    last = min(today, max((one.until for one in told), default=today))
    since = (last.replace(day=1) - timedelta(days=1)).replace(day=1)
    older = [one for one in told if one.since < since and one.until < last]
    if len(told) <= SHORT or not older:
        return [], told
    months: dict[date, list[Span]] = {}
    for one in older:
        months.setdefault(one.since.replace(day=1), []).append(one)
    return [Month(*each) for each in months.items()], [one for one in told if one not in older]


def place_of(day: date, first: date, last: date) -> int:
    """Where a day stands between the left and the right edge."""
    room, length = WIDE - EDGE - 20, max((last - first).days, 1)
    return EDGE + round(room * (day - first).days / length)


def picture(spans: Sequence[Span], today: date) -> Picture:
    """The picture of these spans, from their first day to their last, or to today."""
    first = min((one.since for one in spans), default=today)
    last = max(today, *(one.until for one in spans)) if spans else today
    last = max(last, first + timedelta(days=1))
    bars: list[Bar] = []
    lanes: list[tuple[str, int]] = []
    for span in spans:
        x, end = place_of(span.since, first, last), place_of(span.until, first, last)
        label = str(span.label)
        number = _lane(lanes, label, x)
        named, y = number < len(lanes), TOP + number * ROW
        lanes[number : number + 1] = [(label, end)]
        bars.append(Bar(span, x, max(end - x, 8), str(y + 20), "" if named else str(y + 14)))
    step = max(1, -(-(last - first).days // MOST_DAYS))
    days = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, step)]
    return Picture(
        [(day, place_of(day, first, last)) for day in days],
        bars,
        str(TOP + len(lanes) * ROW + 8),
    )


def _lane(lanes: Sequence[tuple[str, int]], label: str, x: int) -> int:
    """The lane of this name that is free from here on, or a new one."""
    free = (n for n, (name, end) in enumerate(lanes) if name == label and end <= x)
    return next(free, len(lanes))
