"""Second factors: codes of an app, recovery codes, passkeys."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal.auth import parse_registration_response
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teduh.access import actions, queries

PASSKEY_NAME = 40  # characters
PASSKEY_SIZE = 16_384  # characters of JSON; with an attestation some devices send six thousand
UNKNOWN_PASSKEY = _("Kunci sandi ini tidak dikenali. Coba lagi.")


def _take_once(app: Authenticator, code: str) -> None:
    """Refuse a code of the app that was used before; allauth remembers for 30 seconds of the 90."""
    if app.type != Authenticator.Type.TOTP:
        return
    seed = get_adapter().decrypt(app.data["secret"])
    if not actions.spend_code(app=app, step=queries.step_of(seed, code)):
        raise get_adapter().validation_error("incorrect_code")


class SpentCode(forms.TextInput):
    """A code that is typed again each time: a refused one does not stand on the page."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """As if nothing had been typed."""
        return super().get_context(name, None, attrs)


def _code_field() -> forms.CharField:
    return forms.CharField(widget=SpentCode(attrs={"autocomplete": "one-time-code"}))


class NewAppForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth carries no types
    """The first code of an app."""

    code = _code_field()


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # allauth carries no types
    """Six digits of the app, or a recovery code, after the password."""

    code = _code_field()

    def clean_code(self) -> str:
        """Let every code open once."""
        code: str = super().clean_code()
        _take_once(self.authenticator, code)
        return code

    def _emit_authentication_failed(self, _factor: Authenticator) -> None:
        actions.note_refused_factor(member=self.user, at=timezone.now())


class CodeAgainForm(ReauthenticateForm):  # type: ignore[misc]  # allauth carries no types
    """The same before a step that matters."""

    code = _code_field()

    def clean_code(self) -> str:
        """Let every code open once."""
        code: str = super().clean_code()
        _take_once(self.authenticator, code)
        return code

    def _emit_authentication_failed(self, _factor: Authenticator) -> None:
        actions.note_refused_factor(member=self.user, at=timezone.now())


def _recognised(clean: Callable[[], Any]) -> Any:
    """What a browser says of a passkey, read; anything that cannot be read is not recognised."""
    try:
        return clean()
    except ValidationError as refused:
        if refused.code != "incorrect_code":
            raise
    except Exception:  # noqa: S110  # CBOR, JSON and keys of a stranger break in any way they like
        pass
    raise ValidationError(UNKNOWN_PASSKEY, code="unknown_passkey")


class PasskeyField(forms.JSONField):
    """What a browser says of a passkey; brackets beyond any device's are not recognised either."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """The object that was sent. Raises ValidationError."""
        return _recognised(lambda: super(PasskeyField, self).to_python(value))

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Nothing to show again: each page asks the device anew."""
        return initial


class PasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    """A passkey shown after the password."""

    credential = PasskeyField()

    def clean_credential(self) -> Authenticator:
        """The passkey that was shown."""
        return _shown(self, super().clean_credential)


class PasskeyAgainForm(ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    """The same before a step that matters."""

    credential = PasskeyField()

    def clean_credential(self) -> Authenticator:
        """The passkey that was shown."""
        return _shown(self, super().clean_credential)


def _shown(form: PasskeyForm | PasskeyAgainForm, clean: Callable[[], Any]) -> Authenticator:
    try:
        shown: Authenticator = _recognised(clean)
    except ValidationError as refused:
        if refused.code == "unknown_passkey":
            actions.note_refused_factor(member=form.user, at=timezone.now())
        raise
    return shown


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    """A passkey the browser has just made, and what its owner calls it."""

    credential = PasskeyField()
    name = forms.CharField(label=_("Nama"), max_length=PASSKEY_NAME, required=False)

    def clean_name(self) -> str:
        """A name in any case: the device has made the passkey already."""
        return self.cleaned_data["name"].strip() or str(_("Kunci sandi"))

    def clean_credential(self) -> dict[str, Any]:
        """What is kept of it: only what the format names."""
        told = self.cleaned_data["credential"]
        if len(self.data["credential"]) > PASSKEY_SIZE:
            raise ValidationError(UNKNOWN_PASSKEY, code="unknown_passkey")
        kept: dict[str, Any] = _recognised(lambda: dict(parse_registration_response(told)))
        return kept

    def clean(self) -> dict[str, Any]:
        """Refuse what was not made for this page, this office, this moment."""
        verified: dict[str, Any] = _recognised(super().clean)
        return verified


class PasskeyNameForm(forms.Form):
    """What a passkey is called."""

    name = forms.CharField(label=_("Nama"), max_length=PASSKEY_NAME)
