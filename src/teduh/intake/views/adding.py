"""The page under a ticket where its holder adds what was left out."""

import logging
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from teduh.intake import actions, queries
from teduh.intake.forms import AddForm
from teduh.intake.rules import AddedMeanwhile
from teduh.lib import store
from teduh.lib.outages import OUT_OF_ORDER
from teduh.lib.timing import local_day
from teduh.tickets import remembering
from teduh.tickets import views as status
from teduh.tickets.rules import TooFast
from teduh.vault import packages, suite, without_script
from teduh.vault import queries as vault
from teduh.vault.rules import ADDITION, Refused
from teduh.web.answers import NOT_KEPT

if TYPE_CHECKING:
    from teduh.intake.models import Report
    from teduh.tickets.models import Ticket


log = logging.getLogger("teduh.intake")


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Show the page, or take what is added with ticket and code."""
    if request.method == "GET":
        return _page(request, AddForm(areas=queries.areas()), status_code=200)
    form, script = _form(request), "auth" in request.POST
    try:
        return _sent(request, form, script=script)
    except OUT_OF_ORDER:
        log.exception("an addition was not kept")
        return _out_of_order(request, form, script=script)


def _sent(request: HttpRequest, form: AddForm, *, script: bool) -> HttpResponse:
    try:
        ticket, code = status.shown_by(request)
    except TooFast as error:
        return _slow_down(request, form, error.seconds, script=script)
    if ticket is None:
        return _refuse(script) or _page(request, form, status_code=403, failed=True)
    if ticket.issued_on:  # staff know this code: hers first
        return status.own_code_first(request, ticket, code, script=script)
    report = queries.of_ticket(ticket)
    if script:
        return _by_script(request, form, report)
    return _by_page(request, form, report, code or 0)


def _by_script(request: HttpRequest, form: AddForm, report: "Report") -> JsonResponse:
    if "sealed" not in request.POST:
        return _opening(report.ticket, queries.next_addition(report), report.team_code)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    number = queries.next_addition(report)
    try:
        package = packages.read_addition(request.POST["sealed"])
        token = next(item.item for item in package.items if item.what == ADDITION)
        actions.add(
            report=report,
            answers=form.answers(),
            package=package,
            number=number,
            token=token,
            at=timezone.now(),
        )
    except (AddedMeanwhile, StopIteration, Refused, store.NoRoom) as error:
        if isinstance(error, AddedMeanwhile) or str(error) == "generation":
            return JsonResponse({"gen": queries.next_addition(report)}, status=409)
        return JsonResponse({"errors": {"__all__": [str(error)]}}, status=400)
    return JsonResponse({"ok": True})


def _opening(ticket: "Ticket", gen: int, team_code: str) -> JsonResponse:
    """What her browser needs to open her chat and to seal to the team that has her report."""
    bundle = vault.reporter_page(ticket.number, []).as_json()
    return JsonResponse(
        {
            "r": without_script.relay(ticket.number),
            "gen": gen,
            "compartments": bundle["compartments"],
            "items": bundle["items"],
            "unfinished": vault.unfinished(ticket.number),
            "keys": vault.public_keys([team_code], local_day(timezone.now())),
        }
    )


def _by_page(request: HttpRequest, form: AddForm, report: "Report", code: int) -> HttpResponse:
    kept = _kept(request, form, report, code) if form.is_valid() else None
    page = kept or _page(request, form, status_code=400)
    return remembering.shown(request, page, timezone.now())


def _kept(
    request: HttpRequest, form: AddForm, report: "Report", code: int
) -> HttpResponseRedirect | None:
    """On to the page that says so; None with a reason in the form when nothing was kept."""
    refused = getattr(request, "refused_files", [])
    if form.empty():
        if not refused:
            form.add_error(None, _("Belum ada yang terisi. Satu kalimat atau satu berkas cukup."))
        return None
    try:
        _add(form, report, code, request.POST.get("seed", ""), timezone.now())
    except store.NoRoom:
        form.add_error(None, _("Penyimpanan kami penuh. Kirim tulisannya dulu, tanpa berkas."))
        return None
    except (Refused, AddedMeanwhile):
        form.add_error(None, _("Belum tersimpan. Tulisan Anda masih ada di bawah, kirim lagi."))
        return None
    left_out = f"&berkas={len(refused)}" if refused else ""
    return HttpResponseRedirect(f"{reverse('intake:add')}?tersimpan=1{left_out}#isi", status=303)


def _add(form: AddForm, report: "Report", code: int, seed: str, at: datetime) -> None:
    number = queries.next_addition(report)
    files = [(f.name or "", f.content_type or "", f.read()) for f in form.cleaned_data["files"]]
    package = without_script.seal_addition(
        ticket=report.ticket.number,
        code=code,
        answers=form.written(),
        files=files,
        team_code=report.team_code,
        gen=number,
        at=at,
    )
    actions.add(
        report=report,
        answers=form.answers(),
        package=package,
        number=number,
        token=_token(seed, form, files),
        at=at,
    )


def _token(seed: str, form: AddForm, files: list[without_script.File]) -> str:
    """The same form sent twice is one addition; with more in it, it is another one."""
    bodies = [(name, packages.b64(suite.sha256(body))) for name, _kind, body in files]
    told = packages.compact([seed, form.answers().pairs(), form.written(), bodies])
    label = b"teduh/v1/tambahan\0"
    return packages.b64(suite.mac(settings.TEDUH_SERVER_SECRET, label + told)[:16])


def _form(request: HttpRequest) -> AddForm:
    chosen = request.POST.get("place_area", "")
    return AddForm(request.POST, request.FILES, areas=queries.areas(chosen))


def _page(
    request: HttpRequest,
    form: AddForm,
    *,
    status_code: int,
    **shown: object,
) -> HttpResponse:
    left_out, kept = request.GET.get("berkas", ""), remembering.for_minutes(request)
    context = {
        "form": form,
        "inst": settings.TEDUH_INSTANCE,
        "seed": secrets.token_hex(16),
        "remembered": kept.number if kept else "",
        "saved": request.GET.get("tersimpan") == "1",
        "left_out": left_out if left_out.isascii() and left_out.isdigit() else "",
        "refused": getattr(request, "refused_files", []),
        **shown,
    }
    return render(request, "intake/add.html", context, status=status_code)


def _slow_down(request: HttpRequest, form: AddForm, seconds: int, *, script: bool) -> HttpResponse:
    if script:
        return status.told_to_wait(JsonResponse({"wait": seconds}), seconds)
    page = _page(request, form, status_code=429, wait=seconds)
    return status.told_to_wait(page, seconds)


def _out_of_order(request: HttpRequest, form: AddForm, *, script: bool) -> HttpResponse:
    """Nothing was kept: the page with everything in it, to be sent once more as the same addition."""
    if script:
        return JsonResponse({"errors": {"__all__": [str(NOT_KEPT)]}}, status=503)
    form.full_clean()
    form.add_error(None, str(NOT_KEPT))
    return _page(request, form, status_code=503, seed=request.POST.get("seed", ""))


def _refuse(script: bool) -> JsonResponse | None:  # noqa: FBT001  one caller, one question
    return JsonResponse({"errors": {}}, status=403) if script else None
