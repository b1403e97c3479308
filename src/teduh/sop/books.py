"""The procedures in force: data/<name>.<version>.toml, and the days on which the office is closed."""

import tomllib
from collections.abc import Mapping
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from teduh.access.roles import ROLES
from teduh.sop.rules import Book, Hours, Rung, Step, UnknownStep, WrongBook
from teduh.sop.words import Band, Calendar

DATA = Path(__file__).parent / "data"
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def in_force(name: str, day: date) -> Book:
    """The newest version of a procedure whose first day has come. Raises UnknownStep."""
    begun = [book for book in _all() if book.name == name and book.since <= day]
    if not begun:
        raise UnknownStep(name)
    return max(begun, key=lambda book: book.since)


def step(name: str, version: str, key: str) -> Step:
    """A step as the version says under which it was promised. Raises UnknownStep."""
    for book in _all():
        if (book.name, book.version) == (name, version) and key in book.steps:
            return book.steps[key]
    raise UnknownStep(f"{name}.{version}:{key}")


def hours_of(step: Step) -> Hours | None:
    """The hours that count for a step, or None where every hour does."""
    return office_hours() if step.office_hours else None


@cache
def office_hours() -> Hours:
    """When the office is open; free days are those of the yearly decree (data/days.toml)."""
    told = tomllib.loads((DATA / "days.toml").read_text())
    opening = told["office"]
    return Hours(
        time.fromisoformat(opening["opens"]),
        time.fromisoformat(opening["closes"]),
        frozenset(opening["weekdays"]),
        frozenset(row["day"] for row in told["free"]),
        ZoneInfo(settings.TIME_ZONE),
    )


def span(text: str) -> timedelta:
    """ "30m", "6h" or "14d" as a time. Raises WrongBook."""
    try:
        return timedelta(**{UNITS[text[-1]]: int(text[:-1])})
    except (KeyError, IndexError, ValueError) as error:
        raise WrongBook(f"{text!r} is no time such as 30m, 6h, 14d") from error


def read(told: Mapping[str, Any]) -> Book:
    """A procedure from the words of its file. Raises WrongBook, with the place."""
    name = f"{told.get('name')}.{told.get('version')}"
    try:
        steps = [_step(one) for one in told["step"]]
        events = told.get("event", {})
        book = Book(
            told["name"], told["version"], told["from"], events, {one.key: one for one in steps}
        )
    except (KeyError, TypeError, ValueError) as error:
        raise WrongBook(f"{name}: {error!r}") from error
    if len(book.steps) != len(steps):
        raise WrongBook(f"{name}: a step stands there twice")
    named = {event for one in steps for event in (*one.starts, *one.stops)}
    if events and set(events) != named:
        raise WrongBook(f"{name}: events named or used only once: {set(events) ^ named}")
    if any(set(words) != {"id", "en"} for words in events.values()):
        raise WrongBook(f"{name}: every event in id and en")
    return book


def _step(told: Mapping[str, Any]) -> Step:
    starts = told["starts"]
    made = Step(
        key=told["key"],
        title=told["title"],
        starts=(starts,) if isinstance(starts, str) else tuple(starts),
        stops=tuple(told["stops"]),
        within={band: span(text) for band, text in told["within"].items()},
        office_hours=Calendar(told["calendar"]) == Calendar.OFFICE,
        nudge=span(told["nudge"]),
        owner=told["owner"],
        rungs=tuple(Rung(one["role"], span(one["after"])) for one in told["rungs"]),
        source=told["source"],
        proposal=told["proposal"],
        automatic=told["automatic"],
    )
    _check(made)
    _check_office_hours(told)
    return made


def _check_office_hours(told: Mapping[str, Any]) -> None:
    times = [*told["within"].values(), *(one["after"] for one in told["rungs"])]
    if Calendar(told["calendar"]) == Calendar.OFFICE and any(one.endswith("d") for one in times):
        raise WrongBook(f"{told['key']}: office hours are told in hours, a day of them has no 24")


def _check(step: Step) -> None:
    if set(step.within) != set(Band.values):
        raise WrongBook(f"{step.key}: every band needs its time, and no other")
    if any(set(words) != {"id", "en"} for words in (step.title, step.source)):
        raise WrongBook(f"{step.key}: title and source in id and en")
    if not step.starts:
        raise WrongBook(f"{step.key}: nothing would ever begin it")
    if not step.stops:
        raise WrongBook(f"{step.key}: nothing would ever meet it")
    waits = [rung.after for rung in step.rungs]
    if not waits or waits != sorted(set(waits)):
        raise WrongBook(f"{step.key}: rungs, each later than the one before")
    unknown = {step.owner, *(rung.role for rung in step.rungs)} - set(ROLES)
    if unknown:
        raise WrongBook(f"{step.key}: no such role: {', '.join(sorted(unknown))}")


@cache
def _all() -> tuple[Book, ...]:
    files = sorted(DATA.glob("*.*.toml"))
    return tuple(read(tomllib.loads(file.read_text())) for file in files)
