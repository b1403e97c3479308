"""What a script gets of a thread tells by its length neither how much was written nor whose it is."""

import gzip
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.chat import rules
from teduh.chat.slots import Content, KeyList, Opening, Slot
from tests.vectors import answer

PIECE = st.binary(max_size=700)
MESSAGES = st.lists(
    st.builds(
        Slot,
        st.binary(min_size=1, max_size=rules.HEADER_MOST),
        st.binary(min_size=rules.CIPHERTEXT, max_size=rules.CIPHERTEXT),
        st.binary(min_size=rules.SIGNATURE, max_size=rules.SIGNATURE),
        st.sampled_from([b"", b"k" * rules.KEY]),
    ),
    max_size=rules.SLOTS,
)


KEYS = KeyList(b"c" * 155, b"s" * 64, b'{"kid":"tanda-contoh"}' * 150, b"s" * 64)
LISTED = 4 * 4 + 155 + 64 + 22 * 150 + 64
HERS = 18_480  # an opening part of 6,816 bytes and eight slots of 1,458


def opening_of(*hers: bytes) -> Opening:
    return Opening(*[*hers, *[b""] * 8][:8])


def filled(content: Content) -> bytes:
    return content.filled(random.Random(1).randbytes)


def small(content: Content) -> bytes:
    return content.small(random.Random(1).randbytes)


@given(hers=st.lists(PIECE, max_size=8), messages=MESSAGES)
def test_every_answer_has_the_same_length(hers: list[bytes], messages: list[Slot]) -> None:
    empty, content = Content(opening_of(), [], KEYS), Content(opening_of(*hers), messages, KEYS)
    assert len(filled(content)) == len(filled(empty)) == HERS + LISTED


@given(hers=st.lists(PIECE, max_size=8), messages=MESSAGES, least=st.binary(max_size=1))
def test_on_its_way_only_the_list_of_keys_is_made_smaller(
    hers: list[bytes], messages: list[Slot], least: bytes
) -> None:
    """A text that is hers would tell by its length what is in it, were it made smaller."""
    empty, content = Content(opening_of(), [], KEYS), Content(opening_of(*hers), messages, KEYS)
    assert gzip.decompress(small(content)) == filled(content)
    assert len(small(content)) == len(small(empty)) < HERS + LISTED / 10
    plain = Content(opening_of(least * 4000), [], KEYS)
    assert len(small(plain)) == len(small(empty))


@given(messages=MESSAGES)
def test_an_empty_slot_says_so_and_nothing_else_in_it_repeats(messages: list[Slot]) -> None:
    body = Content(opening_of(), messages, KEYS).filled(random.Random(2).randbytes)
    slots = [body[rules.OPENING + n * rules.SLOT :][: rules.SLOT] for n in range(rules.SLOTS)]
    assert [bool(int.from_bytes(one[:2])) for one in slots] == [
        n < len(messages) for n in range(rules.SLOTS)
    ]
    assert len({one[-500:] for one in slots[len(messages) :]}) == rules.SLOTS - len(messages)


@pytest.mark.parametrize(
    ("needed", "size"),
    [(0, 6816), (6816, 6816), (6817, 10_912), (10_912, 10_912), (10_913, 15_008)],
)
def test_the_opening_part_grows_by_whole_steps(needed: int, size: int) -> None:
    assert rules.opening_size(needed) == size


@pytest.mark.parametrize(("header", "fits"), [(0, False), (1, True), (320, True), (321, False)])
def test_a_header_has_its_room_in_a_slot(header: int, *, fits: bool) -> None:
    assert rules.fits_a_slot(header) is fits
    taken = 2 + header + rules.CIPHERTEXT + rules.SIGNATURE + rules.KEY
    assert (header > 0 and taken <= rules.SLOT) is fits


def test_the_example_both_sides_keep_to_comes_out_the_same() -> None:
    assert answer.example() == Path(answer.PLACE).read_text(encoding="utf-8")
