"""The guide for the field, from data/guide.toml, in the reader's language."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from teduh.intake import texts


@dataclass(frozen=True, slots=True)
class Level:
    """How grave the signs are: the code, names, what to do, and the signs."""

    code: str
    label: str
    short: str
    advice: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """All of it: levels from the gravest, LIVES as word and sentence, do, don't."""

    levels: tuple[Level, ...]
    lives: tuple[tuple[str, str], ...]
    do: tuple[str, ...]
    dont: tuple[str, ...]


def sentences(told: Guide, address: str) -> list[str]:
    """The guide for a text message: numbers first, then what the page says, and where it is."""
    numbers = [_("Darurat: 110 polisi, 119 ambulans, 129 perempuan dan anak.")]
    levels = [f"{one.label.upper()}: {'; '.join(one.signs)}. {one.advice}" for one in told.levels]
    lives = [" ".join(f"{word}: {text}" for word, text in told.lives)]
    rules = [*(f"{one}." for one in told.do), *(f"{one}." for one in told.dont)]
    return [*numbers, *levels, *lives, *rules, address]


def guide() -> Guide:
    """The guide in the current language."""
    said, told = (get_language() or "id")[:2], texts.read("guide")
    return Guide(
        levels=tuple(_level(row, said) for row in told["levels"]),
        lives=tuple((row[said], row[f"text_{said}"]) for row in told["lives"]),
        do=tuple(row[said] for row in told["do"]),
        dont=tuple(row[said] for row in told["dont"]),
    )


def _level(row: dict[str, Any], said: str) -> Level:
    return Level(
        code=row["code"],
        label=row[said],
        short=row[f"short_{said}"],
        advice=row[f"advice_{said}"],
        signs=tuple(row[f"signs_{said}"]),
    )
