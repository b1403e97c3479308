"""Pages of a list that cost the same however long it is: nobody counts to the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from teduh.lib.numbers import whole

LAST = 10_000  # pages; a number beyond it in the address is a slip


@dataclass(frozen=True, slots=True)
class Slice:
    """One page: its rows, its number, and whether another follows."""

    object_list: Sequence[Any]
    number: int
    has_next: bool

    def __iter__(self) -> Iterator[Any]:
        return iter(self.object_list)

    @property
    def has_previous(self) -> bool:
        """Whether a page comes before this one."""
        return self.number > 1

    @property
    def previous_page_number(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        """The number of the page after."""
        return self.number + 1


def slice_of(rows: "QuerySet[Any] | Sequence[Any]", asked: str | None, size: int) -> Slice:
    """The page the address asks for; the first when it asks for none, or for one that is empty."""
    number = min(max(whole(asked or "") or 1, 1), LAST)
    found = list(rows[(number - 1) * size : number * size + 1])
    if not found and number > 1:
        return slice_of(rows, None, size)
    return Slice(found[:size], number, len(found) > size)
