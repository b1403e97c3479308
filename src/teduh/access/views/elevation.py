"""Temporary rights: asked with a reason, answered by somebody else, over by themselves."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access import actions, queries
from teduh.access.forms import ElevationForm
from teduh.access.gates import member_of, needs
from teduh.access.rules import AlreadyDecided
from teduh.access.words import Right

if TYPE_CHECKING:
    from teduh.access.models import Elevation, Member

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def elevation(request: HttpRequest) -> HttpResponse:
    """Ask, and see what was asked."""
    member, now = member_of(request), timezone.now()
    form = ElevationForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        actions.ask_elevation(
            by=member.actor,
            member=member,
            right=Right(told["right"]),
            reason=told["reason"],
            hours=told["hours"],
            at=now,
        )
        return redirect("access:elevation")
    shown = {
        "form": form,
        "member": member,
        "requests": queries.elevations(member)[:SHOWN],
        "may_approve": member.may(Right.APPROVE_ELEVATION),
        "now": now,
    }
    return render(request, "access/elevation.html", shown)


@needs(Right.APPROVE_ELEVATION)
@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Grant somebody else's request."""
    member = member_of(request)
    asked = _seen(member, number)
    with suppress(AlreadyDecided):  # somebody was faster: the list shows the answer
        actions.approve_elevation(by=member.actor, elevation=asked, at=timezone.now())
    return redirect("access:elevation")


@needs(Right.APPROVE_ELEVATION)
@require_POST
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Turn somebody else's request down."""
    member = member_of(request)
    asked = _seen(member, number)
    with suppress(AlreadyDecided):  # somebody was faster: the list shows the answer
        actions.refuse_elevation(by=member.actor, elevation=asked, at=timezone.now())
    return redirect("access:elevation")


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a temporary right early."""
    member = member_of(request)
    asked = _seen(member, number)
    actions.end_elevation(by=member.actor, elevation=asked, at=timezone.now())
    return redirect("access:elevation")


def _seen(member: Member, number: int) -> Elevation:
    try:
        return queries.elevations(member).get(pk=number)
    except ObjectDoesNotExist as foreign:
        raise Http404 from foreign
