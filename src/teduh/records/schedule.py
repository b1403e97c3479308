"""The retention schedule, from data/schedule.toml, in the reader's language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

FILE = Path(__file__).parent / "data" / "schedule.toml"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: how many years it is kept, since what, what ends it, by which source.

    `years_by_age`: for children, by age band; then `years` is 0.
    """

    key: str
    ends: str
    proposal: bool
    confidence: str
    told: Mapping[str, Mapping[str, str]]
    years: int = 0
    years_by_age: Mapping[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What the records are."""
        return _said(self.told, "title")

    @property
    def since(self) -> str:
        """What the years count from."""
        return _said(self.told, "since")

    @property
    def source(self) -> str:
        """The law, with its date, and what of the number is ours."""
        return _said(self.told, "source")


@dataclass(frozen=True, slots=True)
class Demand:
    """Something a survivor may ask of her data: within how many hours it is answered, by which law."""

    key: str
    hours: int
    proposal: bool
    confidence: str
    told: Mapping[str, Mapping[str, str]]

    @property
    def title(self) -> str:
        """What is asked for."""
        return _said(self.told, "title")

    @property
    def source(self) -> str:
        """The law, and what of the hours is ours."""
        return _said(self.told, "source")


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its key, in the order of the file."""
    return {row["key"]: Kind(**_told(row)) for row in _file()["kind"]}


@cache
def demands() -> Mapping[str, Demand]:
    """What may be asked, by its key, in the order of the file."""
    return {row["key"]: Demand(**_told(row)) for row in _file()["request"]}


def version() -> str:
    """Which schedule this is."""
    return str(_file()["version"])


def breach_hours() -> int:
    """Hours after a breach was known within which it is told."""
    return int(_file()["breach"]["hours"])


def breach_source() -> str:
    """The law that asks for it."""
    return _said(_file()["breach"], "source")


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its words, each in both languages, apart."""
    words = {name: value for name, value in row.items() if name in ("title", "since", "source")}
    rest = {name: value for name, value in row.items() if name not in words}
    return {**rest, "told": words}


def _said(told: Mapping[str, Mapping[str, str]], name: str) -> str:
    return told[name]["en" if (get_language() or "id").startswith("en") else "id"]
