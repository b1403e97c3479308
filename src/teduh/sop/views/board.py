"""The board of promises, and what is done to one of them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.sop import actions, queries, today
from teduh.sop.rules import NotOpen
from teduh.sop.words import Pause, Pick, Reason
from teduh.web.choices import options
from teduh.web.paging import slice_of

if TYPE_CHECKING:
    from teduh.access.models import Member
    from teduh.sop.models import Promise

AHEAD = timedelta(hours=24)  # the third column of the board


@needs(Right.READ_REPORTS, Right.MANAGE_MEMBERS)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What is late, what is due within two hours, and what within a day."""
    member, at = member_of(request), timezone.now()
    wall = request.GET.get("layar") == "dinding"
    team, owner = request.GET.get("tim", ""), request.GET.get("orang", "")
    found = queries.board(member, at, at + AHEAD, by_person=not wall, team_code=team, owner=owner)
    titles = {"late": _("Lewat waktu"), "soon": _("Dalam 2 jam"), "later": _("Dalam 24 jam")}
    columns = zip(titles.values(), (found.late, found.soon, found.later), strict=True)
    shown = {
        "board": found,
        "titles": titles,
        "columns": list(columns),
        "most": queries.BOARD,
        "asks": queries.ASKS,
        "people": queries.PEOPLE,
        "whys": options(Reason.choices),
        "team": team,
        "owner": owner,
        "wall": wall,
        "explains": member.may(Right.TRIAGE_REPORTS) or member.may(Right.MANAGE_MEMBERS),
        "open_teams": _open_teams(member),
        "edited": queries.edited() if member.may(Right.MANAGE_MEMBERS) else [],
        "at": at,
    }
    return render(request, "sop/board.html", shown)


@needs(Right.READ_REPORTS, Right.MANAGE_MEMBERS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The promises behind one number of the morning page."""
    member, at = member_of(request), timezone.now()
    asked = request.GET.get("hanya", "")
    pick = Pick(asked) if asked in Pick.values else Pick.LATE
    mine = request.GET.get("saya") == "1"
    page = slice_of(
        today.picked(member, pick, at, mine=mine), request.GET.get("hal"), queries.BOARD
    )
    shown = {
        "page": page,
        "lines": queries.lines(page.object_list, at),
        "pick": pick,
        "picks": Pick.choices,
        "mine": mine,
        "open_teams": _open_teams(member),
    }
    return render(request, "sop/listed.html", shown)


@needs(Right.TRIAGE_REPORTS, Right.MANAGE_MEMBERS)
@require_POST
def hear(request: HttpRequest, number: int) -> HttpResponse:
    """Say that one knows of a late promise."""
    member, row = _found(request, number)
    return _done(request, lambda at: actions.hear(by=member, promise=row, at=at))


@needs(Right.TRIAGE_REPORTS)
@require_POST
def pause(request: HttpRequest, number: int) -> HttpResponse:
    """Let a promise wait, with a reason of the list."""
    member, row = _found(request, number)
    reason = request.POST.get("alasan", "")
    if reason not in Pause.values:
        messages.error(request, _("Pilih alasannya dulu."))
        return redirect(_back(request))
    return _done(
        request,
        lambda at: actions.pause(by=member, promise=row, reason=Pause(reason), at=at),
    )


@needs(Right.TRIAGE_REPORTS)
@require_POST
def resume(request: HttpRequest, number: int) -> HttpResponse:
    """Let it go on."""
    member, row = _found(request, number)
    return _done(request, lambda at: actions.resume(by=member, promise=row, at=at))


@needs(Right.TRIAGE_REPORTS, Right.MANAGE_MEMBERS)
@require_POST
def explain(request: HttpRequest, number: int) -> HttpResponse:
    """Say why a promise was met late or out of turn, with a reason of the list."""
    member, row = _found(request, number)
    reason = request.POST.get("alasan", "")
    if reason not in Reason.values:
        messages.error(request, _("Pilih alasannya dulu."))
        return redirect(_back(request))
    return _done(
        request,
        lambda at: actions.explain(by=member, promise=row, reason=Reason(reason), at=at),
    )


def _open_teams(member: "Member") -> frozenset[str]:
    """The teams whose reports and cases this member may open."""
    return frozenset(member.team_codes() if member.may(Right.READ_REPORTS) else ())


def _found(request: HttpRequest, number: int) -> tuple["Member", "Promise"]:
    member = member_of(request)
    row = queries.one(member, number)
    if row is None:
        raise Http404
    return member, row


def _done(request: HttpRequest, act: Callable[[datetime], None]) -> HttpResponse:
    try:
        act(timezone.now())
    except NotOpen:
        messages.error(request, _("Keadaannya sudah berubah. Lihat yang terbaru di bawah."))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The page of the office it was asked from, else the board."""
    page = request.POST.get("kembali", "")
    inside = page.startswith("/kantor/") and url_has_allowed_host_and_scheme(page, None)
    return page if inside else reverse("sop:board")
