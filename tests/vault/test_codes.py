"""The secret code: two spellings, and every slip of the pen noticed."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.vault import codes

CODES = st.integers(0, 2**63 - 1)


@given(CODES)
def test_a_code_comes_back_from_both_spellings(code: int) -> None:
    assert codes.read(codes.spell_digits(code)) == code
    assert codes.read(codes.spell_words(code)) == code


@given(CODES, st.integers(0, 19), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(code: int, at: int, off: int) -> None:
    digits = codes.spell_digits(code).replace(" ", "")
    wrong = digits[:at] + str((int(digits[at]) + off) % 10) + digits[at + 1 :]
    with pytest.raises(codes.WrongSpelling):
        codes.read(wrong)


@given(CODES, st.integers(0, 18))
def test_two_swapped_neighbours_are_noticed(code: int, at: int) -> None:
    digits = codes.spell_digits(code).replace(" ", "")
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    if swapped != digits:
        with pytest.raises(codes.WrongSpelling):
            codes.read(swapped)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_code_or_a_wrong_spelling(text: str) -> None:
    with suppress(codes.WrongSpelling):
        assert 0 <= codes.read(text) < 2**63


def test_a_drawn_code_has_63_bits() -> None:
    assert all(0 <= codes.draw() < 2**63 for _ in range(50))
