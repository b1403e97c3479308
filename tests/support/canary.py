"""Planted words, and the search for them in every spelling a disk could hold them in."""

import base64
from collections.abc import Iterable
from pathlib import Path

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


def found(paths: Iterable[Path], words: Iterable[str]) -> list[str]:
    """File and word for every planted word that can be read in one of these files."""
    wanted = {word: (spellings(word), spellings(word.lower())) for word in words}
    return [
        f"{path.name}: {word}"
        for path in paths
        for body in [path.read_bytes()]
        for lowered in [body.lower()]
        for word, (written, lower) in wanted.items()
        if any(one in body for one in written | lower) or any(one in lowered for one in lower)
    ]
