"""A photo without what camera and phone wrote into it, where no browser could draw it anew.

The picture itself stays byte for byte; only the parts around it go (JPEG: ITU-T T.81, annex B; PNG:
W3C PNG 3rd edition, 5). Which way up it is, is written in again: else a page would lie on its side.
"""

import re
import struct
from collections.abc import Iterator

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
# Marks of JPEG: the picture ends, its lines follow, a part that holds anything.
END, SCAN, APPS = 0xD9, 0xDA, range(0xE0, 0xF0)
# What shows the picture: frames and their tables (all of C0 to CF but C8, which is free), more tables.
NEEDED = ({*range(0xC0, 0xD0)} - {0xC8}) | {SCAN, 0xDB, 0xDC, 0xDD}
COLOURS, ADOBE = 0xEE, re.compile(rb"\0\x0eAdobe.{7}", re.DOTALL)  # some have other colours without
MARK = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
# Looked for among the lines, one place at a time: `MARK` would look again and again at many FF.
NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
SHOWN = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"IDAT", b"IEND"}
EXIF, ORIENTATION, SHORT = b"Exif\0\0", 0x0112, 3
WAYS = range(2, 9)  # ways up that a viewer must turn (Exif 2.3, 4.6.4 A)


def without_traces(photo: bytes) -> bytes | None:
    """The same picture without place, day, camera or words; None for what is no whole JPEG or PNG."""
    try:
        if photo.startswith(JPEG):
            return _jpeg(photo)
        if photo.startswith(PNG):
            return PNG + b"".join(_chunks(photo))
    except (struct.error, ValueError):  # cut off, or not what it says
        pass
    return None


def _jpeg(photo: bytes) -> bytes:
    """Raises ValueError, struct.error."""
    kept, way = [JPEG], 0
    for mark, body, lines in _parts(photo):
        if mark in APPS and body[2:].startswith(EXIF):
            way = way or _way_up(body[2 + len(EXIF) :])
        if mark in NEEDED or (mark == COLOURS and ADOBE.fullmatch(body)):
            kept += [bytes((0xFF, mark)), body, lines]
    if way in WAYS:
        kept.insert(1, _exif(way))
    return b"".join((*kept, bytes((0xFF, END))))


def _parts(photo: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Mark, length and body, and the lines that follow it, of each part of a JPEG before its end.

    Raises ValueError, struct.error.
    """
    at = len(JPEG)
    while found := MARK.match(photo, at):
        mark, start = found[1][0], found.end()
        if mark == END:
            return
        (length,) = struct.unpack_from(">H", photo, start)
        at = start + length
        after = NEXT.search(photo, at) if mark == SCAN else None
        lines = photo[at : after.start()] if after else b""
        if length < 2 or at > len(photo) or (mark == SCAN and not after):
            break
        yield mark, photo[start:at], lines
        at += len(lines)
    raise ValueError("cut off, or no mark where one must be")


def _way_up(exif: bytes) -> int:
    """Which way up the picture is to be shown, 1 to 8; 0 where that is not said."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if not order:
        return 0
    try:
        (first,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, first)
        for entry in range(first + 2, first + 2 + 12 * count, 12):
            tag, kind, _many, way = struct.unpack_from(f"{order}HHIH", exif, entry)
            if (tag, kind) == (ORIENTATION, SHORT):
                return int(way)
    except struct.error:
        pass
    return 0


def _exif(way: int) -> bytes:
    """A part that says this alone."""
    told = EXIF + struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, SHORT, 1, way, 0, 0)
    return struct.pack(">BBH", 0xFF, 0xE1, len(told) + 2) + told


def _chunks(photo: bytes) -> Iterator[bytes]:
    """The parts of a PNG that make the picture. Raises ValueError, struct.error."""
    at, name = len(PNG), b""
    while name != b"IEND":
        (length,) = struct.unpack_from(">I", photo, at)
        chunk = photo[at : at + length + 12]
        if len(chunk) < length + 12:
            raise ValueError("cut off")
        name, at = chunk[4:8], at + length + 12
        if name in SHOWN:
            yield chunk
