"""Lost second factors: asked for by one manager, taken by another, refused by their owner."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access import actions, queries
from teduh.access.forms import LostFactorForm
from teduh.access.gates import member_of, needs
from teduh.access.rules import AlreadyAsked, AlreadyDecided, TooLate
from teduh.access.views.members import seen_by
from teduh.access.words import Right

if TYPE_CHECKING:
    from teduh.access.models import LostFactor, Member


@needs(Right.MANAGE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Say why, and ask somebody else to approve."""
    viewer = member_of(request)
    seen = seen_by(viewer, code)
    form = LostFactorForm(request.POST or None)
    if form.is_valid():
        with suppress(AlreadyAsked):  # somebody was faster: the page shows their request
            actions.ask_reset(
                by=viewer.actor,
                member=seen,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
            )
        return redirect("access:member", code=code)
    return render(request, "access/lost_factor.html", {"form": form, "seen": seen})


@needs(Right.MANAGE_MEMBERS)
@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Take the factor that somebody else asked for."""
    member = member_of(request)
    asked = _seen(member, number)
    with suppress(AlreadyDecided, TooLate):  # the page shows how it stands
        actions.approve_reset(by=member.actor, asked=asked, at=timezone.now())
    return redirect("access:member", code=asked.member.code)


@require_POST
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Leave the factor: a manager, or its owner, who did not lose it."""
    member = member_of(request)
    asked = _seen(member, number)
    with suppress(AlreadyDecided):  # the page shows how it stands
        actions.refuse_reset(by=member.actor, asked=asked, at=timezone.now())
    if asked.member == member:
        return redirect("access:own")
    return redirect("access:member", code=asked.member.code)


def _seen(member: Member, number: int) -> LostFactor:
    try:
        return queries.lost_factors(member).get(pk=number)
    except ObjectDoesNotExist as foreign:
        raise Http404 from foreign
