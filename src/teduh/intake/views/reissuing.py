"""A new code for somebody who lost hers: facts compared at the desk, then one more look."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.intake import actions, facts, queries
from teduh.intake.rules import FACTS_NEEDED, TooFewFacts
from teduh.intake.words import Fact, Met
from teduh.vault import actions as vault
from teduh.vault import packages, without_script
from teduh.vault.queries import to_make_in
from teduh.vault.rules import Refused

if TYPE_CHECKING:
    from teduh.access.models import Member
    from teduh.intake.models import Report


@needs(Right.MESSAGE_REPORTERS)
@require_http_methods(["GET", "POST"])
def reissue(request: HttpRequest, number: str) -> HttpResponse:
    """Compare, say what agreed, and print a slip."""
    member = member_of(request)
    row = queries.one(member, number)
    if row is None or row.team_code not in member.team_codes():
        raise Http404
    return _given(request, member, row) if request.method == "POST" else _page(request, member, row)


def _page(request: HttpRequest, member: "Member", row: "Report") -> HttpResponse:
    bundle = vault.hand_out(by=member, subject=row.ticket.number, at=timezone.now())
    try:
        bundle = to_make_in(bundle, row.team_code)
    except Refused:
        ready = False
    else:
        ready = True
    shown = {
        "report": row,
        "bundle": bundle,
        "bundles": [bundle],
        "ready": ready,
        "contact": facts.CONTACT,
        "added": facts.added(bundle, queries.additions(row)),
        "facts": Fact.choices,
        "ways": Met.choices,
        "needed": FACTS_NEEDED,
        "r": without_script.relay(row.ticket.number),
        "inst": settings.TEDUH_INSTANCE,
    }
    return render(request, "intake/reissue.html", shown)


def _given(request: HttpRequest, member: "Member", row: "Report") -> JsonResponse:
    sent, at = request.POST, timezone.now()
    try:
        compared = actions.Compared(
            [Fact(one) for one in sent.getlist("facts")], Met(sent.get("met", ""))
        )
        sealed = packages.read_renewal(sent.get("renewal", ""))
        if sent.get("accept"):
            vault.accept(by=member, subject=row.ticket.number, acceptance=sent["accept"], at=at)
        actions.reissue_code(by=member, report=row, compared=compared, sealed=sealed, at=at)
    except (ValueError, TooFewFacts):
        return JsonResponse(
            {"message": _("Pilih sedikitnya dua hal yang cocok, dan cara bertemu.")}, status=422
        )
    except Refused:
        return JsonResponse({}, status=409)
    return JsonResponse({"ok": True})


@needs(Right.SUPERVISE_CASES)
@require_POST
def looked(request: HttpRequest, number: str) -> HttpResponse:
    """A supervisor has looked at a code that somebody else gave."""
    member = member_of(request)
    row = queries.one(member, number)
    if row is None:
        raise Http404
    for one in queries.reissues(member).filter(report=row):
        actions.look_at_reissue(by=member, reissue=one, at=timezone.now())
    return redirect("desk:report", number=number)
