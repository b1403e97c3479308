"""The procedures as they are written: data/<name>.<version>.toml, and the days the office is closed.

Versions of data/adopted.toml came with the first release and are adopted with it; every other one
takes two approvals (queries.in_force).
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from teduh.access.roles import ROLES
from teduh.sop.rules import Book, Hours, Rung, Step, WrongBook
from teduh.sop.words import Band, Calendar

DATA = Path(__file__).parent / "data"
UNITS = {"m": "minutes", "h": "hours", "d": "days"}
LONGEST = timedelta(days=400)  # a protection order lasts a year; longer is a slip of the pen
NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
LANGUAGES = {"id", "en"}


@dataclass(frozen=True, slots=True)
class Shipped:
    """A version as it lies in the folder of this release."""

    book: Book
    text: str
    sha: str
    adopted_sha: str  # what it was when it was adopted, or nothing

    @property
    def adopted(self) -> bool:
        """Whether it is in force without approvals, because the first release brought it."""
        return bool(self.adopted_sha)

    @property
    def edited(self) -> bool:
        """Whether somebody changed what was adopted."""
        return self.adopted and self.sha != self.adopted_sha


def sha_of(text: str) -> str:
    """The SHA-256 of a version's text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def shipped() -> dict[tuple[str, str], Shipped]:
    """Every version in the folder, by name and version."""
    return look()


def look(folder: Path = DATA) -> dict[tuple[str, str], Shipped]:
    """The same as it lies there this moment."""
    adopted = tomllib.loads((folder / "adopted.toml").read_text())["adopted"]
    shas = {(one["name"], one["version"]): one["sha256"] for one in adopted}
    found = {}
    for file in sorted(folder.glob("*.*.toml")):
        text = file.read_text(encoding="utf-8")
        book = parse(text)
        key = (book.name, book.version)
        found[key] = Shipped(book, text, sha_of(text), shas.get(key, ""))
    return found


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


@lru_cache(maxsize=32)
def parse(text: str) -> Book:
    """A procedure from the text of its file. Raises WrongBook, with the place."""
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WrongBook(_("bukan TOML: %(why)s") % {"why": error}) from error
    return read(told)


def span(text: str) -> timedelta:
    """ "30m", "6h" or "14d" as a time. Raises WrongBook."""
    try:
        number, unit = re.fullmatch(r"(\d{1,5})([mhd])", text).groups()  # type: ignore[union-attr]  # caught
        return timedelta(**{UNITS[unit]: int(number)})
    except (AttributeError, TypeError) as error:
        raise WrongBook(_("%(text)s bukan waktu seperti 30m, 6h, 14d") % {"text": text}) from error


def read(told: Mapping[str, Any]) -> Book:
    """A procedure from the words of its file. Raises WrongBook, with the place."""
    name = f"{told.get('name')}.{told.get('version')}"
    try:
        _check_head(told)
        steps = [_step(one) for one in told["step"]]
        events = told.get("event", {})
        book = Book(
            told["name"], told["version"], told["from"], events, {one.key: one for one in steps}
        )
        _check_events(book)
    except KeyError as error:
        raise WrongBook(
            _("%(name)s: %(what)s tidak ada") % {"name": name, "what": error}
        ) from error
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise WrongBook(f"{name}: {error}") from error
    if len(book.steps) != len(steps):
        raise WrongBook(_("%(name)s: ada langkah yang ditulis dua kali") % {"name": name})
    return book


def _check_head(told: Mapping[str, Any]) -> None:
    named = (told["name"], told["version"])
    lengths = zip(named, (32, 16), strict=True)
    if not all(NAME.fullmatch(one) and len(one) <= most for one, most in lengths):
        raise WrongBook(_("nama dan versi: huruf kecil, angka, tanda hubung"))
    if type(told["from"]) is not date:
        raise WrongBook(_("from: hari pertamanya, seperti 2027-01-31"))
    if set(told["title"]) != LANGUAGES:
        raise WrongBook(_("title: dalam id dan en"))


def _check_events(book: Book) -> None:
    named = {event for one in book.steps.values() for event in (*one.starts, *one.stops)}
    odd = ", ".join(sorted(set(book.events) ^ named))
    if book.events and odd:
        raise WrongBook(_("kejadian hanya disebut sekali: %(odd)s") % {"odd": odd})
    if any(set(words) != LANGUAGES for words in book.events.values()):
        raise WrongBook(_("setiap kejadian dalam id dan en"))
    first = {key for one in book.steps.values() for key in one.comes_after}
    unknown = ", ".join(sorted(first - set(book.steps)))
    if unknown:
        raise WrongBook(_("langkah yang tidak ada: %(odd)s") % {"odd": unknown})


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
        comes_after=tuple(told.get("comes_after", ())),
    )
    if not NAME.fullmatch(made.key) or len(made.key) > 32:
        raise WrongBook(_("%(step)s: huruf kecil dan angka saja") % {"step": made.key})
    for wrong, text in _faults(made):
        if wrong:
            raise WrongBook(f"{made.key}: {text}")
    times = [*told["within"].values(), *(one["after"] for one in told["rungs"])]
    if made.office_hours and any(one.endswith("d") for one in times):
        raise WrongBook(f"{made.key}: {_('jam kerja ditulis dengan jam, bukan hari')}")
    return made


def _faults(step: Step) -> list[tuple[bool, str]]:
    waits = [rung.after for rung in step.rungs]
    unknown = {step.owner, *(rung.role for rung in step.rungs)} - set(ROLES)
    longest = max([*step.within.values(), *waits, step.nudge])
    told = [
        text for one in (step.title, step.source) if isinstance(one, dict) for text in one.values()
    ]
    words = [*told, *step.starts, *step.stops]
    return [
        (
            set(step.within) != set(Band.values),
            _("setiap risiko perlu waktunya, tidak ada yang lain"),
        ),
        (
            any(set(one) != LANGUAGES for one in (step.title, step.source)),
            _("title dan source dalam id dan en"),
        ),
        (not all(isinstance(one, str) for one in words), _("kata-katanya dalam tanda kutip")),
        (not step.starts, _("tidak ada yang memulainya")),
        (not step.stops, _("tidak ada yang menepatinya")),
        (
            not waits or waits != sorted(set(waits)),
            _("rungs: yang diberi tahu, masing-masing lebih lambat dari sebelumnya"),
        ),
        (longest > (LONGEST / 24 if step.office_hours else LONGEST), _("waktunya terlalu lama")),
        (
            not isinstance(step.proposal, bool) or not isinstance(step.automatic, bool),
            _("proposal dan automatic: true atau false"),
        ),
        (bool(unknown), _("tidak ada peran %(role)s") % {"role": ", ".join(sorted(unknown))}),
    ]
