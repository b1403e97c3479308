"""The status page: ticket and code in, public stage out."""

import secrets
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from teduh.lib.actors import reporter
from teduh.lib.codes import read_ticket
from teduh.tickets import actions, guessing, queries, rules
from teduh.tickets.words import NextStep, Stage
from teduh.vault import packages, without_script

if TYPE_CHECKING:
    from teduh.tickets.models import Ticket

REPLY_COOKIE = "teduh_pesan"
REPLY_SECONDS = 600  # ten idle minutes (sealing.md 8)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Ask for ticket and code; show the stage, the next step, and the way to the messages."""
    if request.method == "GET":
        return render(request, "tickets/status_form.html", _blank())
    try:
        ticket, code = shown_by(request)
    except rules.TooFast as error:
        return _slow_down(request, error.seconds)
    if ticket is None:
        return _failed(request)
    return _shown(request, ticket, code)


@csrf_exempt
@login_not_required
@require_http_methods(["POST"])
def quiet(request: HttpRequest) -> HttpResponse:
    """ "Jangan hubungi saya lagi", or the other way round."""
    try:
        ticket, code = shown_by(request)
    except rules.TooFast as error:
        return _slow_down(request, error.seconds)
    if ticket is None:
        return _failed(request)
    wish = request.POST.get("quiet", "1") == "1"
    actions.ask_quiet(by=reporter(ticket.number), ticket=ticket, quiet=wish, at=timezone.now())
    return _shown(request, ticket, code)


def shown_by(request: HttpRequest) -> tuple["Ticket | None", int | None]:
    """Ticket and code a request shows: typed, as auth from a script, or in the ten-minute cookie.

    Unknown ticket and wrong code take the same steps (sealing.md 4). Raises TooFast for a visitor
    who tried too many that opened nothing.
    """
    sent, at = request.POST, timezone.now()
    if not sent.get("auth") and not sent.get("code"):
        return _by_cookie(request)
    if sent.get("auth"):
        number, value = read_ticket(sent.get("ticket", "")) or "", None
        ticket = queries.opened_by(number, packages.unb64(sent["auth"]))
    else:
        value = without_script.read_code(sent["code"])
        ticket = _opened(sent.get("ticket", ""), value)
    if ticket is None:
        guessing.missed(request, at)
    return ticket, value if ticket else None


def remembered(request: HttpRequest) -> str:
    """The ticket in the ten-minute cookie, or an empty text; nothing is opened by it yet."""
    return _kept(request)[0]


def _kept(request: HttpRequest) -> tuple[str, str]:
    kept = without_script.open_cookie(request.COOKIES.get(REPLY_COOKIE, ""), "pesan")
    number, _sep, code = kept.partition(" ")
    return number, code


def _by_cookie(request: HttpRequest) -> tuple["Ticket | None", int | None]:
    number, code = _kept(request)
    value = int(code) if code else 0
    ticket = _opened(number, value)
    return ticket, value if ticket else None


def _opened(number: str, code: int) -> "Ticket | None":
    plain = read_ticket(number) or "TDH-0000-0000"
    return queries.opened_by(plain, without_script.auth_of(plain, code))


def remember(response: HttpResponse, ticket: "Ticket", code: int | None) -> HttpResponse:
    """Keep ticket and code for ten idle minutes in an encrypted cookie (no-JS path only)."""
    if code is None:
        return response
    response.set_cookie(
        REPLY_COOKIE,
        without_script.seal_cookie(f"{ticket.number} {code:019d}", "pesan", timezone.now()),
        max_age=REPLY_SECONDS,
        httponly=True,
        secure=settings.TEDUH_TLS,
        samesite="Strict",
    )
    return response


def page(ticket: "Ticket") -> dict[str, Any]:
    """What the status page shows of a ticket: nothing that tells what was reported."""
    way, step = queries.way(ticket), ticket.next_step
    drawn = rules.ladder(way) if ticket.own else rules.STAGES_FOR_OTHERS
    days = {one.stage: one.day for one in way}
    now = drawn.index(way[-1].stage)
    return {
        "ticket": ticket.number,
        "stages": [
            {
                "label": Stage(stage).label,
                "day": days.get(stage) if n <= now else None,
                "state": "now" if n == now else "done" if n < now else "next",
            }
            for n, stage in enumerate(drawn)
        ],
        "next_step": NextStep(step if ticket.own else rules.next_step_of_others(step)).label,
        "quiet": ticket.quiet_since is not None,
        "needs_code": False,
    }


def _shown(request: HttpRequest, ticket: "Ticket", code: int | None) -> HttpResponse:
    response = render(request, "tickets/status.html", page(ticket))
    noise = secrets.token_hex(rules.PAGE // 2).encode()
    response.content = rules.of_one_size(response.content, noise)
    return remember(response, ticket, code)


def _failed(request: HttpRequest) -> HttpResponse:
    return render(request, "tickets/status_form.html", {**_blank(), "failed": True}, status=403)


def _slow_down(request: HttpRequest, seconds: int) -> HttpResponse:
    shown = {**_blank(), "wait": seconds}
    return told_to_wait(render(request, "tickets/status_form.html", shown), seconds)


def told_to_wait(response: HttpResponse, seconds: int) -> HttpResponse:
    """Turn an answer into "too many requests, come back in so many seconds"."""
    response.status_code = 429
    response["Retry-After"] = str(seconds)
    return response


def _blank() -> dict[str, Any]:
    return {"inst": settings.TEDUH_INSTANCE}
