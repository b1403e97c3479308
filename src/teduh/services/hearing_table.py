"""Kinds, places and outcomes of hearings and deadlines, from data/hearings.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from teduh.services.care_table import said
from teduh.services.kinds import Words

FILE = Path(__file__).parent / "data" / "hearings.toml"
LANGUAGES = ("en", "id")
LISTS = ("kind", "place", "outcome")
CODE = 16  # letters of a code, as the table of hearings keeps it


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list; `days` after the event in `after`, where the law names so many."""

    code: str
    words: Words
    deadline: bool = False
    days: int = 0
    after: Words | None = None
    source: Words | None = None
    proposal: bool = False

    @property
    def label(self) -> str:
        """In the reader's language."""
        return said(self.words)

    @property
    def hint(self) -> str:
        """How long the law gives, since when and by what; empty where it names no number."""
        if not (self.days and self.after and self.source):
            return ""
        told = {"n": self.days, "after": said(self.after), "source": said(self.source)}
        return _("%(n)s hari %(after)s (%(source)s)") % told


@cache
def lists() -> dict[str, dict[str, Entry]]:
    """Every list by name, its entries by code."""
    return parse(FILE.read_text(encoding="utf-8"))


def parse(text: str) -> dict[str, dict[str, Entry]]:
    """The lists of a text. Raises ValueError with the place where one cannot be right."""
    told = tomllib.loads(text)
    found: dict[str, dict[str, Entry]] = {}
    for name in LISTS:
        found[name] = {}
        for number, row in enumerate(told.get(name, []), 1):
            where = f"{name} {row.get('code', number)}"
            one = _entry(row, where)
            if one.code in found[name]:
                raise ValueError(f"{where}: twice")
            found[name][one.code] = one
        if not found[name]:
            raise ValueError(f"{name}: none")
    return found


def entry(name: str, code: str) -> Entry | None:
    """One line by its code."""
    return lists()[name].get(code)


def label(name: str, code: str) -> str:
    """The words of a code; the code itself where the list does not know it."""
    found = entry(name, code)
    return found.label if found else code


def choices(name: str) -> list[tuple[str, str]]:
    """Code and words of every line."""
    return [(code, one.label) for code, one in lists()[name].items()]


def _entry(row: dict[str, Any], where: str) -> Entry:
    code, days = row.get("code"), row.get("days", 0)
    words: Words = {name: str(row[name]) for name in LANGUAGES if name in row}
    if not isinstance(code, str) or not code.isidentifier() or len(code) > CODE:
        raise ValueError(f"{where}: code")
    if len(words) != 2 or any(
        set(row.get(one, words)) != set(words) for one in ("after", "source")
    ):
        raise ValueError(f"{where}: id, en")
    if days and not (row.get("deadline") and "after" in row and "source" in row):
        raise ValueError(f"{where}: days without deadline, after or source")
    return Entry(
        code,
        words,
        deadline=row.get("deadline", False) is True,
        days=int(days),
        after=row.get("after"),
        source=row.get("source"),
        proposal=row.get("proposal", False) is True,
    )
