"""What an official area code says by itself (Kemendagri codes, dotted)."""

PARTS = {1: "province", 2: "city", 3: "district", 4: "kelurahan"}


class NotAnArea(Exception):
    """A code that is not an official area code."""


def level_of(code: str) -> str:
    """The level of an area code; raises NotAnArea."""
    parts = code.split(".")
    if len(parts) not in PARTS or not all(part.isdigit() for part in parts):
        raise NotAnArea(code)
    return PARTS[len(parts)]


def parent_of(code: str) -> str:
    """The code of the area around this one, empty for a province."""
    return code.rpartition(".")[0]


def on_one_way(code: str, other: str) -> bool:
    """Whether one of two areas lies in the other, or both are the same."""
    return f"{code}.".startswith(f"{other}.") or f"{other}.".startswith(f"{code}.")
