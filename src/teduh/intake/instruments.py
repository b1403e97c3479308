"""Risk instruments: data/instruments/<name>.<version>.toml, and those a city loads of its own."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from teduh.intake.scoring import BANDS, Instrument, Question
from teduh.intake.words import InstrumentKind

DATA = Path(__file__).parent / "data" / "instruments"
LANGUAGES = {"id", "en"}


class WrongInstrument(Exception):
    """A file that no risk can be assessed with: the text says where and why."""


class UnknownInstrument(Exception):
    """There is no such instrument, or not in this version."""


def in_force(kind: str, day: date) -> list[Instrument]:
    """The newest version of each instrument of a kind that has begun; a city's own come first."""
    newest: dict[str, tuple[date, Instrument]] = {}
    for since, one in _all():
        begun, _older = newest.get(one.name, (date.min, None))
        if one.kind == kind and begun <= since <= day:
            newest[one.name] = (since, one)
    return [one for _since, one in newest.values()]


def named(name: str, version: str) -> Instrument:
    """This very version, in force or not: what was assessed with it stays readable.

    Raises UnknownInstrument.
    """
    for _since, one in _all():
        if (one.name, one.version) == (name, version):
            return one
    raise UnknownInstrument(f"{name}.{version}")


def said(words: Mapping[str, str]) -> str:
    """A text of an instrument in the reader's language."""
    return words[(get_language() or "id")[:2]]


def told(instrument: Instrument) -> dict[str, Any]:
    """What a browser needs to compute score and band; no words."""
    return {
        "name": instrument.name,
        "version": instrument.version,
        "bands": dict(instrument.bands),
        "together": dict(instrument.together),
        "unanswered": instrument.unanswered,
        "questions": [
            {"key": one.key, "weight": one.weight, "floor": one.floor}
            for one in instrument.questions
        ],
    }


def read(words: Mapping[str, Any]) -> Instrument:
    """An instrument from the words of its file. Raises WrongInstrument, with the place."""
    name = f"{words.get('name')}.{words.get('version')}"
    try:
        made = Instrument(
            name=str(words["name"]),
            version=str(words["version"]),
            kind=InstrumentKind(words["kind"]).value,
            title=words["title"],
            intro=words["intro"],
            parts=words["part"],
            bands={band: int(start) for band, start in words["bands"].items()},
            together={band: int(n) for band, n in words.get("together", {}).items()},
            unanswered=str(words["unanswered"]),
            questions=tuple(_question(one) for one in words["question"]),
        )
        _check(made)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WrongInstrument(f"{name}: {error!r}") from error
    return made


def _question(words: Mapping[str, Any]) -> Question:
    return Question(
        key=str(words["key"]),
        part=str(words["part"]),
        text={"id": str(words["id"]), "en": str(words["en"])},
        weight=int(words["weight"]),
        floor=str(words.get("floor", "")),
    )


def _check(made: Instrument) -> None:
    keys = [one.key for one in made.questions]
    floors = {one.floor for one in made.questions} - {""}
    used = {made.unanswered, *made.bands, *made.together, *floors}
    rising = [made.bands[band] for band in reversed(BANDS) if band in made.bands]
    if not used <= set(BANDS):
        raise ValueError(f"no such band: {', '.join(sorted(used - set(BANDS)))}")
    if not keys or len(set(keys)) != len(keys):
        raise ValueError("every question once, and at least one")
    if any(one.weight < 0 for one in made.questions) or min(made.together.values(), default=1) < 1:
        raise ValueError("a yes never lowers the risk: no weight below 0, no count below 1")
    if rising != sorted(set(rising)) or not rising or rising[0] < 1:
        raise ValueError("bands begin at a score of 1 or more, each higher one later")
    if any(set(words) != LANGUAGES for words in (made.title, made.intro, *made.parts.values())):
        raise ValueError("title, intro and parts in id and en")
    if {one.part for one in made.questions} != set(made.parts):
        raise ValueError("parts named or used only once")


@cache
def _all() -> tuple[tuple[date, Instrument], ...]:
    folders = [Path(settings.TEDUH_INSTRUMENTS)] if settings.TEDUH_INSTRUMENTS else []
    files = [file for folder in (*folders, DATA) for file in sorted(folder.glob("*.*.toml"))]
    found = [_file(file) for file in files]
    names = [(one.name, one.version) for _since, one in found]
    if len(set(names)) != len(names):
        raise WrongInstrument("two files of one name and version")
    return tuple(found)


def _file(file: Path) -> tuple[date, Instrument]:
    try:
        words = tomllib.loads(file.read_text(encoding="utf-8"))
        made, since = read(words), words["from"]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise WrongInstrument(f"{file.name}: {error!r}") from error
    if file.name != f"{made.name}.{made.version}.toml" or not isinstance(since, date):
        raise WrongInstrument(f"{file.name}: named <name>.<version>.toml, with the day of `from`")
    return since, made
