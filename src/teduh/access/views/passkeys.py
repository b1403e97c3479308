"""Passkeys: made by the member's own device, named and removed on their own page."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access import actions, queries
from teduh.access.adapters import device_of
from teduh.access.forms import NewPasskeyForm, PasskeyNameForm
from teduh.access.gates import member_of
from teduh.access.queries import Passkey
from teduh.access.rules import LastFactor
from teduh.access.views.entry import factor_stands


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def add(request: HttpRequest) -> HttpResponse:
    """One more passkey, or the first second factor of somebody new."""
    member = member_of(request)
    named = {"name": str(device_of(request).label).capitalize()}
    form = NewPasskeyForm(request.POST or None, user=member, initial=named)
    if form.is_valid():
        told = form.cleaned_data
        return factor_stands(
            request,
            "webauthn",
            lambda: actions.add_passkey(
                by=member.actor,
                member=member,
                name=told["name"],
                credential=told["credential"],
                at=timezone.now(),
            ),
        )
    shown = {
        "form": form,
        "asked": begin_registration(member, passwordless=False),
        "first": not queries.has_second_factor(member),
    }
    return render(request, "access/add_passkey.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def passkey(request: HttpRequest, number: int) -> HttpResponse:
    """One passkey: how it is called, and the way to remove it."""
    member, mine = member_of(request), _own(request, number)
    form = PasskeyNameForm(request.POST or None, initial={"name": mine.name})
    if form.is_valid():
        actions.name_passkey(
            by=member.actor,
            member=member,
            number=number,
            name=form.cleaned_data["name"],
            at=timezone.now(),
        )
        return redirect("access:own")
    shown = {
        "form": form,
        "passkey": mine,
        "only": not queries.has_app(member) and len(queries.passkeys(member)) == 1,
    }
    return render(request, "access/passkey.html", shown)


@require_POST
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Forget a passkey."""
    member = member_of(request)
    _own(request, number)
    try:
        actions.remove_passkey(by=member.actor, member=member, number=number, at=timezone.now())
    except LastFactor:  # its page says why, and what to do first
        return redirect("access:passkey", number=number)
    return redirect("access:own")


class PasskeyAgain(ReauthenticateWebAuthnView):  # type: ignore[misc]  # allauth carries no types
    """Before a step that matters: a passkey instead of the password."""

    template_name = "access/again_by_passkey.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say so on this page; allauth would lead away from it."""
        shown = {**self.get_context_data(), "form": form}
        response: HttpResponse = self.render_to_response(shown)
        return response


def _own(request: HttpRequest, number: int) -> Passkey:
    try:
        return queries.passkey(member_of(request), number)
    except ObjectDoesNotExist as foreign:
        raise Http404 from foreign
