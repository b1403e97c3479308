"""Code lists from toml: stable codes with labels in two languages, plain and young wordings."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One code with every wording it has, keyed as in the file (`id`, `en_plain`, `id_young`)."""

    code: str
    wordings: dict[str, str]

    def label(self, language: str, *, plain: bool = False, young: bool = False) -> str:
        """The best wording: young, then plain where asked for, then the standard one."""
        asked = [f"{language}_young"] if young else []
        asked += [f"{language}_plain"] if plain or young else []
        for key in (*asked, language, "id"):
            if key in self.wordings:
                return self.wordings[key]
        return self.code


@dataclass(frozen=True, slots=True)
class CodeList:
    """The entries of one list, in the order of the file."""

    entries: tuple[Entry, ...]

    def label(self, code: str, language: str) -> str:
        """The standard wording of a code; the code itself when the list does not know it."""
        found = next((entry for entry in self.entries if entry.code == code), None)
        return found.label(language) if found else code

    def choices(
        self, language: str, *, plain: bool = False, young: bool = False
    ) -> list[tuple[str, str]]:
        """Code and wording of every entry."""
        return [(one.code, one.label(language, plain=plain, young=young)) for one in self.entries]


@lru_cache(maxsize=16)
def load(path: Path) -> dict[str, CodeList]:
    """Every list of a file by name. Raises ValueError for a code that stands twice."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    lists = {name: rows for name, rows in told.items() if isinstance(rows, list)}
    return {name: CodeList(tuple(_entries(name, rows))) for name, rows in lists.items()}


def _entries(name: str, rows: list[dict[str, str]]) -> list[Entry]:
    codes = [row["code"] for row in rows]
    if len(set(codes)) != len(codes):
        raise ValueError(f"{name}: a code stands twice")
    return [Entry(row["code"], {k: v for k, v in row.items() if k != "code"}) for row in rows]
