"""The seven parts of the shared assessment, from data/assessment.toml, in the reader's language."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).parent / "data" / "assessment.toml"
ALL = "all"  # instead of places: everybody in the team of the case
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Something with a code and words in both languages."""

    code: str
    id: str
    en: str

    @property
    def words(self) -> str:
        """In the reader's language."""
        return self.en if (get_language() or "id").startswith("en") else self.id


@dataclass(frozen=True, slots=True)
class Asked(Said):
    """One question of a part; `kind`: text, ability or several."""

    kind: str = "text"

    @property
    def choices(self) -> Choices:
        """The answers to choose from; none where words are written."""
        return tuple((one.code, one.words) for one in answers(self.kind))


@dataclass(frozen=True, slots=True)
class Section(Said):
    """One part: its questions, whose places write and read it, what the case knows already."""

    writes: tuple[str, ...]
    reads: tuple[str, ...]
    known: tuple[str, ...]
    asked: tuple[Asked, ...]

    @property
    def what(self) -> str:
        """The name of its sealed item."""
        return f"cases.assessment.{self.code}"

    @property
    def comp(self) -> str:
        """The compartment it lies in, alone."""
        return f"part-{self.code}"


@cache
def sections() -> tuple[Section, ...]:
    """Every part, in the order of the file."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Section(
            code=row["code"],
            id=row["id"],
            en=row["en"],
            writes=tuple(row["writes"]),
            reads=tuple(row["reads"]),
            known=tuple(row["known"]),
            asked=tuple(Asked(**one) for one in row["ask"]),
        )
        for row in told["part"]
    )


@cache
def answers(kind: str) -> tuple[Said, ...]:
    """What may be chosen for a question of this kind; nothing for a text."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Said(**row) for row in told.get(kind, []))


def section(code: str) -> Section | None:
    """The part with this code."""
    return next((one for one in sections() if one.code == code), None)
