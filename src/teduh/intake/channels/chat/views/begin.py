"""Where a conversation begins: one question, sealed, under a fresh ticket."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from teduh.chat.hours import hours
from teduh.intake import actions, flood, seeds, texts
from teduh.intake.channels.chat.forms import QuestionForm
from teduh.intake.queries import kept_before, team_for
from teduh.intake.rules import TicketTaken
from teduh.intake.words import Channel
from teduh.lib import store
from teduh.lib.codes import new_ticket, read_ticket
from teduh.lib.outages import OUT_OF_ORDER
from teduh.tickets import remembering
from teduh.vault import packages, without_script
from teduh.vault.rules import Refused
from teduh.web.answers import NOT_KEPT, SeeOther
from teduh.web.visitors import visitor

log = logging.getLogger("teduh.intake")
COOKIE, SECONDS = "teduh_jawaban", 300  # five minutes (sealing.md 4)
PURPOSE = "tanya"


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """The one field of a question: shown, and sent."""
    if request.method == "GET":
        return _page(request, QuestionForm(), status=200)
    script = bool(request.POST.get("sealed"))
    form = QuestionForm(request.POST)
    ticket = read_ticket(request.POST.get("ticket", "")) or ""
    if not form.is_valid():
        return _wrong(form) if script else _page(request, form, status=400)
    if not without_script.is_ours(ticket, request.POST.get("r", "")):
        return _draw_again() if script else _page(request, form, status=400)
    try:
        if script:
            return _with_script(request, form, ticket)
        return _without_script(request, form, ticket)
    except OUT_OF_ORDER:
        log.exception("a question was not kept")
        form.add_error(None, str(NOT_KEPT))
        same = {name: request.POST.get(name, "") for name in ("ticket", "r", "seed")}
        return _wrong(form, 503) if script else _page(request, form, status=503, **same)


@login_not_required
@require_GET
def asked(request: HttpRequest) -> HttpResponse:
    """Ticket and code, shown once after a question without script."""
    kept = without_script.open_cookie(request.COOKIES.get(COOKIE, ""), PURPOSE, SECONDS)
    if not kept:
        return redirect("chat:messages")
    ticket, code = kept.split(" ")
    shown = {"ticket": ticket, **without_script.spellings(int(code))}
    response = render(request, "intake/chat/asked.html", shown)
    response.delete_cookie(COOKIE, samesite="Strict")
    return response


def _with_script(request: HttpRequest, form: QuestionForm, ticket: str) -> JsonResponse:
    try:
        package = packages.read(request.POST["sealed"])
        words = [packages.read_item(text) for text in request.POST.getlist("words")]
        if package.ticket != ticket or not words:
            raise Refused("words")
        turn = _turn(request, ticket)
        if turn.wait:
            return _wait_by_script(turn)
        if not kept_before(package):
            actions.receive(**_arguments(form, package, words, turn))
    except TicketTaken:
        return _draw_again()
    except (Refused, store.NoRoom) as error:
        return JsonResponse({"errors": {"__all__": [str(error)]}}, status=400)
    return JsonResponse({"ok": True, "ticket": ticket})


def _without_script(request: HttpRequest, form: QuestionForm, ticket: str) -> HttpResponseBase:
    seed, text, at = request.POST.get("seed", ""), form.cleaned_data["text"], timezone.now()
    if not seeds.holds(seed, ticket, at):
        return _page(request, form, status=409, stale=True)
    if not text.strip():
        form.add_error("text", _("Belum ada yang ditulis. Satu kalimat sudah cukup."))
        return _page(request, form, status=400)
    turn = _turn(request, ticket)
    if turn.wait:
        return _wait_on_page(request, form, turn)
    code, team = without_script.draw_code(seed + ticket), team_for(avoid=False)
    try:
        package, words = without_script.seal_question(
            ticket=ticket, code=code, text=text, team_code=team, at=at
        )
        if not kept_before(package):
            actions.receive(**_arguments(form, package, words, turn), sealed_for=team)
    except TicketTaken:
        return _page(request, form, status=409)
    except (Refused, store.NoRoom):  # no key to seal to: no office yet, or a list nobody signed
        form.add_error(
            None, _("Kami belum bisa menyimpannya dengan aman. Telepon kami, atau coba lagi nanti.")
        )
        return _page(request, form, status=503)
    return _to_the_answer(request, ticket, code)


def _to_the_answer(request: HttpRequest, ticket: str, code: int) -> HttpResponse:
    """On to the page that shows ticket and code once; the ten minutes only where she ticked them."""
    at, response = timezone.now(), SeeOther(reverse("intake:asked"))
    response.set_cookie(
        COOKIE,
        without_script.seal_cookie(f"{ticket} {code}", PURPOSE, at),
        max_age=SECONDS,
        httponly=True,
        secure=settings.TEDUH_TLS,
        samesite="Strict",
    )
    if request.POST.get("remember") == "1":
        remembering.keep(request, response, remembering.Kept(ticket, code), at)
    return response


def _page(
    request: HttpRequest, form: QuestionForm, *, status: int, **drawn: object
) -> HttpResponse:
    ticket = new_ticket()
    shown = {
        "inst": settings.TEDUH_INSTANCE,
        "form": form,
        "ticket": ticket,
        "r": without_script.relay(ticket),
        "seed": seeds.draw(ticket, timezone.now()),
        "hours": hours(),
        **drawn,
    }
    return render(request, "intake/chat/ask.html", shown, status=status)


def _wrong(form: QuestionForm, status: int = 400) -> JsonResponse:
    return JsonResponse({"errors": form.errors}, status=status)


def _draw_again() -> JsonResponse:
    ticket = new_ticket()
    return JsonResponse({"ticket": ticket, "r": without_script.relay(ticket)}, status=409)


def _turn(request: HttpRequest, ticket: str) -> flood.Turn:
    return flood.turn_of(ticket, request.POST.get("turn", ""), visitor(request), timezone.now())


def _wait_by_script(turn: flood.Turn) -> JsonResponse:
    answer = JsonResponse({"wait": turn.wait, "turn": turn.proof}, status=429)
    answer["Retry-After"] = str(turn.wait)
    return answer


def _wait_on_page(request: HttpRequest, form: QuestionForm, turn: flood.Turn) -> HttpResponse:
    """The form with everything in it under the same ticket, to be sent once more."""
    same = {name: request.POST.get(name, "") for name in ("ticket", "r", "seed")}
    page = _page(request, form, status=429, turn=turn.proof, wait=turn.wait, **same)
    page["Retry-After"] = str(turn.wait)
    return page


def _arguments(
    form: QuestionForm,
    package: packages.SealedPackage,
    words: list[packages.SealedItem],
    turn: flood.Turn,
) -> dict[str, Any]:
    return {
        "answers": form.answers(),
        "package": package,
        "words": words,
        "channel": Channel.CHAT,
        "rights_version": texts.rights_version(),
        "flood": turn.flood,
        "at": timezone.now(),
    }
