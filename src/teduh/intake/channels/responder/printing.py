"""What is printed for the field: addresses, QR codes, groups of signs."""

from collections.abc import Iterable
from textwrap import wrap

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

GROUP = 4  # signs that are read in one go
SEGMENT = 160  # signs of one text message in GSM 7-bit (3GPP TS 23.038)
NUMBERED = len("99/99 ")
PLAIN = str.maketrans({"“": '"', "”": '"', "–": "-", "…": "..."})


def field_address() -> str:
    """Where the field page is, under the name people reach it by."""
    return address_of("intake:field")


def address_of(name: str, **named: object) -> str:
    """A page for people outside, in Indonesian, under the name they reach it by."""
    with override("id"):
        path = reverse(name, kwargs=named)
    return f"{'https' if settings.TEDUH_TLS else 'http'}://{settings.TEDUH_FIELD_HOST}{path}"


def qr(text: str) -> SafeString:
    """A QR code as inline SVG as large as its place, dark on white in dark mode too."""
    drawn = segno.make(text, error="m")
    return mark_safe(drawn.svg_inline(omitsize=True, border=2, light="#fff", dark="#000"))  # noqa: S308


def in_groups(text: str) -> str:
    """A text in groups, for whoever types it."""
    return " ".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def segments(sentences: Iterable[str]) -> list[str]:
    """Sentences packed into text messages of at most 160 signs, numbered where there are several.

    A sentence is broken between words only where it is longer than one message.
    """
    room, packed = SEGMENT - NUMBERED, [""]
    for sentence in sentences:
        for part in wrap(sentence.translate(PLAIN), room):
            together = f"{packed[-1]} {part}".strip()
            packed[-1:] = [together] if len(together) <= room else [packed[-1], part]
    full = [one for one in packed if one]
    if len(full) < 2:
        return full
    return [f"{n}/{len(full)} {one}" for n, one in enumerate(full, 1)]
