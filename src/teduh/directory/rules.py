"""What an official area code says by itself (Kemendagri codes, dotted), what a channel needs,
and whose card counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

DIALLED = frozenset({"phone", "callcenter", "sapa129", "whatsapp"})  # kinds with a number
KELURAHAN_DIGITS = 10  # 2 for the province, 2 city, 2 kecamatan, 4 kelurahan
PARTS = {1: "province", 2: "city", 3: "district", 4: "kelurahan"}


class NotAnArea(Exception):
    """A code that is not an official area code."""


class NotAChannel(Exception):
    """A way to reach the office that nobody could use, or a file that lists none."""


class ChannelTwice(Exception):
    """The same number or address stands there already."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to reach the office: what to dial or where to go, when somebody answers, what it costs."""

    kind: str
    label: str
    target: str
    hours: str = ""
    cost: str = ""
    active: bool = True


def can_be_reached(kind: str, target: str) -> bool:
    """Whether somebody could use it: a number has at least three digits, a place has a word."""
    digits = sum(sign.isdigit() for sign in target)
    return digits >= 3 if kind in DIALLED else bool(target.strip())


def level_of(code: str) -> str:
    """The level of an area code; raises NotAnArea."""
    parts = code.split(".")
    if len(parts) not in PARTS or not all(part.isdigit() for part in parts):
        raise NotAnArea(code)
    return PARTS[len(parts)]


def dotted(digits: str) -> str:
    """The code of a kelurahan in ten digits without dots, as a short address has it; else empty."""
    if len(digits) != KELURAHAN_DIGITS or not (digits.isascii() and digits.isdigit()):
        return ""
    return ".".join((digits[:2], digits[2:4], digits[4:6], digits[6:]))


def undotted(code: str) -> str:
    """A code as a short address has it."""
    return code.replace(".", "")


def parent_of(code: str) -> str:
    """The code of the area around this one, empty for a province."""
    return code.rpartition(".")[0]


def on_one_way(code: str, other: str) -> bool:
    """Whether one of two areas lies in the other, or both are the same."""
    return f"{code}.".startswith(f"{other}.") or f"{other}.".startswith(f"{code}.")


def full_name(code: str, names: Mapping[str, str]) -> str:
    """The name of an area, a kelurahan with its kecamatan; the code when it is unknown.

    Three kelurahan of Tanjungpinang are called like a kecamatan, one of them in another kecamatan.
    """
    name, around = names.get(code), names.get(parent_of(code))
    if name and around and PARTS.get(len(code.split("."))) == "kelurahan":
        return f"Kel. {name}, Kec. {around}"
    return name or code


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
