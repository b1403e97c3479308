"""What a way to reach the office needs."""

from dataclasses import dataclass

DIALLED = frozenset({"phone", "callcenter", "sapa129", "whatsapp"})  # kinds with a number


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
