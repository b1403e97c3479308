"""What the holder of a ticket says of her conversation with one tap: not now, or that it is over."""

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from teduh.chat import actions as chat
from teduh.chat.rules import NotOpen
from teduh.chat.views import stage_of
from teduh.lib.actors import reporter
from teduh.tickets import remembering
from teduh.tickets import views as status
from teduh.tickets.rules import PART, TooFast, of_one_size
from teduh.web.answers import SeeOther

if TYPE_CHECKING:
    from teduh.tickets.models import Ticket


@csrf_exempt
@login_not_required
@require_POST
def standing(request: HttpRequest) -> HttpResponse:
    """Put it off, or end it."""
    script = "auth" in request.POST
    code, ticket = None, remembering.wished(request.POST.get("keinginan", ""))
    try:
        if ticket is None:
            ticket, code = status.shown_by(request)
    except TooFast as error:
        return status.told_to_wait(JsonResponse({"wait": error.seconds}), error.seconds)
    if ticket is None:
        return JsonResponse({}, status=403) if script else SeeOther(reverse("chat:messages"))
    if ticket.issued_on:  # staff know this code: hers first
        return status.own_code_first(request, ticket, code, script=script)
    _take(ticket, request.POST.get("langkah", ""))
    if script:
        noise = secrets.token_hex(PART // 2).encode()
        return HttpResponse(of_one_size(stage_of(ticket).encode(), noise))
    return _back(request, ticket, code)


def _take(ticket: "Ticket", step: str) -> None:
    with suppress(NotOpen):  # tapped twice: the first one counts
        if step == "nanti":
            chat.put_off(ticket=ticket, at=timezone.now())
        elif step == "selesai":
            chat.end(by=reporter(ticket.number), ticket=ticket, at=timezone.now())


def _back(request: HttpRequest, ticket: "Ticket", code: int | None) -> HttpResponse:
    """To her messages where the browser still holds the code, else to where her ticket stands."""
    held = remembering.for_minutes(request)
    if held and held.number == ticket.number:
        return SeeOther(reverse("chat:messages"))
    response = SeeOther(reverse("tickets:status"))
    kept = remembering.of(ticket, code)
    remembering.keep(request, response, kept, timezone.now())
    return response
