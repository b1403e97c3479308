"""What is printed for the field: addresses, QR codes, groups of signs."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

GROUP = 4  # signs that are read in one go


def field_address() -> str:
    """Where the field page is, under the name people reach it by."""
    return address_of("intake:field")


def address_of(name: str, **named: object) -> str:
    """A page for people outside, in Indonesian, under the name they reach it by."""
    with override("id"):
        path = reverse(name, kwargs=named)
    return f"{'https' if settings.TEDUH_TLS else 'http'}://{settings.TEDUH_FIELD_HOST}{path}"


def qr(text: str, scale: int = 4) -> SafeString:
    """A QR code as inline SVG, dark on white in dark mode too."""
    drawn = segno.make(text, error="m")
    return mark_safe(drawn.svg_inline(scale=scale, border=2, light="#fff", dark="#000"))  # noqa: S308


def in_groups(text: str) -> str:
    """A text in groups, for whoever types it."""
    return " ".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))
