"""What holds in a shelter, in the reader's language; the words lie in data/house_rules.toml."""

import tomllib
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).parent / "data" / "house_rules.toml"
LANGUAGES = ("id", "en")


@lru_cache(maxsize=2)
def told(language: str) -> list[tuple[str, list[str]]]:
    """Heading and rules of each part."""
    parts = tomllib.loads(FILE.read_text(encoding="utf-8"))["part"]
    return [(part[language], part[f"rules_{language}"]) for part in parts]


def house_rules() -> list[tuple[str, list[str]]]:
    """The same in the language of the page."""
    now = (get_language() or "id")[:2]
    return told(now if now in LANGUAGES else "id")
