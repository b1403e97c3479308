"""The report form of the open pages. No account, no session, no cookie before sending."""

import logging
from datetime import datetime
from functools import cache, partial
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

from teduh.directory.rules import dotted
from teduh.intake import actions, flood, seeds, texts
from teduh.intake.forms import EMPTY, ReportForm
from teduh.intake.queries import areas, kept_before, team_for
from teduh.intake.rules import TicketTaken
from teduh.intake.views.filing import draw_again, pair, says_nothing
from teduh.intake.words import Channel
from teduh.lib import store
from teduh.lib.actors import reporter
from teduh.lib.codes import read_ticket
from teduh.lib.outages import OUT_OF_ORDER
from teduh.tickets import views as status
from teduh.tickets.rules import TooFast
from teduh.vault import actions as vault
from teduh.vault import packages, without_script
from teduh.vault.rules import Refused
from teduh.web.answers import NOT_KEPT, SeeOther
from teduh.web.visitors import visitor

log = logging.getLogger("teduh.intake")
ANSWER_COOKIE = "teduh_jawaban"
KEPT = "kept"  # beside the reasons of web.uploads why a file was left out
ANSWER_SECONDS = 300  # five minutes (sealing.md 4)
NAMES, NAMED = 10, 60  # files that the answer names, and characters of each: cookies are small


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, door: str, area: str = "") -> HttpResponseBase:
    """The one page of a report: shown, and sent; `area`: digits of the kelurahan of a safe point."""
    if request.method == "POST":
        try:
            return _received(request, door)
        except OUT_OF_ORDER:
            log.exception("a report was not kept")
            return _out_of_order(request, door)
    form, code = _form(door), dotted(area)
    form.fields["place_area"].initial = code
    return _form_page(request, form, door, status=200, place=form.area_name(code))


@login_not_required
@require_GET
def recorder(request: HttpRequest) -> HttpResponse:
    """The part of the form that records a voice, fetched when somebody taps for it."""
    shown = {"minutes": settings.TEDUH_VOICE_MINUTES}
    return render(request, "intake/web/recorder.html", shown)


@login_not_required
@require_GET
def answer(request: HttpRequest) -> HttpResponse:
    """Ticket and code, shown once after a report without script."""
    kept = without_script.open_cookie(
        request.COOKIES.get(ANSWER_COOKIE, ""), "jawaban", ANSWER_SECONDS
    )
    if not kept:
        return redirect("tickets:status")
    paper, *lines = kept.split("\n")
    ticket, code, door, count, *again = paper.split(" ")
    files = [(line.partition(" ")[2], line.partition(" ")[0]) for line in lines]
    names = [name for name, fate in files if fate == KEPT]
    shown = {
        "rights": texts.rights(door),
        "door": door,
        "ticket": ticket,
        **without_script.spellings(int(code)),
        "again": again,
        "kept": names,
        "more": int(count) - len(names),
        "refused": [(name, fate) for name, fate in files if fate != KEPT],
    }
    response = render(request, "intake/web/answer.html", shown)
    response.delete_cookie(ANSWER_COOKIE)
    return response


def _received(request: HttpRequest, door: str) -> HttpResponseBase:
    form = _form(door, request.POST, request.FILES)
    script = bool(request.POST.get("sealed"))
    if not form.is_valid():
        return _refused(request, form, door, script=script)
    ticket = read_ticket(request.POST.get("ticket", "")) or ""
    if not without_script.is_ours(ticket, request.POST.get("r", "")):
        return draw_again() if script else _form_page(request, form, door, status=400)
    if script:
        return _with_script(request, form, ticket)
    return _without_script(request, form, door, ticket)


def _with_script(request: HttpRequest, form: ReportForm, ticket: str) -> JsonResponse:
    try:
        package = packages.read(request.POST["sealed"])
        if package.ticket != ticket:
            raise Refused("ticket")
        if says_nothing(form, package, files=bool(request.POST.get("files"))):
            return JsonResponse({"errors": {"__all__": [EMPTY]}}, status=400)
        turn = _turn(request, ticket)
        if turn.wait:
            return _wait_by_script(turn)
        if not kept_before(package):
            actions.receive(**_arguments(request, form, package, turn))
    except TicketTaken:
        return draw_again()
    except (Refused, store.NoRoom) as error:
        return JsonResponse({"errors": {"__all__": [str(error)]}}, status=400)
    return JsonResponse({"ok": True, "ticket": package.ticket})


def _without_script(
    request: HttpRequest, form: ReportForm, door: str, ticket: str
) -> HttpResponseBase:
    seed, at = request.POST.get("seed", ""), timezone.now()
    if not seeds.holds(seed, ticket, at):
        return _form_page(request, form, door, status=409, stale=True)
    if form.empty():
        form.add_error(None, EMPTY)
        return _form_page(request, form, door, status=400)
    turn = _turn(request, ticket)
    if turn.wait:
        return _wait_on_page(request, form, door, turn)
    code = without_script.draw_code(seed + ticket)
    try:
        team = team_for(avoid=form.cleaned_data["avoid_team"])
        package = _sealed_here(form, ticket, code, team, at)
        again = kept_before(package)
        if not again:
            actions.receive(**_arguments(request, form, package, turn), sealed_for=team)
    except TicketTaken:
        return _form_page(request, form, door, status=409)
    except store.NoRoom:  # it filled up while this form came in; the next try leaves the files out
        form.add_error(None, _("Penyimpanan kami penuh. Kirim tulisannya dulu, tanpa berkas."))
        return _form_page(request, form, door, status=507)
    except Refused:  # no key to seal to: no office yet, or a list nobody signed for months
        form.add_error(
            None, _("Kami belum bisa menyimpannya dengan aman. Telepon kami, atau coba lagi nanti.")
        )
        return _form_page(request, form, door, status=503)
    files = [] if again else [file.name or "" for file in form.sent_files()]
    paper = f"{ticket} {code} {door} {len(files)}" + (" lagi" if again else "")
    return _to_the_answer(_told(request, paper, files), at)


def _sealed_here(
    form: ReportForm, ticket: str, code: int, team: str, at: datetime
) -> packages.SealedPackage:
    files = form.sent_files()
    return without_script.seal_report(
        ticket=ticket,
        code=code,
        answers=form.written(),
        files=[(f.name or "", f.content_type or "", f.read()) for f in files],
        team_code=team,
        at=at,
    )


def _to_the_answer(kept: str, at: datetime) -> HttpResponse:
    response = SeeOther(reverse("intake:answer"))
    response.set_cookie(
        ANSWER_COOKIE,
        without_script.seal_cookie(kept, "jawaban", at),
        max_age=ANSWER_SECONDS,
        httponly=True,
        secure=settings.TEDUH_TLS,
        samesite="Strict",
    )
    return response


@csrf_exempt
@login_not_required
@require_http_methods(["POST"])
def pieces(request: HttpRequest) -> HttpResponse:
    """One piece of an evidence file under a ticket, sealed in the browser."""
    sent = request.POST
    try:
        ticket, _code = status.shown_by(request)
    except TooFast as error:
        return status.told_to_wait(JsonResponse({"wait": error.seconds}), error.seconds)
    if ticket is None:
        return JsonResponse({"errors": {"__all__": [_("Tiket dan kode tidak cocok.")]}}, status=403)
    upload = request.FILES.get("piece")
    try:
        if any(reason == "full" for _name, reason in getattr(request, "refused_files", [])):
            raise store.NoRoom
        expected = vault.keep_piece(
            by=reporter(ticket.number),
            subject=ticket.number,
            piece=vault.Piece(
                item=sent.get("item", ""),
                header=sent.get("hdr", ""),
                seq=int(sent.get("seq", "0") or 0),
                body=upload.read() if upload else b"",
                last=sent.get("last") == "1",
                card=sent.get("card", ""),
                resume=sent.get("resume", ""),
            ),
            at=timezone.now(),
        )
    except store.NoRoom:
        return JsonResponse({"errors": {"__all__": [_("Penyimpanan kami penuh.")]}}, status=507)
    except (Refused, ValueError):
        return JsonResponse(
            {"errors": {"__all__": [_("Berkas ini tidak dapat disimpan.")]}}, status=400
        )
    if expected is not None:
        return JsonResponse({"seq": expected}, status=409)
    return JsonResponse({"ok": True})


def _form(door: str, *data: Any) -> ReportForm:
    chosen = data[0].get("place_area", "") if data else ""
    return ReportForm(*data, door=door, areas=cache(partial(areas, chosen)))


def _form_page(
    request: HttpRequest, form: ReportForm, door: str, *, status: int, **drawn: object
) -> HttpResponse:
    fresh = pair()
    shown = {
        "inst": settings.TEDUH_INSTANCE,
        "form": form,
        "door": door,
        "rights": texts.rights(door),
        **fresh,
        "seed": seeds.draw(fresh["ticket"], timezone.now()),
        **drawn,
        "refused": getattr(request, "refused_files", []),
    }
    return render(request, "intake/web/report.html", shown, status=status)


def _told(request: HttpRequest, paper: str, files: list[str]) -> str:
    """What the answer page must know: the paper, then what became of each file, and its name."""
    fates = [*getattr(request, "refused_files", []), *((name, KEPT) for name in files)]
    lines = (f"{fate} {' '.join(name.split())[:NAMED]}" for name, fate in fates[:NAMES])
    return "\n".join([paper, *lines])


def _refused(
    request: HttpRequest, form: ReportForm, door: str, *, script: bool
) -> HttpResponseBase:
    if script:
        return JsonResponse({"errors": form.errors}, status=400)
    return _form_page(request, form, door, status=400)


def _turn(request: HttpRequest, ticket: str) -> flood.Turn:
    return flood.turn_of(ticket, request.POST.get("turn", ""), visitor(request), timezone.now())


def _out_of_order(request: HttpRequest, door: str) -> HttpResponseBase:
    """Nothing was kept: the form with everything in it, under the same ticket."""
    if request.POST.get("sealed"):
        return JsonResponse({"errors": {"__all__": [str(NOT_KEPT)]}}, status=503)
    form = _form(door, request.POST, request.FILES)
    form.full_clean()
    form.add_error(None, str(NOT_KEPT))
    return _form_page(request, form, door, status=503, **_same_ticket(request))


def _same_ticket(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in ("ticket", "r", "seed")}


def _wait_by_script(turn: flood.Turn) -> JsonResponse:
    response = JsonResponse({"wait": turn.wait, "turn": turn.proof}, status=429)
    response["Retry-After"] = str(turn.wait)
    return response


def _wait_on_page(
    request: HttpRequest, form: ReportForm, door: str, turn: flood.Turn
) -> HttpResponse:
    """The form with everything in it under the same ticket, to be sent once more."""
    drawn = {**_same_ticket(request), "turn": turn.proof, "wait": turn.wait}
    page = _form_page(request, form, door, status=429, **drawn)
    page["Retry-After"] = str(turn.wait)
    return page


def _arguments(
    request: HttpRequest, form: ReportForm, package: packages.SealedPackage, turn: flood.Turn
) -> dict[str, Any]:
    return {
        "answers": form.answers(),
        "package": package,
        "rights_version": texts.rights_version(),
        "flood": turn.flood,
        "at": timezone.now(),
        "channel": Channel.SAFEPOINT if _at_safe_point(request) else Channel.WEB,
    }


def _at_safe_point(request: HttpRequest) -> bool:
    """Whether the form was opened by the code of a safe point."""
    return "area" in request.resolver_match.kwargs if request.resolver_match else False
