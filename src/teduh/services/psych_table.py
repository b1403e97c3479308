"""Goals, ends and instruments of psychological support, from data/psych.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from teduh.services.care_table import said
from teduh.services.kinds import Words

FILE = Path(__file__).parent / "data" / "psych.toml"
CODE = 16  # letters of a code, as the tables keep it
LANGUAGES = ("en", "id")


@dataclass(frozen=True, slots=True)
class Word:
    """A code and its words."""

    code: str
    words: Words
    good: bool = False

    @property
    def label(self) -> str:
        """In the reader's language."""
        return said(self.words)


@dataclass(frozen=True, slots=True)
class Instrument(Word):
    """Questions with answers from `least` to `most`; their sum times `factor` is the score."""

    licence: Words | None = None
    least: int = 0
    most: int = 10
    factor: int = 1
    better: str = "high"
    watch: int | None = None
    ends: Words | None = None
    ask: tuple[Word, ...] = ()

    @property
    def top(self) -> int:
        """The highest score."""
        return self.most * len(self.ask) * self.factor

    @property
    def figures(self) -> range:
        """The answers there are."""
        return range(self.least, self.most + 1)

    @property
    def free(self) -> str:
        """By which licence it may be used."""
        return said(self.licence or {})

    @property
    def hint(self) -> str:
        """What the ends of the scale mean."""
        return said(self.ends or {})


@dataclass(frozen=True, slots=True)
class Tables:
    """What the file says."""

    goals: dict[str, Word]
    reasons: dict[str, Word]
    instruments: dict[str, Instrument]


@cache
def tables() -> Tables:
    """The file of this release."""
    return parse(FILE.read_text(encoding="utf-8"))


def parse(text: str) -> Tables:
    """The tables of a text. Raises ValueError with the place where one cannot be right."""
    told = tomllib.loads(text)
    return Tables(
        _by_code(told, "goal", _word),
        _by_code(told, "reason", _word),
        _by_code(told, "instrument", _instrument),
    )


def _by_code(told: dict[str, Any], name: str, read: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, row in enumerate(told.get(name, []), 1):
        where = f"{name} {row.get('code', number)}"
        one = read(row, where)
        if one.code in found:
            raise ValueError(f"{where}: twice")
        found[one.code] = one
    if not found:
        raise ValueError(f"{name}: none")
    return found


def _word(row: dict[str, Any], where: str) -> Word:
    code = row.get("code")
    if not isinstance(code, str) or not code.isidentifier() or len(code) > CODE:
        raise ValueError(f"{where}: code")
    return Word(code, _words(row, where), good=row.get("good", False) is True)


def _words(row: dict[str, Any], where: str) -> Words:
    if any(not isinstance(row.get(name), str) for name in LANGUAGES):
        raise ValueError(f"{where}: id, en")
    return {name: row[name] for name in LANGUAGES}


def _instrument(row: dict[str, Any], where: str) -> Instrument:
    word = _word(row, where)
    asked = tuple(_word(one, f"{where} ask") for one in row.get("ask", []))
    figures = [row.get(name) for name in ("least", "most", "factor")]
    if not all(type(one) is int for one in figures):
        raise ValueError(f"{where}: least, most, factor")
    least, most, factor = (int(one) for one in figures if one is not None)
    if least != 0 or most < 1 or factor < 1 or not asked:
        raise ValueError(f"{where}: least, most, factor, ask")
    if len({one.code for one in asked}) != len(asked):
        raise ValueError(f"{where}: ask twice")
    if row.get("better") not in {"high", "low"}:
        raise ValueError(f"{where}: better")
    watch = row.get("watch")
    made = Instrument(
        word.code,
        word.words,
        licence=_words(row.get("licence", {}), f"{where} licence"),
        least=least,
        most=most,
        factor=factor,
        better=row["better"],
        watch=watch,
        ends=_words(row.get("ends", {}), f"{where} ends"),
        ask=asked,
    )
    if watch is not None and not 0 < watch < made.top:
        raise ValueError(f"{where}: watch")
    return made
