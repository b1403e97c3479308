"""Grants: given by an officer's browser, and what the partner they were made for sees."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from teduh.access.gates import member_of, needs, polled
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.actions.working import PUBLIC
from teduh.cases.rules import WrongMove
from teduh.cases.views.frame import asked, refused, saved
from teduh.cases.words import State
from teduh.lib.timing import local_day
from teduh.records import queries
from teduh.records.actions import granting as actions
from teduh.records.rules import NotHolding
from teduh.vault import actions as vault
from teduh.vault.grants import read_given_on, read_grants
from teduh.vault.packages import b64, read_made
from teduh.vault.rules import Refused


@needs(Right.WORK_CASES)
@require_POST
def give(request: HttpRequest, code: str, number: int) -> JsonResponse:
    """What the browser wrapped for people of an agency, under a consent."""
    of = asked(request, code)
    consent = queries.consent_of(of.case, number)
    if consent is None:
        raise Http404
    try:
        sealed = read_grants(request.POST.get("grants", ""))
        actions.give(by=of.member, consent=consent, sealed=sealed, at=of.at)
    except (Refused, Forbidden, WrongMove, NotHolding):
        return refused()
    return saved(reverse("records:consents", args=[code]))


@needs(Right.WORK_CASES)
@require_POST
def new_keys(request: HttpRequest, code: str) -> JsonResponse:
    """The next generation of what a withdrawal has spent: what to make, or what was made.

    `comps`: the compartments the page has; it hears how they stand now.
    """
    of = asked(request, code)
    if not of.opens:
        return refused()
    wanted = set(request.POST.get("comps", "").split())
    try:
        if "made" in request.POST:
            made = read_made(request.POST["made"])
            given = read_given_on(request.POST.get("given", ""))
            actions.begin(by=of.member, case=of.case, made=made, given=given, at=of.at)
        elif begun := queries.to_begin(of.member, of.case, of.at):
            keys = queries.keys_of(begun.grants)
            told = [{"kid": kid, "key": b64(key)} for kid, key in keys]
            return JsonResponse({"begin": begun.as_json(), "keys": told})
    except (Refused, Forbidden):
        return refused()
    comps = sorted(wanted & queries.concerning(of.member, of.case, of.at))
    bundle = vault.hand_out(by=of.member, subject=code, at=of.at, comps=comps)
    return JsonResponse({"bundle": bundle.as_json()})


@needs(Right.ANSWER_PARTNER)
@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """Every case of which something is shared with the member who asks."""
    member, day = member_of(request), local_day(timezone.now())
    rows = [
        (consent, queries.labelled({comp for one in grants for comp in one.parts}))
        for consent, grants in queries.shared_with(member, day)
    ]
    return render(request, "records/shared.html", {"rows": rows})


@needs(Right.ANSWER_PARTNER)
@require_safe
def shared_case(request: HttpRequest, code: str) -> HttpResponse:
    """What is shared of one case, and its public stage; once it ended, there is no such page."""
    try:
        found = actions.read(by=member_of(request), code=code, at=timezone.now())
    except Forbidden as error:
        raise Http404 from error
    shown = {
        "case": found.case,
        "stage": PUBLIC[State(found.case.state)][0].label,
        "rows": [(one, queries.labelled(one.parts)) for one in found.consents],
        "grants": [queries.proof_of(one) for one in found.grants],
        "pieces": found.pieces,
        "bundles": [found.bundle],
    }
    return render(request, "records/shared_case.html", shown)


@polled
@needs(Right.ANSWER_PARTNER)
@require_safe
def still(request: HttpRequest, code: str) -> HttpResponse:
    """Whether something of a case is still shared with who asks: 204, or 404."""
    member, day = member_of(request), local_day(timezone.now())
    if not queries.shared_with(member, day, code):
        raise Http404
    return HttpResponse(status=204)
