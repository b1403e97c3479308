"""What money may do: pure arithmetic in whole rupiah. Nothing falls below zero."""

from dataclasses import dataclass

MOST = 1_000_000_000_000  # rupiah of one entry; more is a slip of the hand
YEARS = (2020, 2100)  # of a line: the programme began in 2025, its papers name 2020 as earliest


class NotEnough(Exception):
    """The line has less left than that."""


class NotAnAmount(Exception):
    """Not a whole number of rupiah above zero."""


class NotReversible(Exception):
    """A reversal, what was reversed before, or a promise of which nothing is open."""


class NotOpen(Exception):
    """Spent against what is no promise of this line, or one that was taken back."""


class KeyTaken(Exception):
    """Something else was entered under this key."""


class CodeTaken(Exception):
    """The agency has a line of this code in this year."""


@dataclass(frozen=True, slots=True)
class Balance:
    """A line in rupiah. `committed`: promised and not paid yet; `left` is free for new promises."""

    planned: int = 0
    committed: int = 0
    spent: int = 0

    @property
    def left(self) -> int:
        """What nobody was promised."""
        return self.planned - self.committed - self.spent

    def after(self, change: "Balance") -> "Balance":
        """The line with a change added to it. Raises NotEnough where anything falls below zero."""
        new = Balance(
            self.planned + change.planned,
            self.committed + change.committed,
            self.spent + change.spent,
        )
        if min(new.planned, new.committed, new.spent, new.left) < 0:
            raise NotEnough
        return new


def checked(amount: int) -> int:
    """The amount itself. Raises NotAnAmount."""
    if not 0 < amount <= MOST:
        raise NotAnAmount
    return amount


def planned(amount: int) -> Balance:
    """More money for the line."""
    return Balance(planned=amount)


def committed(amount: int) -> Balance:
    """Promised to somebody."""
    return Balance(committed=amount)


def spent(amount: int, *, promised: bool) -> Balance:
    """Paid, out of what was promised or at once."""
    return Balance(committed=-amount if promised else 0, spent=amount)


def unspent(amount: int, *, promised: bool) -> Balance:
    """A payment taken back; `promised`: into a promise that is still open."""
    return Balance(committed=amount if promised else 0, spent=-amount)


def minus(change: Balance) -> Balance:
    """The same taken back."""
    return Balance(-change.planned, -change.committed, -change.spent)


def shares(balance: Balance) -> tuple[int, int, int]:
    """Spent, committed and left in whole hundredths of what was planned, together 100 (or nothing)."""
    if not balance.planned:
        return 0, 0, 0
    paid = 100 * balance.spent // balance.planned
    both = 100 * (balance.spent + balance.committed) // balance.planned
    return paid, both - paid, 100 - both
