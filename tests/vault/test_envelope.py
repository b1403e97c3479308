"""Sealed things open as what they are, or not at all."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.vault import suite
from teduh.vault.envelope import (
    CHUNK,
    Author,
    Compartment,
    Place,
    Words,
    make_compartment,
    open_file,
    open_item,
    pack,
    seal,
    seal_file,
    sign_item,
    unpack,
    unwrap,
    wrap,
)
from teduh.vault.packages import SealedItem, compact, header_of
from teduh.vault.rules import TAG, Refused, fits

PLACE = Place("kota-contoh", "TDH-AAAA-BBBB", "narrative")
STORY = Words("intake.report.story", 0, "browser", "2026-11-24", "pow2-4k")
BOX, SEED = bytes(range(32)), bytes(range(1, 33))
BOX_PUBLIC, PUBLIC = suite.box_public(BOX), suite.sign_public(SEED)
AUTHOR = Author("pelapor.00000000", SEED)
KID = "pemulihan.00000000"
REFUSALS = (Refused, suite.CannotOpen)


def story(compartment: Compartment, text: bytes = b"Sebuah cerita.") -> SealedItem:
    """A sealed story."""
    return seal(compartment, AUTHOR, STORY, text)


def read(compartment: Compartment, item: SealedItem) -> bytes:
    """The story again."""
    return open_item(compartment, item, STORY.what, PUBLIC)


def with_header(sealed: SealedItem, **said: object) -> SealedItem:
    """The same ciphertext under a header that says something else."""
    hdr = compact({**sealed.said, **said})
    return replace(sealed, hdr=hdr, said=header_of(hdr))


def signed_again(item: SealedItem) -> SealedItem:
    """Signed as it now stands, as its own author could."""
    return replace(item, sig=sign_item(SEED, item.hdr, suite.sha256(item.ct)))


@given(st.binary(max_size=9000))
def test_what_was_sealed_opens_and_its_length_is_hidden(text: bytes) -> None:
    compartment = make_compartment(PLACE)
    item = story(compartment, text)
    assert read(compartment, item) == text
    assert fits("pow2-4k", len(item.ct))


@given(st.data())
def test_one_flipped_bit_anywhere_is_refused(data: st.DataObject) -> None:
    compartment = make_compartment(PLACE)
    item = story(compartment)
    part = data.draw(st.sampled_from(("ct", "sig")))
    raw = bytearray(getattr(item, part))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(REFUSALS):
        read(compartment, replace(item, **{part: bytes(raw)}))


@pytest.mark.parametrize(
    "said",
    [
        {"day": "2026-11-25"},
        {"seq": 1},
        {"by": "pelapor.11111111"},
        {"orig": "staff"},
        {"pad": "chat-1k"},
        {"item": "A" * 22},
    ],
)
def test_another_header_is_refused_even_when_its_author_signs_it(said: dict[str, object]) -> None:
    compartment = make_compartment(PLACE)
    changed = with_header(story(compartment), **said)
    with pytest.raises(Refused, match="signature"):
        read(compartment, changed)
    with pytest.raises(suite.CannotOpen):
        read(compartment, signed_again(changed))


def test_header_and_ciphertext_of_two_items_do_not_go_together() -> None:
    compartment = make_compartment(PLACE)
    one, two = story(compartment), story(compartment, b"Lain.")
    mixed = replace(one, ct=two.ct)
    with pytest.raises(Refused, match="signature"):
        read(compartment, mixed)
    with pytest.raises(suite.CannotOpen):
        read(compartment, signed_again(mixed))


def test_an_item_is_refused_where_another_was_asked_for() -> None:
    compartment = make_compartment(PLACE)
    with pytest.raises(Refused, match="place"):
        open_item(compartment, story(compartment), "intake.report.name", PUBLIC)
    with pytest.raises(Refused, match="place"):
        read(make_compartment(PLACE), story(compartment))


def test_an_item_of_somebody_else_is_refused() -> None:
    compartment = make_compartment(PLACE)
    stranger = seal(compartment, Author(AUTHOR.kid, bytes(32)), STORY, b"Palsu.")
    with pytest.raises(Refused, match="signature"):
        read(compartment, stranger)


@pytest.mark.parametrize(
    "asked",
    [
        replace(PLACE, inst="kota-lain"),
        replace(PLACE, subject="TDH-CCCC-DDDD"),
        replace(PLACE, comp="chat"),
    ],
)
def test_a_descriptor_is_refused_where_the_page_asked_for_another(asked: Place) -> None:
    compartment = make_compartment(PLACE)
    w = wrap(compartment, KID, BOX_PUBLIC)
    assert unwrap(compartment.d, KID, w, BOX, PLACE) == compartment
    with pytest.raises(Refused, match="place"):
        unwrap(compartment.d, KID, w, BOX, asked)


def test_a_wrap_is_refused_for_another_descriptor_name_or_key() -> None:
    compartment, other = make_compartment(PLACE), make_compartment(PLACE)
    w = wrap(compartment, KID, BOX_PUBLIC)
    for d, kid, seed in (
        (other.d, KID, BOX),
        (compartment.d, "pemulihan.11111111", BOX),
        (compartment.d, KID, SEED),
    ):
        with pytest.raises(suite.CannotOpen):
            unwrap(d, kid, w, seed, PLACE)


@given(st.binary(min_size=32, max_size=32))
def test_a_planted_wrap_with_a_known_key_is_refused(known: bytes) -> None:
    """Whoever writes into the database may wrap a key of their own: the descriptor denies it."""
    compartment = make_compartment(PLACE)
    planted = wrap(Compartment(known, compartment.d), KID, BOX_PUBLIC)
    with pytest.raises(Refused, match="key"):
        unwrap(compartment.d, KID, planted, BOX, PLACE)


@given(st.binary(max_size=300), st.binary(min_size=32, max_size=32))
def test_one_ciphertext_never_opens_as_two_texts(text: bytes, other: bytes) -> None:
    """A second key under the same descriptor is refused, so each reader gets the one text.

    AES-GCM alone allows a ciphertext that opens under two keys; the commitment does not.
    """
    compartment = make_compartment(PLACE)
    item = story(compartment, text)
    second = Compartment(other, compartment.d)
    opened = {read(compartment, item)}
    for key in (compartment, second):
        try:
            found = unwrap(compartment.d, KID, wrap(key, KID, BOX_PUBLIC), BOX, PLACE)
            opened.add(read(found, item))
        except REFUSALS:
            continue
    assert opened == {text}


def test_a_commitment_for_another_key_needs_another_name() -> None:
    compartment = make_compartment(PLACE)
    said = json.loads(compartment.d)
    moved = Compartment(bytes(32), compact({**said, "kc": "A" * 43}))
    assert moved.cmp != compartment.cmp
    with pytest.raises(Refused, match="place"):
        read(moved, story(compartment))


def test_every_item_has_a_key_of_its_own() -> None:
    compartment = make_compartment(PLACE)
    one, two = story(compartment), story(compartment)
    assert one.said["n"] != two.said["n"]
    assert one.ct != two.ct


def test_a_file_with_a_chunk_cut_moved_or_added_is_refused() -> None:
    compartment = make_compartment(replace(PLACE, comp="file"))
    words = replace(STORY, what="intake.evidence.body", pad="none")
    body = bytes(2 * CHUNK + 10)
    item = seal_file(compartment, AUTHOR, words, body)
    assert item.sig == b""
    assert open_file(compartment, item.hdr, item.ct) == body
    step = CHUNK + TAG
    a, b, c = (item.ct[n : n + step] for n in range(0, len(item.ct), step))
    for wrong in ((a, b), (b, a, c), (a, a, b, c), (b, c), (a, c), (c,), (a, b, c, c)):
        with pytest.raises(suite.CannotOpen):
            open_file(compartment, item.hdr, b"".join(wrong))


def test_an_empty_file_is_one_chunk() -> None:
    compartment = make_compartment(PLACE)
    item = seal_file(compartment, AUTHOR, replace(STORY, pad="none"), b"")
    assert len(item.ct) == TAG
    assert open_file(compartment, item.hdr, item.ct) == b""


@pytest.mark.parametrize(
    ("pad", "length", "size"),
    [
        ("pow2-4k", 0, 4096),
        ("pow2-4k", 4092, 4096),
        ("pow2-4k", 4093, 8192),
        ("pow2-4k", 262_140, 262_144),
        ("chat-1k", 1020, 1024),
        ("card-256", 252, 256),
    ],
)
def test_padding_has_the_size_it_says(pad: str, length: int, size: int) -> None:
    padded = pack(b"a" * length, pad)
    assert len(padded) == size
    assert unpack(padded, pad) == b"a" * length
    assert fits(pad, size + TAG)


@pytest.mark.parametrize(("pad", "length"), [("chat-1k", 1021), ("card-256", 253)])
def test_a_text_too_long_for_its_padding_is_refused(pad: str, length: int) -> None:
    with pytest.raises(Refused, match="long"):
        pack(b"a" * length, pad)


def test_padding_that_carries_something_is_refused() -> None:
    padded = bytearray(pack(b"a", "pow2-4k"))
    padded[4000] = 1
    for wrong in (bytes(padded), pack(b"a", "chat-1k"), bytes(8192), b"\xff" * 4096):
        with pytest.raises(Refused, match="padding"):
            unpack(wrong, "pow2-4k")


@pytest.mark.parametrize(
    ("pad", "size"),
    [("pow2-4k", 4096), ("pow2-4k", 5000 + TAG), ("pow2-4k", 2**19 + TAG), ("chat-1k", 1024),
     ("card-256", 1024 + TAG), ("none", 15), ("other", 4096 + TAG)],
)  # fmt: skip
def test_a_ciphertext_of_another_size_does_not_fit(pad: str, size: int) -> None:
    assert not fits(pad, size)


@pytest.mark.parametrize("seq", ["1e999", "-1", "2147483648", '"x"', "null", "[]"])
def test_a_header_with_a_number_that_is_none_is_refused(seq: str) -> None:
    made = make_compartment(PLACE)
    item = story(made)
    raw = item.hdr.replace(b'"seq":0', f'"seq":{seq}'.encode())
    assert raw != item.hdr
    with pytest.raises(Refused):
        header_of(raw)
