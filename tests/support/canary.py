"""Planted words, and the search for them in every spelling a disk could hold them in."""

import base64
import re
import struct
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import brotli

CACHED = bytes.fromhex("305c72a71b6dfbfc")  # an entry of Chromium's simple cache begins so
GROUP = 4  # letters of base64; the first and the last two depend on a word's neighbours


def spellings(word: str) -> set[bytes]:
    """A word as it might lie on a disk: plain, in UTF-16, in base64 at each of three offsets."""
    plain = word.encode()
    in_base64 = {
        coded(b"x" * offset + plain + b"xxx")[GROUP : -2 * GROUP]
        for offset in range(3)
        for coded in (base64.b64encode, base64.urlsafe_b64encode)
    }
    return {plain, word.encode("utf-16-le"), word.encode("utf-16-be"), *in_base64}


def found(
    paths: Iterable[Path], words: Iterable[str], read: Callable[[Path], bytes] = Path.read_bytes
) -> list[str]:
    """File and word for every planted word that can be read in one of these files."""
    wanted = {word: (spellings(word), spellings(word.lower())) for word in words}
    return [
        f"{path.name}: {word}"
        for path in paths
        for body in [read(path)]
        for lowered in [body.lower()]
        for word, (written, lower) in wanted.items()
        if any(one in body for one in written | lower) or any(one in lowered for one in lower)
    ]


def unpacked(path: Path) -> bytes:
    """A file of a browser's profile: as it lies there, and what is packed in it, unpacked."""
    body = path.read_bytes()
    packed = [body[at:] for at in _places(body, b"\x1f\x8b\x08")]
    entries = [body[at:] for at in _places(body, CACHED)]
    return b"\n".join([body, *map(_from_gzip, packed), *map(_from_brotli, entries)])


def _places(body: bytes, mark: bytes) -> list[int]:
    return [one.start() for one in re.finditer(re.escape(mark), body)]


def _from_gzip(body: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(body)
    except zlib.error:
        return b""


def _from_brotli(entry: bytes) -> bytes:
    """The answer in an entry of Chromium's simple cache: after a head and the address."""
    (length,) = struct.unpack_from("<I", entry, 12)
    opener, told = brotli.Decompressor(), b""
    try:
        for at in range(24 + length, len(entry)):
            told += opener.process(entry[at : at + 1])
    except brotli.error:
        pass  # where the answer ends, or because it was not packed
    return told
