"""The letters this office can write, from data/letters, and the form of their numbers."""

import tomllib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from teduh.services.letters import Template, Words, parsed

PLACE = Path(__file__).parent / "data" / "letters"
NUMBERING = "numbering.toml"


@lru_cache(maxsize=1)
def templates() -> dict[str, Template]:
    """Every template by its code, in the order of their files. Raises WrongTemplate."""
    files = sorted(one for one in PLACE.glob("*.toml") if one.name != NUMBERING)
    found = [parsed(tomllib.loads(one.read_text(encoding="utf-8"))) for one in files]
    return {one.code: one for one in found}


def number_form(template: Template) -> str:
    """How a letter of this template is numbered: its own way, the office's, or the usual one."""
    told = tomllib.loads((PLACE / NUMBERING).read_text(encoding="utf-8"))
    return template.form or settings.TEDUH_LETTER_NUMBER or str(told["format"])


def said(words: Words) -> str:
    """Words of a template in the reader's language."""
    return words[(get_language() or "id")[:2]]
