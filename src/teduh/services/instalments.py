"""Economic support in instalments: how much, when, and from where a request may go. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta

MOST_INSTALMENTS = 12  # a year of months; support is temporary
MOST_DAYS = 366  # from the day it is asked for until it ends; a proposal
MOST_DEPENDANTS = 30  # more is a slip of the hand

MOVES: Mapping[str, frozenset[str]] = {
    "asked": frozenset({"assessed", "ended"}),
    "assessed": frozenset({"assessed", "approved", "refused", "ended"}),
    "approved": frozenset({"ended"}),
    "refused": frozenset(),
    "ended": frozenset(),
}


class WrongEnd(Exception):
    """It would end before it begins, or later than support may last."""


def may_go(state: str, to: str) -> bool:
    """Whether support may go from one state to another."""
    return to in MOVES[state]


def checked_end(day: date, until: date) -> date:
    """The end itself. Raises WrongEnd."""
    if not day <= until <= day + timedelta(days=MOST_DAYS):
        raise WrongEnd
    return until


def split(amount: int, parts: int) -> list[int]:
    """Whole rupiah in so many parts that differ by one at most; together exactly the amount.

    Never more parts than rupiah.
    """
    parts = max(1, min(parts, amount))
    each, rest = divmod(amount, parts)
    return [each + 1] * rest + [each] * (parts - rest)


def due_days(day: date, until: date, parts: int) -> list[date]:
    """The day of each part: the first at once, the others spread evenly up to the end."""
    length = max((until - day).days, 0)
    return [day + timedelta(days=length * number // parts) for number in range(parts)]
