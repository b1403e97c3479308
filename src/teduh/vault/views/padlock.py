"""Public keys for whoever seals; unlocking and files for members who passed the second factor."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from teduh.access.gates import member_of, needs
from teduh.access.queries import barred, intake_teams, passed_second_factor
from teduh.access.sessions import held
from teduh.access.words import Right
from teduh.lib import store
from teduh.lib.timing import local_day
from teduh.vault import actions, packages, queries, rules, suite
from teduh.vault.keylist import keyring
from teduh.vault.packages import b64
from teduh.vault.rules import Locked, Refused

NONCE, HUMAN, UNLOCKED = "unlock_nonce", "human_at", "unlocked_at"


@login_not_required
@require_GET
def public_keys(_request: HttpRequest) -> JsonResponse:
    """The signed list and the keys a reporter's browser seals to."""
    return JsonResponse(queries.public_keys(intake_teams(), local_day(timezone.now())))


@require_GET
def unlock_page(request: HttpRequest) -> HttpResponse:
    """Where a member types the sealing phrase; it never leaves the browser."""
    target = request.GET.get("next", "/kantor/")
    safe = target if target.startswith("/kantor/") else "/kantor/"
    has_keyring = keyring(member_of(request).code) is not None
    shown = {"next": safe, "has_keyring": has_keyring, "beside": request.GET.get("tab") == "1"}
    return render(request, "vault/unlock.html", shown)


@require_POST
def open_keyring(request: HttpRequest) -> JsonResponse:
    """Keyring, server share, epochs and keys for a session that passed the second factor."""
    member = member_of(request)
    if not passed_second_factor(request):
        return JsonResponse({}, status=403)
    at = timezone.now()
    try:
        ring, share = actions.unlock_share(by=member, at=at)
    except Locked as error:
        return JsonResponse({}, status=429 if str(error) == "too often" else 403)
    request.session[NONCE] = b64(suite.random_bytes(16))
    request.session[HUMAN] = request.session[UNLOCKED] = at.isoformat()
    return JsonResponse(
        {
            "salt": b64(bytes(ring.salt)),
            "blob": b64(bytes(ring.blob)),
            "share": b64(share),
            "member": member.code,
            "epochs": queries.epochs_of(member.code, member.team_codes()),
            "package": queries.package(),
            "keys": queries.listed_keys(),
            "tabKey": _tab_key(request),
        }
    )


@require_POST
def keep_keyring(request: HttpRequest) -> JsonResponse:
    """The keyring, closed again by the browser that just opened it; once for each unlock."""
    with held(request) as session:
        at, unlocked = timezone.now(), session.pop(UNLOCKED, None)
    if not unlocked or not passed_second_factor(request):
        return JsonResponse({}, status=403)
    if (at - datetime.fromisoformat(unlocked)).total_seconds() > rules.KEYRING_SECONDS:
        return JsonResponse({}, status=403)
    try:
        blob, sig = (packages.unb64(request.POST.get(name, "")) for name in ("blob", "sig"))
        actions.keep_keyring(by=member_of(request), blob=blob, sig=sig, at=at)
    except Refused:
        return JsonResponse({}, status=400)
    return JsonResponse({})


@require_POST
def tab(request: HttpRequest) -> JsonResponse:
    """The tab key, within ten minutes of the last human request."""
    at, last = timezone.now(), request.session.get(HUMAN)
    if not request.session.get(NONCE) or not passed_second_factor(request):
        return JsonResponse({}, status=403)
    if not actions.still_human(datetime.fromisoformat(last) if last else None, at):
        return JsonResponse({}, status=403)
    request.session[HUMAN] = at.isoformat()
    request.session.save()
    if not request.session.get(NONCE):  # closed while this was asked
        return JsonResponse({}, status=403)
    return JsonResponse({"tabKey": _tab_key(request)})


@require_POST
def touch(request: HttpRequest) -> JsonResponse:
    """A person is still there; told once a minute."""
    if request.session.get(NONCE):
        request.session[HUMAN] = timezone.now().isoformat()
    return JsonResponse({})


@require_POST
def close(request: HttpRequest) -> JsonResponse:
    """The padlock was closed: the tab key of this unlock is never given again."""
    request.session.pop(NONCE, None)
    return JsonResponse({})


@needs(Right.READ_REPORTS)
@require_GET
def file(request: HttpRequest, item: str) -> StreamingHttpResponse:
    """The ciphertext of a file whose subject the member's teams may open."""
    member, found = member_of(request), queries.file_of(item)
    if found is None or found.compartment.subject in barred(member):
        raise Http404
    if not queries.may_open(found.compartment, member.team_codes()):
        raise Http404
    keys = actions.hand_out_file(by=member, file=found, at=timezone.now())
    response = StreamingHttpResponse(
        store.read_pieces(keys), content_type="application/octet-stream"
    )
    response["Content-Length"] = str(found.size)
    return response


def _tab_key(request: HttpRequest) -> str:
    return b64(actions.tab_key(request.session.session_key or "", request.session[NONCE]))
