"""Sentences to begin an answer with: data/openings.toml, in both languages."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "openings.toml"


@dataclass(frozen=True, slots=True)
class Opening:
    """One sentence, in Indonesian and in English."""

    key: str
    id: str
    en: str


@cache
def openings() -> tuple[Opening, ...]:
    """All of them, in the order of the file."""
    told = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return tuple(Opening(**one) for one in told["opening"])
