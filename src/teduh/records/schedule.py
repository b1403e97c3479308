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
        return self._said("title")

    @property
    def since(self) -> str:
        """What the years count from."""
        return self._said("since")

    @property
    def source(self) -> str:
        """The law, with its date, and what of the number is ours."""
        return self._said("source")

    def _said(self, name: str) -> str:
        return self.told[name]["en" if (get_language() or "id").startswith("en") else "id"]


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its key, in the order of the file."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {row["key"]: _kind(row) for row in told["kind"]}


def version() -> str:
    """Which schedule this is."""
    return str(tomllib.loads(FILE.read_text(encoding="utf-8"))["version"])


def _kind(row: Mapping[str, Any]) -> Kind:
    words = ("title", "since", "source")
    told = {name: row[name] for name in words}
    return Kind(told=told, **{name: value for name, value in row.items() if name not in words})
