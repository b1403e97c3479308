"""What a browser without script keeps of a ticket: until the next page, or for ten idle minutes.

It lies in encrypted HttpOnly cookies; the server keeps nothing. A page that a code opened is always
the answer to a GET, so that neither reload nor the browser's own files hold ticket and code.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from teduh.tickets import queries
from teduh.vault import without_script

if TYPE_CHECKING:
    from teduh.tickets.models import Ticket

ONCE, ONCE_SECONDS = "teduh_sekali", 30  # for one redirect, on a bad line too
MINUTES, MINUTES_SECONDS = "teduh_pesan", 600  # only where she ticked it (sealing.md 8)
WISH_SECONDS = 600  # a page with the button of a wish may lie open so long
MARK = 16  # hex digits of what the server keeps of a code: another code, another mark


@dataclass(frozen=True, slots=True)
class Kept:
    """A ticket that was opened before, and its code where what follows needs it, else its mark."""

    number: str
    code: int | None = None
    mark: str = ""


def of(ticket: "Ticket", code: int | None) -> Kept:
    """What is kept of a ticket that was opened by its code, or by a page its code had opened."""
    return Kept(ticket.number, code, "" if code is not None else _mark_of(ticket))


def ticket_of(what: Kept) -> "Ticket | None":
    """The ticket; none any more where another code has taken the place of the one it was opened by."""
    if what.code is not None:
        return queries.opened_by(what.number, without_script.auth_of(what.number, what.code))
    return _marked(what.number, what.mark)


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


def wish_of(ticket: "Ticket", at: datetime) -> str:
    """What lets the page of a ticket send her wish without typing the code again."""
    return without_script.seal_cookie(f"{ticket.number} {_mark_of(ticket)}", "keinginan", at)


def wished(wish: str) -> "Ticket | None":
    """The ticket of such a page, while the code that opened it does."""
    kept = without_script.open_cookie(wish, "keinginan", WISH_SECONDS)
    number, _sep, mark = kept.partition(" ")
    return _marked(number, mark)


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
    return f"{what.number} {what.mark if what.code is None else f'{what.code:019d}'}"


def _read(value: str, purpose: str, seconds: int) -> Kept | None:
    number, _sep, told = without_script.open_cookie(value, purpose, seconds).partition(" ")
    if not number:
        return None
    return Kept(number, mark=told) if len(told) == MARK else Kept(number, int(told))


def _mark_of(ticket: "Ticket") -> str:
    return ticket.auth[:MARK]


def _marked(number: str, mark: str) -> "Ticket | None":
    ticket = queries.named(number) if number else None
    return ticket if ticket and _mark_of(ticket) == mark else None


def _set(response: HttpResponse, name: str, seconds: int, what: Kept, at: datetime) -> None:
    response.set_cookie(
        name,
        without_script.seal_cookie(_text(what), name, at),
        max_age=seconds,
        httponly=True,
        secure=settings.TEDUH_TLS,
        samesite="Strict",
    )
