"""What an official area code says by itself (Kemendagri codes, dotted)."""

from collections.abc import Mapping

KELURAHAN_DIGITS = 10  # 2 for the province, 2 city, 2 kecamatan, 4 kelurahan
PARTS = {1: "province", 2: "city", 3: "district", 4: "kelurahan"}


class NotAnArea(Exception):
    """A code that is not an official area code."""


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
