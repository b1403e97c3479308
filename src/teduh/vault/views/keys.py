"""The page of keys: team keys, copies for colleagues, the signed list, a first keyring."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from teduh.access.gates import member_of, needs
from teduh.access.queries import names, passed_second_factor, teams_of
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.lib.timing import local_day
from teduh.vault import archive, epochs, keylist, keywork, packages, queries
from teduh.vault.actions import renewing
from teduh.vault.manifest import MANIFEST_DAYS
from teduh.vault.packages import SignedStatement, b64, unb64
from teduh.vault.rules import BOX_KEY, SIGN_KEY, Locked, Refused

if TYPE_CHECKING:
    from teduh.access.models import Member
    from teduh.vault.models import PublicKey


RENEWED = timedelta(days=30)  # before its end a certificate may be replaced


@needs(Right.RENEW_TEAM_KEYS, Right.MANAGE_KEYS)
@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """How the keys stand, and the one click each that keeps them alive."""
    return _page(request)


def _page(request: HttpRequest, status: int = 200, **typed: str) -> HttpResponse:
    member, at = member_of(request), timezone.now()
    day = local_day(at)
    left = keylist.departures(at)
    waiting, seated = keylist.waiting(at), keylist.standing(at)
    owners = {key.owner for key in waiting} | {one.departure.member_code for one in left}
    shown = {
        "teams": _teams(member) if member.may(Right.RENEW_TEAM_KEYS) else [],
        "old": member.may(Right.READ_REPORTS) and epochs.old_epochs(day, member.team_codes()),
        "archive": member.may(Right.KEEP_ARCHIVE) or archive.recalls(member, holds=False),
        "signs": member.may(Right.MANAGE_KEYS),
        "certificate": keylist.certificate(member.code, day),
        "renew": keylist.certificate(member.code, day + RENEWED) is None,
        "own_keys": [b64(key) for key in keylist.own_signing_keys(member.code).values()],
        "list": queries.newest_manifest(),
        "days_left": queries.expires(day),
        "waiting": waiting,
        "newcomers": _newcomers(waiting, seated),
        "to_sign": _to_sign(day, seated),
        "holders": _other_holders(member) if member.may(Right.MANAGE_KEYS) else {},
        "left": left,
        "names": names(owners),
        "day": str(day),
        **typed,
    }
    return render(request, "vault/keys.html", shown, status=status)


@needs(Right.RENEW_TEAM_KEYS)
@require_POST
def epoch(request: HttpRequest) -> HttpResponse:
    """A team's new key."""
    made = request.POST.get("made", "")
    return _done(
        request,
        lambda: renewing.start_epoch(
            by=member_of(request),
            team=request.POST.get("team", ""),
            made=keywork.read_epoch(made),
            at=timezone.now(),
        ),
        _("Kunci baru dibuat. Kunci ini dipakai begitu daftar kunci ditandatangani."),
    )


@needs(Right.RENEW_TEAM_KEYS)
@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Copies of a team's keys for a colleague."""
    made = request.POST.get("made", "")
    return _done(
        request,
        lambda: renewing.give_epochs(
            by=member_of(request),
            team=request.POST.get("team", ""),
            to=request.POST.get("to", ""),
            wraps=keywork.read_given(made),
            at=timezone.now(),
        ),
        _("Kunci tim sudah diberikan. Ia memegangnya sejak gembok dibuka berikutnya."),
    )


@needs(Right.MANAGE_KEYS)
@require_POST
def sign(request: HttpRequest) -> HttpResponse:
    """The list of keys, signed."""
    made = request.POST.get("made", "")
    return _done(
        request,
        lambda: renewing.sign_list(
            by=member_of(request), told=packages.read_statement(made), at=timezone.now()
        ),
        _("Daftar kunci ditandatangani."),
    )


@needs(Right.MANAGE_KEYS)
@require_POST
def certificate(request: HttpRequest) -> HttpResponse:
    """A key officer's certificate, as `certify_officer` printed it."""
    typed = {name: request.POST.get(name, "") for name in ("body", "sig")}
    body, sig = (unb64(text.strip()) for text in typed.values())
    return _done(
        request,
        lambda: renewing.keep_certificate(
            by=member_of(request), told=SignedStatement(body, sig), at=timezone.now()
        ),
        _("Sertifikat disimpan."),
        **typed,
    )


@needs(Right.MANAGE_KEYS)
@require_POST
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Keyring and team keys of somebody who lost the phrase."""
    member = keylist.holder(code)
    if member is None:
        raise Http404
    return _done(
        request,
        lambda: renewing.reset_keyring(by=member_of(request), member=member, at=timezone.now()),
        _("Kunci lamanya dicabut. Ia membuat frasa segel baru saat masuk berikutnya."),
    )


@require_GET
def new_phrase(request: HttpRequest) -> HttpResponse:
    """Where a member without a keyring makes one; the phrase never leaves the browser."""
    if keylist.keyring(member_of(request).code):
        return redirect("vault:unlock")
    return render(request, "vault/new_phrase.html")


@require_POST
def begin(request: HttpRequest) -> JsonResponse:
    """The server's share for a first keyring."""
    member = member_of(request)
    if not passed_second_factor(request):
        return JsonResponse({}, status=403)
    try:
        share = renewing.begin_keyring(by=member, at=timezone.now())
    except Locked:
        return JsonResponse({}, status=403)
    return JsonResponse({"share": b64(share), "member": member.code})


@require_POST
def finish(request: HttpRequest) -> JsonResponse:
    """A first keyring, closed by the browser that made it."""
    if not passed_second_factor(request):
        return JsonResponse({}, status=403)
    try:
        made = keywork.read_keyring(request.POST.get("made", ""))
        renewing.make_keyring(by=member_of(request), made=made, at=timezone.now())
    except Locked:
        return JsonResponse({}, status=403)
    except Refused:
        return JsonResponse({}, status=400)
    return JsonResponse({"ok": True})


def _done(request: HttpRequest, act: Callable[[], object], said: str, **typed: str) -> HttpResponse:
    try:
        act()
    except Forbidden:
        raise
    except Refused:
        messages.error(
            request,
            _("Belum berhasil: keadaan kunci berubah. Lihat halaman ini lagi, lalu ulangi."),
        )
        if typed:
            return _page(request, status=409, **typed)
    else:
        messages.success(request, said)
    return redirect("vault:keys")


def _other_holders(member: "Member") -> dict[str, str]:
    """Names of those whose keyring this officer may take back, by code."""
    rings, _wraps = keylist.held(withheld=False)
    return names(rings - {member.code})


def _teams(member: "Member") -> list[dict[str, Any]]:
    at = timezone.now()
    day, shown = local_day(at), []
    teams = {team.code: team for team in teams_of(member, at)}
    keys = queries.team_keys(teams)
    seated = keylist.boxes_in(teams, at, keys.listed)
    lacking = keylist.lacking_in(keys, seated)
    called = names(box.owner for some in seated.values() for box in some)
    for state in keylist.epoch_states(list(teams), keys, day):
        team, boxes = teams[state.team], seated[state.team]
        shown.append(
            {
                "team": team,
                "state": state,
                "holders": [called.get(box.owner, box.owner) for box in boxes],
                "make": {"team": team.code, "day": str(day), "members": [_held(b) for b in boxes]},
                "lacking": [
                    {
                        "code": box.owner,
                        "name": called.get(box.owner, box.owner),
                        "give": {"epochs": missing, "member": _held(box)},
                    }
                    for box, missing in lacking[team.code]
                ],
            }
        )
    return shown


def _held(key: "PublicKey") -> dict[str, str]:
    return {"kid": key.kid, "key": b64(bytes(key.public))}


def _newcomers(waiting: "list[PublicKey]", seated: keylist.Seats) -> list[dict[str, Any]]:
    """Members whose two keys, or new teams, a key officer confirms by voice before signing."""
    boxes = {key.owner: key for key in waiting if key.kind == BOX_KEY and not key.gone}
    signs = {key.owner: key for key in waiting if key.kind == SIGN_KEY and not key.gone}
    called = names(boxes)
    return [
        {
            "owner": owner,
            "name": called.get(owner, owner),
            "teams": ", ".join(seated.get(owner, ())),
            "kids": f"{boxes[owner].kid} {signs[owner].kid}",
            "box": b64(bytes(boxes[owner].public)),
            "sign": b64(bytes(signs[owner].public)),
        }
        for owner in sorted(boxes.keys() & signs.keys())
    ]


def _to_sign(day: date, seated: keylist.Seats) -> dict[str, Any]:
    return {
        "package": queries.package(),
        "day": str(day),
        "until": str(day + timedelta(days=MANIFEST_DAYS)),
        "keys": [
            {
                **_held(key),
                "kind": key.kind,
                "owner": key.owner,
                "since": str(key.since),
                "by": key.by,
                "sig": b64(bytes(key.sig)),
                "gone": str(key.gone) if key.gone else "",
                "teams": keylist.entry(key, seated).get("teams"),
            }
            for key in keylist.to_list(day)
        ],
        "confirmed": [],
    }
