"""Decisions about counsellors' slots and sessions: pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

MOVES: Mapping[str, frozenset[str]] = {
    "booked": frozenset({"held", "missed", "called_off"}),
    "held": frozenset(),
    "missed": frozenset(),
    "called_off": frozenset(),
}
TAKES = frozenset({"booked", "held", "missed"})  # a slot that was called off is free again
MISSED_IN_A_ROW = 2  # from then on somebody asks after her; capability row 86, a proposal
QUIET_WEEKS = 3  # without a session and with none ahead; a proposal
LOOK_BACK = 26  # weeks of sessions that the alert looks at; a proposal
AHEAD = 8  # weeks for which sessions may be booked; a proposal
LONGEST = 240  # minutes of a session at most


class Taken(Exception):
    """Somebody booked this slot of this day before, or she has something else then."""


class NotOffered(Exception):
    """No such slot on that day, or its counsellor has no place in the case."""


class Overlaps(Exception):
    """Two slots of one counsellor would meet."""


class StillBooked(Exception):
    """Sessions are booked in this slot after the day on which it would end."""


class WrongMove(Exception):
    """From where it stands it cannot go there."""


@dataclass(frozen=True, slots=True)
class Offered:
    """When a slot is there: each week on a weekday (0 is Monday), or once; `until` is no part of it."""

    weekday: int
    since: date
    until: date | None
    begins: time
    ends: time

    def on(self, day: date) -> bool:
        """Whether it is there on a day."""
        running = self.since <= day and (self.until is None or day < self.until)
        return running and day.weekday() == self.weekday

    def days(self, first: date, last: date) -> list[date]:
        """The days on which it is there, from `first` to `last`, both included."""
        ahead = timedelta(days=(self.weekday - first.weekday()) % 7)
        found, day = [], first + ahead
        while day <= last:
            if self.on(day):
                found.append(day)
            day += timedelta(days=7)
        return found

    def meets(self, other: "Offered") -> bool:
        """Whether both could be on one day and share a minute of it."""
        first = max(self.since, other.since)
        last = min(end for end in (self.until, other.until, date.max) if end is not None)
        same = self.weekday == other.weekday and self.begins < other.ends
        if not (same and other.begins < self.ends) or first >= last:
            return False
        ahead = timedelta(days=(self.weekday - first.weekday()) % 7)
        return first + ahead < last


def once(day: date, begins: time, ends: time) -> Offered:
    """A slot of one day."""
    return Offered(day.weekday(), day, day + timedelta(days=1), begins, ends)


def may_move(state: str, to: str) -> bool:
    """Whether a session may go from here to there."""
    return to in MOVES.get(state, frozenset())


@dataclass(frozen=True, slots=True)
class Sat:
    """What the alert needs to know of a session."""

    day: date
    state: str
    final: bool = False


def fading(sessions: Sequence[Sat], day: date) -> str:
    """Why somebody should ask after her: "missed", "quiet", or nothing.

    Two missed in a row, whichever came between that was called off; or weeks since the last session
    and none ahead. Never after a session that both agreed was the last one.
    """
    past = sorted((one for one in sessions if one.state in {"held", "missed"}), key=_day)
    if not past or past[-1].final:
        return ""
    row = past[-MISSED_IN_A_ROW:]
    if len(row) == MISSED_IN_A_ROW and all(one.state == "missed" for one in row):
        return "missed"
    ahead = any(one.state == "booked" and one.day >= day for one in sessions)
    if not ahead and day - past[-1].day > timedelta(weeks=QUIET_WEEKS):
        return "quiet"
    return ""


def _day(one: Sat) -> date:
    return one.day
