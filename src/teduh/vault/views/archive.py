"""The page of the archive: who asks for what lies there, a half from each side, and joining them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from teduh.access.gates import member_of, needs
from teduh.access.queries import names, team_names
from teduh.access.words import Right
from teduh.lib.numbers import whole
from teduh.vault import archive, keywork
from teduh.vault.actions import recalling
from teduh.vault.packages import b64
from teduh.vault.rules import Refused


@needs(Right.KEEP_ARCHIVE, Right.READ_REPORTS)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What waits: for a holder a half to give, for the team what both sides gave."""
    return _page(request)


def _page(request: HttpRequest, status: int = 200) -> HttpResponse:
    member = member_of(request)
    side = archive.side_of(member) if member.may(Right.KEEP_ARCHIVE) else ""
    waiting = archive.recalls(member, holds=bool(side))
    called, teams = names(one.recall.by for one in waiting), team_names()
    own = member.team_codes() if member.may(Right.READ_REPORTS) else set()
    shown = {
        "side": side,
        "waiting": [
            {
                "of": one,
                "asker": called.get(one.recall.by, one.recall.by),
                "team": teams.get(one.recall.team_code, one.recall.team_code),
                "mine": one.recall.by == member.code,
                "to_give": one.parts - one.given[side] if side else 0,
                "given": one.given[side] if side else 0,
                "joins": one.recall.team_code in own,
            }
            for one in waiting
        ],
    }
    return render(request, "vault/archive.html", shown, status=status)


@needs(Right.KEEP_ARCHIVE)
@require_POST
def take_halves(request: HttpRequest) -> JsonResponse:
    """The next halves of one's side."""
    after = whole(request.POST.get("after", "")) or 0
    try:
        found, rows, to = recalling.hand_out_halves(after=after, **_told(request))
    except Refused:
        return JsonResponse({}, status=409)
    recall = archive.recall(whole(request.POST.get("of", "")) or 0)
    return JsonResponse(
        {
            "team": recall.team_code if recall else "",
            "to": {"kid": to.kid, "key": b64(bytes(to.public))},
            "parts": [{"d": b64(bytes(row.d)), "pairs": found[row.cmp]} for row in rows],
            "last": rows[-1].pk if rows else after,
        }
    )


@needs(Right.KEEP_ARCHIVE)
@require_POST
def keep_halves(request: HttpRequest) -> JsonResponse:
    """Halves, sealed to the team that asked in this holder's browser."""
    try:
        made = keywork.read_given_halves(request.POST.get("made", ""))
        recalling.hand_on(halves=made, **_told(request))
    except Refused:
        return JsonResponse({}, status=409)
    return JsonResponse({})


@needs(Right.READ_REPORTS)
@require_POST
def take_joined(request: HttpRequest) -> JsonResponse:
    """The next compartments whose two halves were handed on."""
    after = whole(request.POST.get("after", "")) or 0
    try:
        bundles, found, rows, to = recalling.hand_out_joined(after=after, **_told(request))
    except Refused:
        return JsonResponse({}, status=409)
    return JsonResponse(
        {
            "bundles": [bundle.as_json() for bundle in bundles],
            "to": {"kid": to.kid, "key": b64(bytes(to.public))},
            "parts": [{"d": b64(bytes(row.d)), "pairs": found[row.cmp]} for row in rows],
            "last": rows[-1].pk if rows else after,
        }
    )


@needs(Right.READ_REPORTS)
@require_POST
def keep_joined(request: HttpRequest) -> JsonResponse:
    """What this member's browser joined, wrapped to the team's key, and what did not fit."""
    try:
        wraps = keywork.read_new_wraps(request.POST.get("made", ""))
        broken = keywork.read_names(request.POST.get("broken", "") or "[]")
        recalling.keep_joined(wraps=wraps, broken=broken, **_told(request))
    except Refused:
        return JsonResponse({}, status=409)
    return JsonResponse({})


@needs(Right.READ_REPORTS)
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """A member of the team asks no longer."""
    try:
        recalling.take_back(by=member_of(request), number=number, at=timezone.now())
    except Refused:
        return _page(request, 409)
    return redirect("vault:archive")


def _told(request: HttpRequest) -> dict[str, Any]:
    number = whole(request.POST.get("of", "")) or 0
    return {"by": member_of(request), "number": number, "at": timezone.now()}
