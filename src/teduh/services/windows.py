"""What helps best within how many hours, from data/windows.toml, in the reader's language."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).parent / "data" / "windows.toml"


@dataclass(frozen=True, slots=True)
class Window:
    """One thing that helps best before so many hours since the violence; none: at any time.

    `now` says what to do while it is open, `after` what helps when it is over.
    """

    key: str
    hours: int | None
    kinds: frozenset[str]
    said: dict[str, dict[str, str]]

    @property
    def title(self) -> str:
        """What it is."""
        return self._said("title")

    @property
    def now(self) -> str:
        """What to do while it is open."""
        return self._said("now")

    @property
    def after(self) -> str:
        """What still helps when it is over."""
        return self._said("after")

    @property
    def source(self) -> str:
        """Where the number comes from."""
        return self._said("source")

    def _said(self, name: str) -> str:
        return self.said[name]["en" if (get_language() or "id").startswith("en") else "id"]


@cache
def all_windows() -> tuple[Window, ...]:
    """Every window, in the order of the file."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Window(
            key=row["key"],
            hours=row.get("hours"),
            kinds=frozenset(row["kinds"]),
            said={name: row[name] for name in ("title", "now", "after", "source")},
        )
        for row in told["window"]
    )
