"""Decisions about a visit to several stations on one day: pure functions."""

from collections.abc import Mapping, Sequence
from datetime import time
from itertools import pairwise

Span = tuple[time, time]  # from, to, in the city's time

OPENS, CLOSES = time(7), time(20)  # a visit lies in between; a proposal
WITHOUT_BREAK = 120  # minutes from one station to the next until a break is offered; a proposal
BREAK = 15  # minutes that count as one; a proposal
PATIENCE = 15  # minutes after which a station that has not begun, or not ended, is late; a proposal
STATIONS = 8  # of one visit at most

# state of a station -> where it may go. Nothing leaves an end.
MOVES: Mapping[str, frozenset[str]] = {
    "waiting": frozenset({"under_way", "skipped", "moved"}),
    "under_way": frozenset({"done", "skipped"}),
    "done": frozenset(),
    "skipped": frozenset(),
    "moved": frozenset(),
}
ENDS = frozenset(state for state, onward in MOVES.items() if not onward)
BY_PARTNER = frozenset(
    {"under_way", "done", "skipped"}
)  # who moves it to another day is the office
OPEN_VISITS = frozenset({"planned", "under_way"})


class Unfit(Exception):
    """Times that are no timetable: "backwards", "outside", "overlap", "many" or "none"."""


class NotAgreed(Exception):
    """Another agency would hear of her without her yes."""


class WrongMove(Exception):
    """From where it stands it cannot go there."""


class Changed(Exception):
    """Somebody else was faster; carries the state in which it is now."""


def check(spans: Sequence[Span], busy: Sequence[Span] = ()) -> None:
    """Raises Unfit where a span runs backwards or outside the day, or meets another or what she
    has that day already.
    """
    if not spans or len(spans) > STATIONS:
        raise Unfit("many" if spans else "none")
    for span in spans:
        _check_one(span)
    taken = [(one, other) for one in spans for other in busy]
    if any(meet(one, other) for one, other in [*pairwise(sorted(spans)), *taken]):
        raise Unfit("overlap")


def _check_one(span: Span) -> None:
    begins, ends = span
    if begins >= ends:
        raise Unfit("backwards")
    if begins < OPENS or ends > CLOSES:
        raise Unfit("outside")


def meet(one: Span, other: Span) -> bool:
    """Whether two spans share a minute; the end of one may be the begin of the other."""
    return one[0] < other[1] and other[0] < one[1]


def breaks(spans: Sequence[Span]) -> list[time]:
    """Where a break should be offered: the ends of stations after too long without one."""
    offered: list[time] = []
    ordered, since = sorted(spans), 0
    for at, (begins, ends) in enumerate(ordered):
        if at == 0 or _minute(begins) - _minute(ordered[at - 1][1]) >= BREAK:
            since = _minute(begins)
        if at + 1 < len(ordered) and _minute(ends) - since >= WITHOUT_BREAK:
            if _minute(ordered[at + 1][0]) - _minute(ends) < BREAK:
                offered.append(ends)
            since = _minute(ends)
    return offered


def may_move(state: str, to: str) -> bool:
    """Whether a station may go from here to there."""
    return to in MOVES.get(state, frozenset())


def is_late(state: str, span: Span, now: time) -> bool:
    """Whether a station of today should have begun, or ended, a while ago."""
    if state == "waiting":
        return _minute(now) - _minute(span[0]) > PATIENCE
    return state == "under_way" and _minute(now) - _minute(span[1]) > PATIENCE


def visit_state(stations: Sequence[str]) -> str:
    """How far a visit is, told by its stations."""
    if stations and all(state in ENDS for state in stations):
        return "done"
    return "planned" if all(state == "waiting" for state in stations) else "under_way"


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
