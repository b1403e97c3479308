"""The page under a ticket where its holder makes a code of her own."""

import json
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from teduh.intake import actions, queries, seeds
from teduh.lib.codes import read_ticket
from teduh.lib.timing import local_day
from teduh.tickets import queries as held
from teduh.tickets import remembering
from teduh.tickets import views as status
from teduh.tickets.rules import PAGE, PART, TooFast
from teduh.vault import packages, without_script
from teduh.vault import queries as vault
from teduh.vault.rules import Refused
from teduh.web.answers import SeeOther

if TYPE_CHECKING:
    from teduh.tickets.models import Ticket

# Bytes of what a script gets for it, or a multiple: the list of keys decides which.
OFFER = 8 * 1024


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Show a new code once, and let it take the place of the old one when she has noted it."""
    if "auth" in request.POST:
        return _by_script(request)
    if request.method == "POST":
        return _by_page(request)
    kept = remembering.kept(request)
    ticket = _opened(kept) if kept else None
    if kept is None or ticket is None:
        return redirect("tickets:status")
    return _offered(request, kept)


def _by_script(request: HttpRequest) -> HttpResponse:
    sent, at = request.POST, timezone.now()
    try:
        renewal = packages.read_renewal(sent["renewal"]) if "renewal" in sent else None
    except Refused:
        return JsonResponse({}, status=400)
    number = read_ticket(sent.get("ticket", "")) or ""
    if renewal and held.opened_by(number, renewal.auth):
        return _done()  # the answer to it was lost
    try:
        ticket, _code = status.shown_by(request)
    except TooFast as error:
        return status.told_to_wait(JsonResponse({"wait": error.seconds}), error.seconds)
    if ticket is None:
        return JsonResponse({}, status=403)
    report = queries.of_ticket(ticket)
    if renewal is None:
        told = {"opening": json.dumps(_opening(ticket, report.team_code, at))}
        return status.filled(render(request, "intake/parts/new_code.html", told), OFFER)
    try:
        actions.change_code(report=report, sealed=renewal, at=at)
    except Refused:
        return JsonResponse({}, status=409)
    return _done()


def _done() -> JsonResponse:
    """Changed; on the wire as long as a part of the ticket's page."""
    told = {"ok": True, "noise": ""}
    room = PART - len(JsonResponse(told).content)
    return JsonResponse({**told, "noise": secrets.token_hex(PART)[:room]})


def _opening(ticket: "Ticket", team_code: str, at: datetime) -> dict[str, object]:
    """What her browser needs to open her chat, and to begin another one under a new code."""
    bundle = vault.reporter_page(ticket.number, []).as_json()
    chat = vault.compartment(ticket.number, "chat")
    return {
        "r": without_script.relay(ticket.number),
        "gen": (chat.gen if chat else 0) + 1,
        "compartments": bundle["compartments"],
        "items": bundle["items"],
        "keys": vault.public_keys([team_code], local_day(at)),
    }


def _by_page(request: HttpRequest) -> HttpResponse:
    """The step before, and the last one; each goes on to a page that a GET shows."""
    sent, at = request.POST, timezone.now()
    kept, seed = remembering.taken_up(sent.get("titip", "")), sent.get("seed", "")
    if kept is None or kept.code is None:
        return redirect("tickets:status")
    if sent.get("catat") != "1" or not seeds.holds(seed, kept.number, at):
        response = SeeOther(reverse("intake:change"))
        remembering.keep_once(response, kept, at)
        return response
    fresh = _drawn(seed, kept.number)
    now = remembering.Kept(kept.number, fresh)
    ticket = _opened(kept)
    if ticket:
        try:
            _change(ticket, kept.code, fresh, at)
        except Refused:
            return _offered(request, kept, failed=True)
    elif _opened(now) is None:
        return redirect("tickets:status")
    response = SeeOther(reverse("tickets:status"))
    remembering.keep_once(response, now, at)
    return response


def _change(ticket: "Ticket", code: int, fresh: int, at: datetime) -> None:
    report, chat = queries.of_ticket(ticket), vault.compartment(ticket.number, "chat")
    sealed = without_script.seal_renewal(
        ticket=ticket.number,
        code=code,
        new_code=fresh,
        team_code=report.team_code,
        gen=(chat.gen if chat else 0) + 1,
        at=at,
    )
    actions.change_code(report=report, sealed=sealed, at=at)


def _offered(request: HttpRequest, kept: remembering.Kept, *, failed: bool = False) -> HttpResponse:
    at = timezone.now()
    seed = seeds.draw(kept.number, at)
    shown = {
        "inst": settings.TEDUH_INSTANCE,
        "ticket": kept.number,
        "given_on": remembering.given_on(kept, at),
        "seed": seed,
        "failed": failed,
        **without_script.spellings(_drawn(seed, kept.number)),
    }
    code = 409 if failed else 200
    page = status.filled(render(request, "intake/change.html", shown, status=code), PAGE)
    return remembering.shown(request, page, at)


def _drawn(seed: str, number: str) -> int:
    """The new code of a form: the same form sent again gives the same one."""
    return without_script.draw_code(f"ganti {seed} {number}")


def _opened(kept: remembering.Kept) -> "Ticket | None":
    """The ticket, if what was kept opens it now."""
    return held.opened_by(kept.number, without_script.auth_of(kept.number, kept.code or 0))
