"""Photos without what the camera wrote: the picture as it was, nothing beside it."""

import struct
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.lib.photos import without_traces

TRACE = b"penanda-4471 0.9186N 104.4665E"
LINES = b"\x12\xff\x00\x34\xff\xd0\x56" * 50  # with a stuffed byte and a mark inside
FRAME = b"\x08\x00\x02\x00\x03\x01\x01\x11\x00"


def part(mark: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, mark, len(body) + 2) + body


def exif(order: str, way: int) -> bytes:
    """As a phone writes it: the way up among other things, the place after them."""
    entries = [(0x010F, 2, 4, 0x41414141), (0x0112, 3, 1, way << 16 if order == ">" else way)]
    told = b"".join(struct.pack(f"{order}HHII", *one) for one in entries)
    head = {"<": b"II", ">": b"MM"}[order] + struct.pack(f"{order}HI", 42, 8)
    return b"Exif\0\0" + head + struct.pack(f"{order}H", 2) + told + b"\0\0\0\0" + TRACE


def jpeg(*before: bytes, after: bytes = b"") -> bytes:
    tables = part(0xDB, b"\0" * 65) + part(0xC2, FRAME)
    scans = part(0xDA, b"\x01\x01\x00\x00\x3f\x00") + LINES + part(0xC4, b"\0" * 20)
    scans += part(0xDA, b"\x01\x01\x00\x01\x3f\x00") + LINES
    return b"\xff\xd8" + b"".join(before) + tables + scans + b"\xff\xd9" + after


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*before: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 2, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + b"".join(before)
        + chunk(b"IDAT", b"\x78")
        + chunk(b"IEND", b"")
    )


PLAIN = jpeg()
NOTED = [
    jpeg(part(0xE1, exif("<", 1))),
    jpeg(part(0xE0, b"JFIF\0" + TRACE), part(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + TRACE)),
    jpeg(part(0xE2, b"MPF\0" + TRACE), part(0xED, TRACE), part(0xFE, TRACE)),
    jpeg(part(0xEE, TRACE), part(0xC8, TRACE), part(0xF3, TRACE), part(0x02, TRACE)),
    jpeg(after=TRACE + b"\xff\xd8\xff\xe1" + TRACE),  # a small picture, a film, a maker's own
    jpeg(part(0xE1, b"Exif\0\0" + TRACE), part(0xE1, b"Exif\0\0II")),  # broken
]


@pytest.mark.parametrize("photo", NOTED)
def test_of_a_photo_stays_the_picture_alone(photo: bytes) -> None:
    assert TRACE in photo or b"II" in photo
    assert without_traces(photo) == PLAIN


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("way", range(2, 9))
def test_which_way_up_it_is_stays_said(order: str, way: int) -> None:
    copy = without_traces(jpeg(part(0xE1, exif(order, way))))
    assert copy is not None
    assert TRACE not in copy
    assert b"AAAA" not in copy
    assert without_traces(copy) == copy
    assert copy == jpeg(part(0xE1, b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"
                             + bytes((way, 0, 0, 0, 0, 0, 0))))  # fmt: skip


def test_what_colours_hang_on_stays() -> None:
    adobe = jpeg(part(0xEE, b"Adobe\0d\0\0\0\0\x01"))
    assert without_traces(adobe) == adobe


def test_of_a_screenshot_stays_the_picture_alone() -> None:
    words = chunk(b"tEXt", b"Comment\0" + TRACE), chunk(b"eXIf", TRACE), chunk(b"tIME", b"\0" * 7)
    assert without_traces(png(*words, chunk(b"PLTE", b"\1\2\3")) + TRACE) == png(
        chunk(b"PLTE", b"\1\2\3")
    )


@pytest.mark.parametrize(
    "broken", [b"", b"%PDF-1.7", b"\xff\xd8", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_whole_photo_has_no_copy(broken: bytes) -> None:
    assert without_traces(broken) is None


@given(cut=st.integers(2, len(NOTED[0]) - 1))
def test_a_photo_that_was_cut_off_has_none(cut: int) -> None:
    assert without_traces(NOTED[0][:cut]) is None


@given(head=st.sampled_from([b"\xff\xd8", b"\x89PNG\r\n\x1a\n"]), rest=st.binary(max_size=300))
def test_nothing_odd_raises(head: bytes, rest: bytes) -> None:
    copy = without_traces(head + rest)
    assert copy is None or copy.startswith(head)


@pytest.mark.parametrize("end", [b"", b"\x00", b"\x00\xff\xd9"])
def test_a_million_odd_bytes_take_no_time(end: bytes) -> None:
    odd = b"\xff\xd8" + part(0xDA, b"") + b"\xff" * 1_000_000 + end
    begun = time.process_time()
    for photo in (odd, b"\xff\xd8" + b"\xff" * 1_000_000 + end, part(0xE1, odd[:60_000])):
        without_traces(photo)
    assert time.process_time() - begun < 1
