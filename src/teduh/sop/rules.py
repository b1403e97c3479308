"""Promises in time: pure functions over steps, calendars and moments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

GRAVE = frozenset({"extreme", "high"})
AT_NIGHT = timedelta(hours=24)  # what has longer can wait for the morning
APPROVERS = 2  # people who say yes to a version, none of them its drafter
NUDGE, MISS = 0, 1  # the first two moments of a promise; those after are the rungs of its ladder


class WrongBook(Exception):
    """A procedure that cannot be kept: the text says where and why."""


class UnknownStep(Exception):
    """No procedure in force has this step."""


class TooSoon(Exception):
    """A version may begin tomorrow at the earliest: what runs today was promised already."""


class VersionTaken(Exception):
    """Another text has this version's name."""


class NotTwice(Exception):
    """Whoever drafted a version, or approved it before, is no further approver."""


class NotOpen(Exception):
    """The promise is met or ended; nothing more can be done to it."""


@dataclass(frozen=True, slots=True)
class Rung:
    """Whom a missed promise is told to, and how long after its due time."""

    role: str
    after: timedelta


@dataclass(frozen=True, slots=True)
class Step:
    """One promise of a procedure."""

    key: str
    title: Mapping[str, str]  # language -> words
    starts: tuple[str, ...]  # the events it counts from
    stops: tuple[str, ...]  # the events that meet it
    within: Mapping[str, timedelta]  # band -> counted time
    office_hours: bool
    nudge: timedelta  # plain time before it is due
    owner: str  # role
    rungs: tuple[Rung, ...]
    source: Mapping[str, str]  # language -> law, standard or programme, with its year
    proposal: bool  # neither law nor programme: the office may choose another number
    automatic: bool  # whether something a machine does may meet it
    comes_after: tuple[str, ...] = ()  # steps that come first, where they were promised too


@dataclass(frozen=True, slots=True)
class Book:
    """One version of a procedure, in force from a day on."""

    name: str
    version: str
    since: date
    events: Mapping[str, Mapping[str, str]]  # event -> language -> words; version 2025-1 has none
    steps: Mapping[str, Step]


@dataclass(frozen=True, slots=True)
class Hours:
    """Office hours: from `opens` to `closes` on these weekdays (0 is Monday) but the free days."""

    opens: time
    closes: time
    weekdays: frozenset[int]
    free: frozenset[date]
    zone: ZoneInfo

    def of(self, day: date) -> tuple[datetime, datetime] | None:
        """When the office opens and closes that day, or None."""
        if day.weekday() not in self.weekdays or day in self.free:
            return None
        return (
            datetime.combine(day, self.opens, self.zone),
            datetime.combine(day, self.closes, self.zone),
        )


def after(at: datetime, span: timedelta, hours: Hours | None) -> datetime:
    """The moment when `span` of counted time has passed since `at`; every hour counts without hours.

    Raises WrongBook where the office does not open within a year.
    """
    if hours is None:
        return at + span
    day = at.astimezone(hours.zone).date()
    for _number in range(366):
        open_time = hours.of(day)
        if open_time:
            start, end = max(at, open_time[0]), open_time[1]
            if start < end and span <= end - start:
                return (start + span).astimezone(at.tzinfo)
            span -= max(end - start, timedelta())
        day += timedelta(days=1)
    raise WrongBook("the office never opens")


def counted(since: datetime, until: datetime, hours: Hours | None) -> timedelta:
    """How much counted time lies between two moments."""
    if until <= since:
        return timedelta()
    if hours is None:
        return until - since
    total, day = timedelta(), since.astimezone(hours.zone).date()
    while day <= until.astimezone(hours.zone).date():
        open_time = hours.of(day)
        if open_time:
            total += max(min(until, open_time[1]) - max(since, open_time[0]), timedelta())
        day += timedelta(days=1)
    return total


def moments(step: Step, due: datetime, hours: Hours | None) -> tuple[datetime, ...]:
    """When something happens by itself: the nudge, the miss, then each rung; never backwards."""
    rungs = (after(due, rung.after, hours) for rung in step.rungs)
    return (due - step.nudge, due, *rungs)


def due_after_pause(
    due: datetime, paused: datetime, resumed: datetime, hours: Hours | None
) -> datetime:
    """The due time once a pause is over: what counted time was left begins again."""
    return after(resumed, counted(paused, due, hours), hours)


def sooner(
    step: Step, began: datetime, due: datetime, bands: tuple[str, str], hours: Hours | None
) -> datetime:
    """The due time when the first band becomes the second: nearer by itself, never farther.

    What a pause gave back stays given.
    """
    before, now = (after(began, step.within[band], hours) for band in bands)
    return min(due, after(now, counted(before, due, hours), hours))


def asks_sooner(one: tuple[bool, datetime], other: tuple[bool, datetime]) -> bool:
    """Whether a promise (paused, due) asks sooner than another of the same step.

    What waits asks later than what runs, whenever it is due.
    """
    return one < other


def rings(step: Step, band: str) -> bool:
    """Whether word of a promise may not wait for the morning: grave, by day and night, in hours."""
    soon = step.within[band] <= AT_NIGHT
    return band in GRAVE and soon and not step.office_hours


def out_of_turn(step: Step, running: frozenset[str]) -> bool:
    """Whether a step is taken while one that comes first is still to be met."""
    return not running.isdisjoint(step.comes_after)


def may_approve(*, by: str, drafted_by: str, approved_by: frozenset[str]) -> None:
    """Raise NotTwice when this member's yes adds no further pair of eyes."""
    if by == drafted_by or by in approved_by:
        raise NotTwice


def band_of(danger: str, *, child: bool) -> str:
    """The band of a report nobody has assessed yet: what was said about danger decides.

    Not saying is not safe: it counts as medium, and a child's report no less than high.
    """
    if danger == "unsafe":
        return "extreme"
    if child or danger == "unsure":
        return "high"
    return "medium"
