"""The code lists of a report, from data/codes.toml, in the reader's language."""

from pathlib import Path

from django.utils.translation import get_language

from teduh.lib import codelists

LISTS = Path(__file__).parent / "data" / "codes.toml"

BY_OFFICERS = {  # question of a coded fact -> its list: what nobody is asked, but an officer tells
    "subtypes": "violence_subtype",
    "exploitation": "exploitation_form",
}


def choices(name: str, *, plain: bool = False, young: bool = False) -> list[tuple[str, str]]:
    """Code and label pairs of a list in the current language."""
    return codelists.load(LISTS)[name].choices(_language(), plain=plain, young=young)


def label(name: str, code: str) -> str:
    """The label of one code, or a dash where nothing was answered."""
    return codelists.load(LISTS)[name].label(code, _language()) if code else "–"


def of_officers(question: str) -> list[tuple[str, str]]:
    """Code and label pairs an officer chooses from: "would rather not say" is hers alone."""
    return [(code, said) for code, said in choices(BY_OFFICERS[question]) if code != "undisclosed"]


def known(name: str) -> set[str]:
    """Every code of a list."""
    return {entry.code for entry in codelists.load(LISTS)[name].entries}


def _language() -> str:
    return (get_language() or "id")[:2]
