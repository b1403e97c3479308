"""Coming in: invitation and second factor; the rest is allauth's."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import PasswordChangeView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from teduh.access import actions, queries
from teduh.access.forms import NewAppForm, PasswordForm
from teduh.access.gates import member_of
from teduh.access.sessions import row_of


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


class SecondStep(AuthenticateView):  # type: ignore[misc]  # allauth carries no types
    """After the password: a passkey, six digits, or a recovery code."""

    template_name = "access/code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show only what this member has set up."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        member = self.stage.login.user
        context["has_app"] = queries.has_app(member)
        context["has_passkey"] = queries.has_passkey(member)
        return context


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def second_factor(request: HttpRequest) -> HttpResponse:
    """An authenticator app: at the first time, beside a passkey, or on a new phone."""
    member = member_of(request)
    form = NewAppForm(request.POST or None, user=member)
    if form.is_valid():
        step = queries.step_of(form.secret, form.cleaned_data["code"])
        return factor_stands(
            request,
            "totp",
            lambda: actions.set_app(
                by=member.actor, member=member, seed=form.secret, step=step, at=timezone.now()
            ),
        )
    address = get_adapter().build_totp_url(member, form.secret)
    shown = {
        "form": form,
        "drawing": mark_safe(get_adapter().build_totp_svg(address)),  # noqa: S308  our own drawing
        "spelled": _in_fours(form.secret),
        "has_app": queries.has_app(member),
        "has_passkey": queries.has_passkey(member),
    }
    return render(request, "access/second_factor.html", shown)


class PasswordChange(PasswordChangeView):  # type: ignore[misc]  # allauth carries no types
    """A new password; this session goes on, the others end."""

    template_name = "access/password.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep this sign-in in the list: its session has a new key."""
        old = row_of(self.request)
        response: HttpResponse = super().form_valid(form)
        actions.move_sign_in(old=old, new=row_of(self.request))
        return response


class NewRecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]  # no types there
    """New codes; the old ones stop working."""

    template_name = "access/new_recovery_codes.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Tell the trail and the member."""
        response: HttpResponse = super().form_valid(form)
        member = member_of(self.request)
        actions.note_new_codes(by=member.actor, member=member, at=timezone.now())
        return response


def factor_stands(request: HttpRequest, kind: str, keep: Callable[[], None]) -> HttpResponse:
    """Keep a factor; this session has passed it, and codes that are new are shown next."""
    member = member_of(request)
    has_codes = queries.has_recovery_codes(member)
    keep()
    if not queries.passed_second_factor(request):
        record_authentication(request, member, method="mfa", type=kind, reauthenticated=True)
    return redirect("access:own" if has_codes else "mfa_view_recovery_codes")


@login_not_required
def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many tries; the way back is to wait."""
    return render(request, "access/too_many.html", status=429)


def _in_fours(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
