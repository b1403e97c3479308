"""Coming in: invitation and second factor; the rest is allauth's."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from teduh.access import actions, queries
from teduh.access.forms import PasswordForm
from teduh.access.gates import member_of


@login_not_required
@require_safe
def entrance(request: HttpRequest) -> HttpResponse:
    """The short address that is spoken and printed."""
    return redirect("account_login")


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The link of an invitation: choose a password, then sign in."""
    member = queries.invited(code)
    if member is None or not default_token_generator.check_token(member, token):
        return render(request, "access/invitation_over.html", status=404)
    form = PasswordForm(request.POST or None, member=member)
    if not form.is_valid():
        return render(request, "access/invitation.html", {"form": form, "member": member})
    actions.accept_invitation(
        member=member, password=form.cleaned_data["password"], at=timezone.now()
    )
    return redirect("account_login")


class SecondFactorSetUp(ActivateTOTPView):  # type: ignore[misc]  # allauth carries no types
    """The one-time set-up; afterwards this very session counts as having passed."""

    template_name = "access/second_factor.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who has one already has nothing to set up."""
        if queries.has_second_factor(member_of(request)):
            return redirect("access:own")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The drawing is ours, made from our own address: safe to show as it is."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["drawing"] = mark_safe(context["totp_svg"])  # noqa: S308
        context["spelled"] = _in_fours(context["form"].secret)
        return context

    def form_valid(self, form: ActivateTOTPForm) -> HttpResponse:
        """Keep the seed, tell the trail, let the session pass."""
        response: HttpResponse = super().form_valid(form)
        member = member_of(self.request)
        record_authentication(self.request, member, method="mfa", type="totp", reauthenticated=True)
        actions.note_second_factor(by=member.actor, member=member, at=timezone.now())
        return response

    def get_success_url(self) -> str:
        """The recovery codes come next: they are shown now, to be written down."""
        return reverse("mfa_view_recovery_codes")


@login_not_required
def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many tries; the way back is to wait."""
    return render(request, "access/too_many.html", status=429)


def _in_fours(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
