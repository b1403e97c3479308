"""The drawn tables of states are those of the code."""

import pytest

from teduh.config.management.commands.draw_states import PLACE, pages

PAGES = pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_drawing_is_fresh(name: str) -> None:
    assert (PLACE / name).read_text(encoding="utf-8") == PAGES[name], "run manage.py draw_states"


def test_nothing_else_lies_among_the_drawings() -> None:
    assert {path.name for path in PLACE.iterdir()} == set(PAGES)
