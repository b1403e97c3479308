"""Numbers that somebody sent: read, or answered with none; never an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.lib.numbers import whole


@given(st.integers(0, 10**18 - 1))
def test_a_whole_number_is_read(number: int) -> None:
    assert whole(str(number)) == number


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", " 1", "٣", "²", "1" * 19, "9" * 5000])
def test_what_is_no_number_of_ours_is_none(text: str) -> None:
    assert whole(text) is None


@given(st.text())
def test_no_text_breaks_it_or_outgrows_a_column(text: str) -> None:
    number = whole(text)
    assert number is None or 0 <= number < 2**63
