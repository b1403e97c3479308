"""A file that the office sent with a message, for the holder of the ticket."""

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from teduh.chat.queries import file_with
from teduh.lib import store
from teduh.lib.numbers import whole
from teduh.tickets import remembering
from teduh.tickets import views as status
from teduh.tickets.rules import TooFast
from teduh.vault import queries as vault
from teduh.vault import suite, without_script
from teduh.vault.packages import b64, compact
from teduh.web.answers import SeeOther

if TYPE_CHECKING:
    from teduh.vault.queries import Sent


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def sent(request: HttpRequest) -> HttpResponseBase:
    """The part of a page that a script shows it in; sealed for a script; opened for a page without."""
    if request.method == "GET":
        return render(request, "intake/chat/sent.html")
    return _opened(request) if "kunci" in request.POST else _sealed(request)


def _sealed(request: HttpRequest) -> HttpResponseBase:
    """Length (4, big-endian) and JSON of what proves it, then the body as it lies here."""
    try:
        ticket, code = status.shown_by(request)
    except TooFast as error:
        return status.told_to_wait(JsonResponse({"wait": error.seconds}), error.seconds)
    if ticket is None:
        return JsonResponse({}, status=403)
    if ticket.issued_on:  # staff know this code: hers first
        return status.own_code_first(request, ticket, code, script=True)
    number = whole(request.POST.get("pesan", ""))
    item = "" if number is None else file_with(ticket.number, number)
    found = vault.sent(ticket.number, item) if item else None
    if found is None:
        return JsonResponse({}, status=404)
    proof = compact(_proof(found))
    head = len(proof).to_bytes(4) + proof
    body = (part for some in ([head], store.read_pieces(found.keys)) for part in some)
    response = StreamingHttpResponse(body, content_type="application/octet-stream")
    response["Content-Length"] = str(len(head) + found.size)
    return response


def _proof(found: "Sent") -> dict[str, object]:
    card = found.card
    return {
        "card": {"hdr": b64(card.hdr), "ct": b64(card.ct), "sig": b64(card.sig)},
        "hdr": b64(found.hdr),
        "signers": [{"kid": kid, "key": b64(key)} for kid, key in found.signers],
    }


def _opened(request: HttpRequest) -> HttpResponse:
    """Under a name that tells nothing; back to her messages where it does not open (any more)."""
    ticket = remembering.wished(request.POST.get("keinginan", ""))
    try:
        offered = request.POST["kunci"]
        found = without_script.given(ticket.number, offered) if ticket else None
    except (suite.CannotOpen, FileNotFoundError):
        found = None
    if found is None:
        return SeeOther(f"{reverse('chat:messages')}?{urlencode({'kiriman': 'gagal'})}")
    name, body = found
    response = HttpResponse(body, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
