"""Tickets, codes and cookies of whoever has no script: drawn, spelled, read and kept for minutes."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from teduh.vault import codes, reporter, suite
from teduh.vault.packages import b64, unb64

NO_CODE = 0  # stands in for an unreadable code, so that both answers cost the same


def relay(ticket: str) -> str:
    """R of a ticket, for the form."""
    return b64(reporter.relay(settings.TEDUH_SERVER_SECRET, ticket))


def is_ours(ticket: str, r: str) -> bool:
    """Whether this ticket was drawn by this server."""
    return suite.same(unb64(r), reporter.relay(settings.TEDUH_SERVER_SECRET, ticket))


def draw_code(field: str) -> int:
    """The code for a form field: the same field again gives the same code (sealing.md 4)."""
    label = b"teduh/v1/tanpajs\0" + field.encode()
    return int.from_bytes(suite.mac(settings.TEDUH_SERVER_SECRET, label)[:8], "big") >> 1


def spellings(code: int) -> dict[str, str]:
    """The code in digits and in words, for the answer page."""
    return {"digits": codes.spell_digits(code), "words": codes.spell_words(code)}


def read_code(text: str) -> int:
    """The code typed, or a stand-in that opens nothing."""
    try:
        return codes.read(text)
    except codes.WrongSpelling:
        return NO_CODE


def auth_of(ticket: str, code: int) -> bytes:
    """The auth token of a code for a ticket."""
    return reporter.auth_token(reporter.stretched(code, settings.TEDUH_INSTANCE, ticket))


def seal_cookie(text: str, purpose: str, at: datetime) -> str:
    """A short text for an HttpOnly cookie, encrypted, with its hour inside."""
    plain = f"{int(at.timestamp())} {text}".encode()
    return b64(suite.enclose(_cookie_key(), plain, purpose.encode()))


def open_cookie(value: str, purpose: str, seconds: int = 600) -> str:
    """The text of a cookie not older than `seconds`, or an empty text."""
    try:
        plain = suite.disclose(_cookie_key(), unb64(value), purpose.encode()).decode()
    except suite.CannotOpen:
        return ""
    made, _sep, text = plain.partition(" ")
    return text if timezone.now().timestamp() - int(made) <= seconds else ""


def _cookie_key() -> bytes:
    return suite.derive(settings.TEDUH_SERVER_SECRET, b"", "teduh/v1/cookie")
