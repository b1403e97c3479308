"""What a script gets of a thread tells by its length neither how much was written nor whose it is."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.chat import rules
from teduh.chat.slots import Content, Opening, Slot
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


def opening_of(*hers: bytes, manifest: bytes = b"m" * 3000) -> Opening:
    eight = [*hers, *[b""] * 8][:8]
    return Opening(*eight, b"c" * 155, b"s" * 64, manifest, b"s" * 64)


def filled(content: Content) -> bytes:
    return content.filled(random.Random(1).randbytes)


@given(hers=st.lists(PIECE, max_size=8), messages=MESSAGES)
def test_every_answer_has_the_same_length(hers: list[bytes], messages: list[Slot]) -> None:
    empty = len(filled(Content(opening_of(), [])))
    assert len(filled(Content(opening_of(*hers), messages))) == empty == 12_288 + 8 * 2048


@given(messages=MESSAGES)
def test_an_empty_slot_says_so_and_nothing_else_in_it_repeats(messages: list[Slot]) -> None:
    body = Content(opening_of(), messages).filled(random.Random(2).randbytes)[12_288:]
    slots = [body[at : at + rules.SLOT] for at in range(0, len(body), rules.SLOT)]
    assert [bool(int.from_bytes(one[:2])) for one in slots] == [
        n < len(messages) for n in range(rules.SLOTS)
    ]
    assert len({one[-500:] for one in slots[len(messages) :]}) == rules.SLOTS - len(messages)


@pytest.mark.parametrize(
    ("hers", "everybodys", "size"),
    [(0, 0, 8192), (8192, 0, 8192), (7000, 1, 12_288), (7000, 4096, 12_288), (8193, 0, 12_288)],
)
def test_the_opening_part_grows_by_whole_steps(hers: int, everybodys: int, size: int) -> None:
    assert rules.opening_size(hers=hers, everybodys=everybodys) == size


def test_a_longer_list_of_keys_makes_every_answer_longer() -> None:
    more = opening_of(b"r" * 32, manifest=b"m" * 9000)
    assert len(filled(Content(more, []))) == 20_480 + 8 * 2048


@pytest.mark.parametrize(
    ("header", "fits"), [(0, False), (1, True), (330, True), (910, True), (911, False)]
)
def test_a_header_has_its_room_in_a_slot(header: int, *, fits: bool) -> None:
    assert rules.fits_a_slot(header) is fits
    taken = 2 + header + rules.CIPHERTEXT + rules.SIGNATURE + rules.KEY
    assert (header > 0 and taken <= rules.SLOT) is fits


def test_the_example_both_sides_keep_to_comes_out_the_same() -> None:
    assert answer.example() == Path(answer.PLACE).read_text(encoding="utf-8")
