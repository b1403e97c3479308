"""The declaration that everybody accepts, as versioned data; and the words for names of a meeting."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.utils.translation import get_language

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Declaration:
    """One version: its text in both languages, and the SHA-256 in hex of the Indonesian one."""

    version: str
    since: date
    told: dict[str, tuple[str, ...]]
    sha: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Its sentences in the language of the page."""
        return self.told["en" if get_language() == "en" else "id"]


@cache
def versions() -> tuple[Declaration, ...]:
    """Every version, the oldest first."""
    found = tomllib.loads((DATA / "declaration.toml").read_text(encoding="utf-8"))
    return tuple(
        Declaration(
            one["version"],
            one["from"],
            {"id": tuple(one["id"]), "en": tuple(one["en"])},
            sha256("\n".join(one["id"]).encode()).hexdigest(),
        )
        for one in sorted(found["version"], key=lambda one: str(one["from"]))
    )


def in_force(day: date) -> Declaration:
    """The newest version that has begun on `day`; before the first, the first."""
    begun = [one for one in versions() if one.since <= day]
    return begun[-1] if begun else versions()[0]


@cache
def names() -> tuple[Sequence[str], Sequence[str]]:
    """First and second words of the names that cases have in one meeting."""
    found = tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8"))
    return tuple(found["first"]), tuple(found["second"])
