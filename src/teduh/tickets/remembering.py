"""What a browser without script keeps of a ticket: until the next page, or for ten idle minutes.

It lies in encrypted HttpOnly cookies; the server keeps nothing. A page that a code opened is always
the answer to a GET, so that neither reload nor the browser's own files hold ticket and code.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from teduh.vault import without_script

ONCE, ONCE_SECONDS = "teduh_sekali", 30  # for one redirect, on a bad line too
MINUTES, MINUTES_SECONDS = "teduh_pesan", 600  # only where she ticked it (sealing.md 8)
WISH_SECONDS = 600  # a page with the button of a wish may lie open so long


@dataclass(frozen=True, slots=True)
class Kept:
    """A ticket that was opened before, and its code where what follows needs it."""

    number: str
    code: int | None = None


def kept(request: HttpRequest) -> Kept | None:
    """What was kept for this page only, or else for ten minutes."""
    once = _read(request.COOKIES.get(ONCE, ""), ONCE, ONCE_SECONDS)
    return once or for_minutes(request)


def for_minutes(request: HttpRequest) -> Kept | None:
    """What she had kept for ten minutes."""
    return _read(request.COOKIES.get(MINUTES, ""), MINUTES, MINUTES_SECONDS)


def keep(request: HttpRequest, response: HttpResponse, what: Kept, at: datetime) -> None:
    """Keep it for ten minutes where she ticked that or it was kept so; else for one page."""
    typed, ticked = request.POST.get("code"), request.POST.get("remember") == "1"
    if what.code is not None and (ticked or not typed):
        _set(response, MINUTES, MINUTES_SECONDS, what, at)
        return
    _set(response, ONCE, ONCE_SECONDS, what, at)
    if typed:
        response.delete_cookie(MINUTES, samesite="Strict")


def shown(request: HttpRequest, response: HttpResponse, at: datetime) -> HttpResponse:
    """Drop what was kept for this page; let the ten minutes begin anew."""
    if ONCE in request.COOKIES:
        response.delete_cookie(ONCE, samesite="Strict")
    held = for_minutes(request)
    if held:
        _set(response, MINUTES, MINUTES_SECONDS, held, at)
    return response


def wish_of(number: str, at: datetime) -> str:
    """What lets the page of a ticket send her wish without typing the code again."""
    return without_script.seal_cookie(number, "keinginan", at)


def wished(wish: str) -> str:
    """The ticket of such a page, or an empty text."""
    return without_script.open_cookie(wish, "keinginan", WISH_SECONDS)


def given_on(what: Kept, at: datetime) -> str:
    """Ticket and code for the next step of the page that shows it: what has no script types it once."""
    return without_script.seal_cookie(_text(what), "kode", at)


def taken_up(text: str) -> Kept | None:
    """Ticket and code that a page gave on."""
    return _read(text, "kode", WISH_SECONDS)


def keep_once(response: HttpResponse, what: Kept, at: datetime) -> None:
    """Keep it for the page that comes next, whatever was kept before."""
    _set(response, ONCE, ONCE_SECONDS, what, at)
    response.delete_cookie(MINUTES, samesite="Strict")


def _text(what: Kept) -> str:
    return f"{what.number} {'' if what.code is None else f'{what.code:019d}'}"


def _read(value: str, purpose: str, seconds: int) -> Kept | None:
    number, _sep, code = without_script.open_cookie(value, purpose, seconds).partition(" ")
    return Kept(number, int(code) if code else None) if number else None


def _set(response: HttpResponse, name: str, seconds: int, what: Kept, at: datetime) -> None:
    response.set_cookie(
        name,
        without_script.seal_cookie(_text(what), name, at),
        max_age=seconds,
        httponly=True,
        secure=settings.TEDUH_TLS,
        samesite="Strict",
    )
