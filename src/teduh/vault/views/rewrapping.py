"""The page of old keys: what hangs on a team's ended epochs is wrapped anew, and looked at twice."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from teduh.access.gates import member_of, needs
from teduh.access.queries import names, teams_of
from teduh.access.words import Right
from teduh.lib.numbers import whole
from teduh.lib.timing import local_day
from teduh.vault import epochs, keylist, keywork, packages, rules
from teduh.vault.actions import archiving, rewrapping
from teduh.vault.packages import b64
from teduh.vault.rules import Refused

if TYPE_CHECKING:
    from teduh.vault.models import PublicKey


@needs(Right.READ_REPORTS)
@require_GET
def old_keys(request: HttpRequest) -> HttpResponse:
    """How far each old epoch of one's teams is, and the two jobs that end it."""
    member, at = member_of(request), timezone.now()
    called = {team.code: team.name for team in teams_of(member, at)}
    found = epochs.old_epochs(local_day(at), called)
    held = keylist.held_epochs(member.code)
    shown = {
        "epochs": [
            {
                "team": called[old.team],
                "progress": epochs.progress(old, member.code),
                "held": old.kid in held,
                "colleagues": _colleagues(old.team, member.code),
            }
            for old in found
        ],
        "wait_days": rules.REWRAP_AFTER_DAYS,
        "settled_days": rules.SETTLED_DAYS,
        "archive_days": rules.ARCHIVE_AFTER_DAYS,
    }
    return render(request, "vault/old_keys.html", shown)


@needs(Right.READ_REPORTS)
@require_POST
def take_old(request: HttpRequest) -> JsonResponse:
    """The next compartments to wrap anew."""
    return _step(request, rewrapping.hand_out_old)


@needs(Right.READ_REPORTS)
@require_POST
def take_new(request: HttpRequest) -> JsonResponse:
    """The next of a colleague's new wraps to try."""
    return _step(request, rewrapping.hand_out_new)


@needs(Right.READ_REPORTS)
@require_POST
def keep_new(request: HttpRequest) -> JsonResponse:
    """New wraps, made in this member's browser."""

    def keep(**told: Any) -> None:
        rewrapping.keep_new(wraps=keywork.read_new_wraps(request.POST.get("made", "")), **told)

    return _kept(request, keep)


@needs(Right.READ_REPORTS)
@require_POST
def take_single(request: HttpRequest) -> JsonResponse:
    """The next compartments to halve for the archive."""
    return _step(request, archiving.hand_out_single)


@needs(Right.READ_REPORTS)
@require_POST
def keep_pairs(request: HttpRequest) -> JsonResponse:
    """Keys in halves for the archive, made in this member's browser."""

    def keep(**told: Any) -> None:
        archiving.keep_pairs(pairs=keywork.read_pairs(request.POST.get("made", "")), **told)

    return _kept(request, keep)


@needs(Right.READ_REPORTS)
@require_POST
def keep_opened(request: HttpRequest) -> JsonResponse:
    """Which new wraps opened, signed; those that did not are dropped."""
    made, broken = request.POST.get("made", ""), request.POST.get("broken", "") or "[]"

    def keep(**told: Any) -> None:
        if made:
            rewrapping.keep_opened(told=packages.read_statement(made), **told)
        rewrapping.throw_away(wraps=keywork.read_tried(broken), **told)

    return _kept(request, keep)


def _step(request: HttpRequest, hand_out: Callable[..., rewrapping.Parts]) -> JsonResponse:
    member, at = member_of(request), timezone.now()
    kid, after = request.POST.get("of", ""), request.POST.get("after", "")
    try:
        bundles, parts, last = hand_out(by=member, epoch=kid, after=whole(after) or 0, at=at)
    except Refused:
        return JsonResponse({}, status=409)
    old = epochs.old_epoch(kid, member.team_codes(), local_day(at))
    if old is None:
        return JsonResponse({}, status=409)
    sides = {"a": _held(old.sides.a), "b": _held(old.sides.b)} if old.sides else {}
    return JsonResponse(
        {
            "epoch": kid,
            "bundles": [bundle.as_json() for bundle in bundles],
            "parts": parts,
            "last": last,
            "to": _held(old.to),
            "sides": sides,
            "day": str(local_day(at)),
        }
    )


def _held(key: "PublicKey") -> dict[str, str]:
    return {"kid": key.kid, "key": b64(bytes(key.public))}


def _kept(request: HttpRequest, keep: Callable[..., None]) -> JsonResponse:
    member, kid = member_of(request), request.POST.get("of", "")
    try:
        keep(by=member, epoch=kid, at=timezone.now())
    except Refused:
        return JsonResponse({}, status=409)
    return JsonResponse({})


def _colleagues(team: str, code: str) -> list[str]:
    """Names of those who hold the team's keys, without the reader."""
    held = keylist.holders(team) - {code}
    return sorted(names(held).values())
