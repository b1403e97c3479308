"""Whose card counts."""

from dataclasses import dataclass
from datetime import date

MISSES = 10  # wrong PINs in a row; then the card signs nothing until it is renewed


class NotReady(Exception):
    """No card yet: the code of conduct is not signed, the time is over, or they do not help now."""


@dataclass(frozen=True, slots=True)
class About:
    """What is written down of a helper."""

    name: str
    profile: str
    area_code: str
    conduct: date | None
    until: date
    state: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a card stands: its last day, whether it was taken back, wrong PINs in a row."""

    until: date
    revoked: bool
    misses: int


def may_hold_card(about: About, day: date) -> bool:
    """Whether a helper may have a card: helps now, signed the code of conduct, not run out."""
    signed = about.conduct is not None and about.conduct <= day
    return signed and about.state == "active" and day <= about.until


def may_sign(card: Standing, about: About, day: date) -> bool:
    """Whether a card's signature counts on `day`; its last day is one of them."""
    alive = not card.revoked and card.misses < MISSES and day <= card.until
    return alive and may_hold_card(about, day)
