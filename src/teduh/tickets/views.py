"""The status page: ticket and code in, public stage out."""

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.lib.actors import reporter
from teduh.lib.codes import read_ticket
from teduh.lib.timing import local_day
from teduh.tickets import actions, counts, guessing, queries, remembering, rules
from teduh.tickets.words import (
    STAGES_OF_QUESTIONS,
    STEPS_OF_QUESTIONS,
    NextStep,
    OpinionAnswer,
    OpinionQuestion,
    Stage,
)
from teduh.vault import packages, without_script
from teduh.vault import queries as vault
from teduh.web.answers import SeeOther

if TYPE_CHECKING:
    from teduh.tickets.models import Ticket

PHONE = "tickets/by_phone.html"


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Ask for ticket and code; show the stage, the next step, and the way to the messages."""
    if request.method == "GET":
        kept = remembering.kept(request)
        ticket = remembering.ticket_of(kept) if kept else None
        return _shown(request, ticket, kept) if ticket and kept else _asked(request)
    try:
        ticket, code = shown_by(request)
    except rules.TooFast as error:
        return slow_down(request, error.seconds)
    return answered(request, ticket, code)


@csrf_exempt
@login_not_required
@require_http_methods(["POST"])
def quiet(request: HttpRequest) -> HttpResponse:
    """ "Jangan hubungi saya lagi", or the other way round."""
    try:
        ticket, code = whose(request)
    except rules.TooFast as error:
        return slow_down(request, error.seconds)
    wish = request.POST.get("quiet", "1") == "1"
    if ticket and (wish or not ticket.issued_on):  # who else knows the code lifts no such wish
        actions.ask_quiet(by=reporter(ticket.number), ticket=ticket, quiet=wish, at=timezone.now())
    return answered(request, ticket, code)


@csrf_exempt
@login_not_required
@require_http_methods(["POST"])
def opinion(request: HttpRequest) -> HttpResponse:
    """How it was, asked of a survivor whose case has ended: the questions, then her answers."""
    try:
        ticket, code = whose(request)
    except rules.TooFast as error:
        return slow_down(request, error.seconds)
    asks = ticket is not None and rules.asks_opinion(
        ticket.stage, own=ticket.own, given=ticket.opinion_given
    )
    if ticket is None or not asks or (code is not None and "auth" not in request.POST):
        return answered(request, ticket, code)
    if request.POST.get("kesan") != "1":
        return _opinion_asked(request, ticket)
    told = {one: request.POST.get(one, "") for one in OpinionQuestion.values}
    with suppress(rules.WrongMove):  # sent twice: the first one counts
        actions.give_opinion(ticket=ticket, answers=told, at=timezone.now())
    ticket.refresh_from_db()
    return answered(request, ticket, code)


def _opinion_asked(request: HttpRequest, ticket: "Ticket") -> HttpResponse:
    script = "auth" in request.POST
    shown = {
        "questions": OpinionQuestion.choices,
        "answers": OpinionAnswer.choices,
        "wish": "" if script else remembering.wish_of(ticket, timezone.now()),
    }
    part = "tickets/parts/opinion.html"
    if script:
        return filled(render(request, part, shown), rules.PART)
    return filled(render(request, "tickets/opinion.html", shown), rules.PAGE)


@needs(Right.SEE_FIGURES)
@require_http_methods(["GET"])
def opinions(request: HttpRequest) -> HttpResponse:
    """What survivors said of us, month by month; never whose it was."""
    months = [
        (
            one,
            [
                (label, list(one.answers[q].values()))
                for q, label in OpinionQuestion.choices
                if one.answers
            ],
        )
        for one in counts.opinions(local_day(timezone.now()))
    ]
    shown = {"months": months, "answers": OpinionAnswer.labels, "few": rules.FEW}
    return render(request, "tickets/opinions.html", shown)


@csrf_exempt  # the script of the status page sends no token; nothing opens without the code
@needs(Right.READ_REPORTS)
@require_http_methods(["GET", "POST"])
def by_phone(request: HttpRequest) -> HttpResponse:
    """What a caller with ticket and code may hear: the words of the status page, no more."""
    if request.method == "GET":
        return render(request, PHONE, _blank())
    script = "auth" in request.POST
    try:  # never by the cookie of a reporter who used this browser
        ticket, _code = shown_by(request) if script or request.POST.get("code") else (None, None)
    except rules.TooFast as error:
        return slow_down(request, error.seconds, PHONE)
    if ticket is None:
        return JsonResponse({}, status=403) if script else _refused(request, PHONE)
    actions.read_out(by=member_of(request), ticket=ticket, at=timezone.now())
    told = {**_blank(), **page(ticket)}
    return render(request, "tickets/parts/read_out.html" if script else PHONE, told)


def whose(request: HttpRequest) -> tuple["Ticket | None", int | None]:
    """The ticket of the page whose button was pressed, else the one a request shows. Raises TooFast."""
    ticket = remembering.wished(request.POST.get("keinginan", ""))
    return (ticket, None) if ticket else shown_by(request)


def shown_by(request: HttpRequest) -> tuple["Ticket | None", int | None]:
    """Ticket and code a request shows: typed, as auth from a script, or kept by the browser.

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


def _by_cookie(request: HttpRequest) -> tuple["Ticket | None", int | None]:
    kept = remembering.kept(request)
    number, value = (kept.number, kept.code or 0) if kept else ("", 0)
    ticket = _opened(number, value)
    return ticket, value if ticket else None


def _opened(number: str, code: int) -> "Ticket | None":
    plain = read_ticket(number) or "TDH-0000-0000"
    return queries.opened_by(plain, without_script.auth_of(plain, code))


def page(ticket: "Ticket") -> dict[str, Any]:
    """What the status page shows of a ticket: nothing that tells what was reported."""
    way = queries.way(ticket)
    step = ticket.next_step if ticket.own else rules.next_step_of_others(ticket.next_step)
    drawn = rules.ladder(way) if ticket.own else rules.stages_for_others(way, asks=ticket.asks)
    stages, steps = (STAGES_OF_QUESTIONS, STEPS_OF_QUESTIONS) if ticket.asks else ({}, {})
    days = {one.stage: one.day for one in way}
    now = drawn.index(way[-1].stage)
    promised = rules.promised_day(step, ticket.opened_day)
    over = rules.is_over(promised, local_day(timezone.now()))
    return {
        "ticket": ticket.number,
        "stages": [
            {
                "label": stages.get(Stage(stage), Stage(stage).label),
                "day": days.get(stage) if n <= now else None,
                "state": "now" if n == now else "done" if n < now else "next",
            }
            for n, stage in enumerate(drawn)
        ],
        "next_step": steps.get(NextStep(step), NextStep(step).label),
        "next_day": (ticket.by_day if ticket.own else None) or promised,
        "late": over or (ticket.own and ticket.late),
        "quiet": ticket.quiet_since is not None,
        "own": ticket.own,
        "files": vault.count_files(ticket.number),
        "opinion": rules.asks_opinion(ticket.stage, own=ticket.own, given=ticket.opinion_given),
        "issued": ticket.issued_on,
        "thanks": ticket.own and ticket.opinion_given and ticket.stage == Stage.DONE,
    }


def own_code_first(
    request: HttpRequest, ticket: "Ticket", code: int | None, *, script: bool
) -> HttpResponse:
    """On to the page of the ticket, which asks to change a code that the office handed over."""
    if script:
        return JsonResponse({"own_code_first": True}, status=409)
    response = SeeOther(reverse("tickets:status"))
    remembering.keep(request, response, remembering.of(ticket, code), timezone.now())
    return response


def answered(request: HttpRequest, ticket: "Ticket | None", code: int | None) -> HttpResponse:
    """On to the page of the ticket; a script gets what to show as part of its own page."""
    script = "auth" in request.POST
    if ticket is None:
        return JsonResponse({}, status=403) if script else _refused(request)
    if script:
        return filled(render(request, "tickets/parts/shown.html", page(ticket)), rules.PART)
    response = SeeOther(reverse("tickets:status"))
    kept = remembering.of(ticket, code)
    remembering.keep(request, response, kept, timezone.now())
    return response


def _shown(request: HttpRequest, ticket: "Ticket", kept: remembering.Kept) -> HttpResponse:
    at = timezone.now()
    given = remembering.given_on(kept, at) if kept.code is not None else ""
    told = {
        **page(ticket),
        "wish": remembering.wish_of(ticket, at),
        "given_on": given,
    }
    response = filled(render(request, "tickets/status.html", told), rules.PAGE)
    return remembering.shown(request, response, at)


def filled(response: HttpResponse, size: int) -> HttpResponse:
    """An answer that shows a ticket, of one size whatever it shows."""
    noise = secrets.token_hex(size // 2).encode()
    response.content = rules.of_one_size(response.content, noise)
    return response


def _asked(request: HttpRequest) -> HttpResponse:
    return render(request, "tickets/status_form.html", _blank())


def _refused(request: HttpRequest, template: str = "tickets/status_form.html") -> HttpResponse:
    return render(request, template, {**_blank(), "failed": True}, status=403)


def slow_down(
    request: HttpRequest, seconds: int, template: str = "tickets/status_form.html"
) -> HttpResponse:
    """What a visitor gets who tried too many that opened nothing."""
    if "auth" in request.POST:
        return told_to_wait(JsonResponse({"wait": seconds}), seconds)
    shown = {**_blank(), "wait": seconds}
    return told_to_wait(render(request, template, shown), seconds)


def told_to_wait(response: HttpResponse, seconds: int) -> HttpResponse:
    """Turn an answer into "too many requests, come back in so many seconds"."""
    response.status_code = 429
    response["Retry-After"] = str(seconds)
    return response


def _blank() -> dict[str, Any]:
    return {"inst": settings.TEDUH_INSTANCE}
