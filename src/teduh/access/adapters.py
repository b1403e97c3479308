"""Where allauth asks us: who may sign up (nobody), what is kept, how visitors are told apart."""

from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from teduh.access import actions, queries
from teduh.access import secrets as ciphers
from teduh.access.models import Member
from teduh.access.sessions import row_of
from teduh.access.words import Device
from teduh.web.visitors import visitor


def device_of(request: HttpRequest) -> Device:
    """Phone or desk: all that is kept of a device."""
    told = request.headers.get("User-Agent", "").lower()
    if "mobile" in told or "android" in told:
        return Device.PHONE
    desk = any(word in told for word in ("windows", "macintosh", "x11", "cros"))
    return Device.DESK if desk else Device.OTHER


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # no types there
    """Sign-in of members who were invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: members are invited."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """A daily mark instead of an address: it only ever becomes a key of the rate limits."""
        return visitor(request) or "unknown"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Misses are counted per account and visitor: nobody can lock a member out from afar."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{visitor(request)}"

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not for setting up a first second factor: the password was typed a moment ago."""
        member = self.request.user
        if isinstance(member, Member) and not queries.has_second_factor(member):
            return False
        return bool(super().is_reauthentication_required(app=app))

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **told: Any) -> HttpResponse:
        """Keep time and coarse device of the sign-in, so that the member can look at them."""
        if isinstance(user, Member):
            if request.session.session_key is None:
                request.session.save()
            actions.note_sign_in(
                by=user.actor,
                member=user,
                device=device_of(request),
                session=row_of(request),
                at=timezone.now(),
            )
        response: HttpResponse = super().post_login(request, user, **told)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Tell the trail that a sign-in failed, without the address that was tried."""
        super().authentication_failed(request, **credentials)
        actions.note_refused_sign_in(at=timezone.now())

    def logout(self, request: HttpRequest) -> None:
        """End the sign-in in the member's own list too."""
        if isinstance(request.user, Member):
            actions.note_sign_out(
                by=request.user.actor,
                session=row_of(request),
                at=timezone.now(),
            )
        super().logout(request)

    def get_reauthentication_methods(
        self, user: AbstractBaseUser | AnonymousUser
    ) -> list[dict[str, Any]]:
        """The ways to say who one is, in our words."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        said = {
            "reauthenticate": _("Pakai kata sandi"),
            "mfa_reauthenticate": _("Pakai kode"),
            "mfa_reauthenticate:webauthn": _("Pakai kunci sandi"),
        }
        return [{**one, "description": said[one["id"]]} for one in methods]

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Change the password by an action."""
        if isinstance(user, Member):
            actions.change_password(
                by=user.actor,
                member=user,
                password=password,
                keep=row_of(self.request),
                at=timezone.now(),
            )

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's own page."""
        return reverse("access:own")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Never: messages leave through the outbox only."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say what happened themselves."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # no types there
    """How seeds are kept and shown, and under which name passkeys are made."""

    def encrypt(self, text: str) -> str:
        """A seed as stored: under a key outside the database."""
        return ciphers.encrypt_seed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The seed again."""
        return ciphers.decrypt_seed(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """The QR as inline SVG: no picture library, no styles, no request."""
        return segno.make(url, error="m").svg_inline(scale=5, border=2, light="#fff", dark="#000")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a device shows beside a passkey: our name, and the host it works for."""
        host: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**host, "name": "Teduh"}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Never by allauth's own pages: actions see to it that a second factor stays."""
        return False

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Never: messages leave through the outbox only."""
