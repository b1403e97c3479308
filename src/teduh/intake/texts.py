"""Short texts that are data: rights with their version, and notes for the desk."""

import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

HERE = Path(__file__).parent / "data"


@lru_cache(maxsize=8)
def read(name: str) -> dict[str, Any]:
    """The content of data/<name>.toml, read once."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def rights_version() -> str:
    """The version of the rights notice shown now; kept with each ticket (UU 12/2022, 66-70)."""
    return str(read("rights")["version"])


def notes(given: Iterable[tuple[str, str]]) -> list[str]:
    """What to keep in mind after these answers (question and code), each note once."""
    language, pairs = (get_language() or "id")[:2], set(given)
    return [
        str(note[language])
        for note in read("notes")["notes"]
        if any((note["question"], code) in pairs for code in note["codes"])
    ]


def rights(door: str) -> list[str]:
    """Her rights in short, in the reader's language, as one speaks at the door she came by."""
    language = (get_language() or "id")[:2]
    version = f"{language}_{door}"
    return [str(right.get(version, right[language])) for right in read("rights")["rights"]]
