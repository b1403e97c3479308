"""The rights of a survivor, from data/rights.toml, in the reader's language."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import get_language

FILE = Path(__file__).parent / "data" / "rights.toml"


@dataclass(frozen=True, slots=True)
class Entitlement:
    """One right in plain words, with the law it comes from and since when."""

    code: str
    law: str
    article: str
    since: str
    confidence: str
    id: str
    en: str

    @property
    def since_said(self) -> str:
        """The first day of the law, or the year where no more is known, as a page says it."""
        return (
            date_format(date.fromisoformat(self.since), "j F Y")
            if len(self.since) > 4
            else self.since
        )

    @property
    def words(self) -> str:
        """The right in the reader's language."""
        return self.en if (get_language() or "id").startswith("en") else self.id


@cache
def all_rights() -> tuple[Entitlement, ...]:
    """Every right, in the order of the file."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Entitlement(**row) for row in told["right"])


def known() -> set[str]:
    """Every code."""
    return {one.code for one in all_rights()}
