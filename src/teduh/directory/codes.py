"""Services and kinds of agencies, from data/codes.toml, in the reader's language."""

from pathlib import Path

from django.utils.translation import get_language

from teduh.lib import codelists

LISTS = Path(__file__).parent / "data" / "codes.toml"


def choices(name: str) -> list[tuple[str, str]]:
    """Code and label pairs of a list in the current language."""
    return codelists.load(LISTS)[name].choices((get_language() or "id")[:2])


def known(name: str) -> frozenset[str]:
    """Every code of a list."""
    return frozenset(entry.code for entry in codelists.load(LISTS)[name].entries)


def label(name: str, code: str) -> str:
    """The label of one code, or a dash where nothing was answered."""
    return codelists.load(LISTS)[name].label(code, (get_language() or "id")[:2]) if code else "–"
