"""Pages of a list."""

import pytest

from teduh.web.paging import slice_of


@pytest.mark.parametrize(
    ("asked", "rows", "number", "before", "after"),
    [
        (None, [0, 1, 2], 1, False, True),
        ("2", [3, 4, 5], 2, True, True),
        ("3", [6], 3, True, False),
        ("4", [0, 1, 2], 1, False, True),
        ("0", [0, 1, 2], 1, False, True),
        ("-1", [0, 1, 2], 1, False, True),
        ("x", [0, 1, 2], 1, False, True),
        ("9" * 40, [0, 1, 2], 1, False, True),
    ],
)
def test_a_page_has_its_rows_and_knows_its_neighbours(
    asked: str | None, rows: list[int], number: int, *, before: bool, after: bool
) -> None:
    page = slice_of(range(7), asked, 3)
    assert list(page) == rows
    assert (page.number, page.has_previous, page.has_next) == (number, before, after)
    assert (page.previous_page_number, page.next_page_number) == (number - 1, number + 1)


def test_an_empty_list_is_one_empty_page() -> None:
    page = slice_of([], None, 3)
    assert (list(page), page.has_previous, page.has_next) == ([], False, False)
