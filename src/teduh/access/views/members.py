"""Members: list, invitation, roles, deactivation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access import actions, queries
from teduh.access.actions import LinkFor
from teduh.access.forms import InviteForm, RolesForm
from teduh.access.gates import member_of, needs
from teduh.access.roles import ROLES
from teduh.access.rules import BeyondAgency, BothHalves, EmailTaken, Forbidden
from teduh.access.words import Right
from teduh.web.paging import slice_of

if TYPE_CHECKING:
    from teduh.access.models import Member

PAGE = 50
ONE_HALF = gettext_lazy(
    "Satu orang hanya boleh memegang satu pihak arsip, juga bila dulu pernah memegang pihak lain."
)
FROM_THE_OFFICE = gettext_lazy("Peran ini hanya dapat diberikan oleh pengelola di kantor UPTD PPA.")


@needs(Right.MANAGE_MEMBERS)
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Everybody this manager may see."""
    viewer, now = member_of(request), timezone.now()
    page = slice_of(queries.members(viewer), request.GET.get("hal"), PAGE)
    asked = queries.lost_factors(viewer).waiting(now)
    return render(request, "access/members.html", {"page": page, "now": now, "asked": asked})


@needs(Right.MANAGE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the link goes to them, never through this page."""
    viewer = member_of(request)
    form = InviteForm(request.POST or None, viewer=viewer)
    if form.is_valid():
        told = form.cleaned_data
        try:
            member = actions.invite(
                by=viewer.actor,
                email=told["email"],
                name=told["name"],
                agency=told["agency"],
                roles=told["roles"],
                teams=list(told["teams"]),
                at=timezone.now(),
                link_for=_link_for(request),
            )
            return redirect("access:member", code=member.code)
        except EmailTaken:
            form.add_error("email", _("Sudah ada anggota dengan surel ini."))
        except BeyondAgency:
            form.add_error("roles", FROM_THE_OFFICE)
        except BothHalves:
            form.add_error("teams", ONE_HALF)
        except Forbidden:
            form.add_error("teams", _("Tim dan lembaga harus sesuai."))
    shown = {"form": form, "roles": ROLES.values()}
    return render(request, "access/invite.html", shown)


@needs(Right.MANAGE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, code: str) -> HttpResponse:
    """One member: what they hold, and what may be changed."""
    viewer, now = member_of(request), timezone.now()
    seen = seen_by(viewer, code)
    held = {"roles": sorted(seen.role_codes()), "teams": sorted(seen.team_codes())}
    form = RolesForm(request.POST or None, viewer=viewer, seen=seen, initial=held)
    if form.is_valid() and _set_roles(viewer, seen, form):
        return redirect("access:member", code=code)
    asked = queries.lost_factors(viewer).waiting(now).filter(member=seen).first()
    shown = {
        "form": form,
        "seen": seen,
        "roles": ROLES.values(),
        "held": held["roles"],
        "oneself": seen.pk == viewer.pk,
        "has_second_factor": queries.has_second_factor(seen),
        "asked": asked,
        "came_since": asked and queries.came_since(asked),
        "approvers": asked and queries.approvers(asked, now),
        "may_keys": viewer.may(Right.MANAGE_KEYS) or viewer.may(Right.RENEW_TEAM_KEYS),
        "key_people": None if seen.active else queries.key_people(seen, now),
    }
    return render(request, "access/member.html", shown)


@needs(Right.MANAGE_MEMBERS)
@require_POST
def deactivate(request: HttpRequest, code: str) -> HttpResponse:
    """Shut somebody out at once; the page then says what else is to be done."""
    viewer = member_of(request)
    actions.deactivate(by=viewer.actor, member=seen_by(viewer, code), at=timezone.now())
    return redirect("access:member", code=code)


@needs(Right.MANAGE_MEMBERS)
@require_POST
def reactivate(request: HttpRequest, code: str) -> HttpResponse:
    """Let somebody come back."""
    viewer = member_of(request)
    actions.reactivate(
        by=viewer.actor,
        member=seen_by(viewer, code),
        at=timezone.now(),
        link_for=_link_for(request),
    )
    return redirect("access:member", code=code)


@needs(Right.MANAGE_MEMBERS)
@require_POST
def invite_again(request: HttpRequest, code: str) -> HttpResponse:
    """Send a new link."""
    viewer = member_of(request)
    actions.invite_again(
        by=viewer.actor,
        member=seen_by(viewer, code),
        at=timezone.now(),
        link_for=_link_for(request),
    )
    return redirect("access:member", code=code)


def _set_roles(viewer: Member, seen: Member, form: RolesForm) -> bool:
    told, at = form.cleaned_data, timezone.now()
    try:
        actions.set_roles(by=viewer.actor, member=seen, roles=told["roles"], at=at)
    except BeyondAgency:
        form.add_error("roles", FROM_THE_OFFICE)
        return False
    try:
        actions.set_teams(by=viewer.actor, member=seen, teams=list(told["teams"]), at=at)
    except BothHalves:
        form.add_error("teams", ONE_HALF)
        return False
    return True


def seen_by(viewer: Member, code: str) -> Member:
    """The member of an address, for one who may see them; 404 for anybody else."""
    try:
        return queries.member(viewer, code)
    except ObjectDoesNotExist as foreign:
        raise Http404 from foreign


def _link_for(request: HttpRequest) -> LinkFor:
    def link(member: Member) -> str:
        token = default_token_generator.make_token(member)
        path = reverse("access:invitation", kwargs={"code": member.code, "token": token})
        return request.build_absolute_uri(path)

    return link
