"""The code lists of a report, from data/codes.toml, in the reader's language."""

from pathlib import Path

from django.utils.translation import get_language

from teduh.lib import codelists

LISTS = Path(__file__).parent / "data" / "codes.toml"


def choices(name: str, *, plain: bool = False, young: bool = False) -> list[tuple[str, str]]:
    """Code and label pairs of a list in the current language."""
    return codelists.load(LISTS)[name].choices(_language(), plain=plain, young=young)


def label(name: str, code: str) -> str:
    """The label of one code, or a dash where nothing was answered."""
    return codelists.load(LISTS)[name].label(code, _language()) if code else "–"


def _language() -> str:
    return (get_language() or "id")[:2]
