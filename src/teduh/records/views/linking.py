"""Links: made and ended in the office, opened without an account by whoever holds one and its words."""

import secrets

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import needs, polled
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.rules import WrongMove
from teduh.cases.views.frame import asked, refused
from teduh.records import queries
from teduh.records.actions import linking as actions
from teduh.records.rules import NotHolding
from teduh.tickets import guessing
from teduh.tickets.rules import TooFast
from teduh.tickets.views import told_to_wait
from teduh.vault.grants import read_link
from teduh.vault.packages import b64, unb64
from teduh.vault.queries import package
from teduh.vault.rules import LINK_OPEN, Refused, Tried

COOKIE = "teduh_tautan"
DEVICE = 32  # bytes of what a browser is told when it opens a link
STATUS = {Tried.WRONG: 403, Tried.SPENT: 410, Tried.ELSEWHERE: 409, Tried.OVER: 410}


@needs(Right.WORK_CASES)
@require_POST
def make(request: HttpRequest, code: str, number: int) -> JsonResponse:
    """What the browser wrapped for whoever gets a link, under a consent; its address."""
    of = asked(request, code)
    consent = queries.consent_of(of.case, number)
    if consent is None:
        raise Http404
    try:
        made = read_link(request.POST.get("link", ""))
        grant = actions.make_link(by=of.member, consent=consent, made=made, at=of.at)
    except (Refused, Forbidden, WrongMove, NotHolding):
        return refused()
    address = request.build_absolute_uri(reverse("link:open", args=[grant.name]))
    return JsonResponse({"address": address})


@needs(Right.WORK_CASES)
@require_POST
def end(request: HttpRequest, code: str, number: int, name: str) -> HttpResponse:
    """End a link at once."""
    of = asked(request, code)
    consent = queries.consent_of(of.case, number)
    if consent is None:
        raise Http404
    try:
        actions.end_link(by=of.member, consent=consent, name=name, at=of.at)
    except Forbidden:
        messages.error(request, _("Tautan belum dicabut. Lihat keadaan terbaru."))
    else:
        messages.success(request, _("Tautan dicabut: tidak membuka apa pun lagi."))
    return redirect("records:consents", code=code)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def opened(request: HttpRequest, name: str) -> HttpResponse:
    """The page that asks for the words of a link; a post with the proof of both gets what it opens."""
    at = timezone.now()
    if request.method != "POST":
        stands = queries.linked(name, at) is not None
        shown = {"name": name, "stands": stands, "inst": settings.TEDUH_INSTANCE}
        return render(request, "records/link.html", shown, status=200 if stands else 404)
    bound = queries.is_bound(name, at)
    device = (device_of(request, name) if bound else b"") or secrets.token_bytes(DEVICE)
    auth = unb64(request.POST.get("auth", ""))
    done = actions.open_link(name=name, auth=auth, device=device, at=at)
    if done.tried != Tried.OPEN:
        return _refused(request, done)
    return _opened(request, name, done, device)


@polled
@csrf_exempt
@login_not_required
@require_safe
def still(request: HttpRequest, name: str) -> HttpResponse:
    """Whether a link still opens something on this device: 204, or 404."""
    if not queries.still_linked(name, device_of(request, name), timezone.now()):
        raise Http404
    return HttpResponse(status=204)


def _opened(request: HttpRequest, name: str, done: actions.Opened, device: bytes) -> HttpResponse:
    assert done.consent is not None
    assert done.grant is not None
    assert done.bundle is not None
    shown = {
        "case": done.consent.case,
        "consent": done.consent,
        "parts": queries.labelled(done.grant.parts),
        "pieces": done.pieces,
        "until": queries.link_now(done.grant).until,
    }
    told = {
        "html": render_to_string("records/parts/linked.html", shown, request),
        "bundle": done.bundle.as_json(),
        "package": package(),
    }
    response = JsonResponse(told)
    response.set_cookie(
        _cookie(name),
        b64(device),
        max_age=int(LINK_OPEN.total_seconds()),
        httponly=True,
        secure=settings.TEDUH_TLS,
        samesite="Strict",
    )
    return response


def _refused(request: HttpRequest, done: actions.Opened) -> HttpResponse:
    try:
        guessing.missed(request, timezone.now())
    except TooFast as error:
        return told_to_wait(JsonResponse({"wait": error.seconds}), error.seconds)
    return JsonResponse({"left": done.left}, status=STATUS[done.tried])


def _cookie(name: str) -> str:
    return f"{COOKIE}_{name[:8]}"


def device_of(request: HttpRequest, name: str) -> bytes:
    """What only the browser knows that has opened a link; empty in every other."""
    told = unb64(request.COOKIES.get(_cookie(name), ""))
    return told if len(told) == DEVICE else b""
