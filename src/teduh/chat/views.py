"""The messages page: read and answered with ticket and code, with or without script."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from teduh.chat import actions, rules
from teduh.chat.queries import next_seq, thread
from teduh.chat.words import Side
from teduh.tickets import views as status
from teduh.vault import packages, queries, without_script
from teduh.vault.rules import Refused

if TYPE_CHECKING:
    from teduh.tickets.models import Ticket


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def messages(request: HttpRequest) -> HttpResponse:
    """Open the thread, or write into it."""
    script = "application/json" in request.headers.get("Accept", "")
    if request.method == "GET" and not request.COOKIES.get(status.REPLY_COOKIE):
        return _asked(request, failed=False)
    ticket, code = status.shown_by(request)
    if ticket is None:
        return _refuse(script) or _asked(request, failed=request.method == "POST")
    if script:
        return _by_script(request, ticket)
    return _by_page(request, ticket, code or 0)


def _by_script(request: HttpRequest, ticket: "Ticket") -> JsonResponse:
    sealed = request.POST.getlist("sealed")
    if sealed:
        try:
            items = [packages.read_item(text) for text in sealed]
            actions.write_back(ticket=ticket, items=items, at=timezone.now())
        except (Refused, rules.WrongTurn):
            return JsonResponse(
                {"errors": {"__all__": [_("Baca lagi lalu kirim ulang.")]}}, status=409
            )
    bundle = queries.reporter_bundle(ticket.number)
    return JsonResponse(
        {
            "r": without_script.relay(ticket.number),
            "bundle": bundle.as_json(),
            "stage_html": render_to_string("tickets/stage.html", status.page(ticket)),
            "package": queries.package(),
        }
    )


def _by_page(request: HttpRequest, ticket: "Ticket", code: int) -> HttpResponse:
    text, problem = request.POST.get("text", "").strip(), ""
    if text:
        problem = _write(ticket, code, text)
    shown: dict[str, Any] = {
        "inst": settings.TEDUH_INSTANCE,
        "ticket": ticket.number,
        "messages": _lines(ticket, code),
        "problem": problem,
        "text": text if problem else "",
        "sent": bool(text) and not problem,
    }
    return status.remember(render(request, "chat/messages.html", shown), ticket, code)


def _write(ticket: "Ticket", code: int, text: str) -> str:
    at = timezone.now()
    try:
        items = without_script.seal_message(
            ticket=ticket.number,
            code=code,
            text=text,
            seq=next_seq(ticket.number, Side.REPORTER),
            at=at,
        )
        actions.write_back(ticket=ticket, items=items, at=at)
    except (Refused, rules.WrongTurn):
        return _("Pesan belum terkirim. Tulisan Anda masih ada di bawah, silakan kirim lagi.")
    return ""


def _lines(ticket: "Ticket", code: int) -> list[dict[str, Any]]:
    opened = without_script.open_thread(ticket=ticket.number, code=code)
    return [
        {"own": row.side == Side.REPORTER, "day": row.day, "text": opened.get(row.item, "")}
        for row in thread(ticket.number)
    ]


def _asked(request: HttpRequest, *, failed: bool) -> HttpResponse:
    shown = {"inst": settings.TEDUH_INSTANCE, "failed": failed}
    return render(request, "chat/messages.html", shown, status=403 if failed else 200)


def _refuse(script: bool) -> JsonResponse | None:  # noqa: FBT001  one caller, one question
    return JsonResponse({"errors": {}}, status=403) if script else None
