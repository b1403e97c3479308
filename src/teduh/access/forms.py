"""What the pages of this room may send. Forms check shape; actions decide."""

from collections.abc import Callable
from datetime import datetime
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
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teduh.access import actions, queries, rules
from teduh.access.models import Agency, Member, Team
from teduh.access.roles import ROLES
from teduh.access.rules import REASON_LENGTH
from teduh.access.words import ConflictKind, Lifted, Right
from teduh.outbox.rules import WrongAddress, phone_number

PASSKEY_NAME = 40  # characters
PASSKEY_SIZE = 16_384  # characters of JSON; with an attestation some devices send six thousand
CLOSED_TO = _(
    "%(subject)s sekarang tertutup bagi yang mengenal orang di dalamnya. "
    "Bila keliru, penyelia yang dapat membukanya lagi."
)
UNKNOWN_PASSKEY = _("Kunci sandi ini tidak dikenali. Coba lagi.")


def _role_choices() -> list[tuple[str, Any]]:
    return [(role.code, role.label) for role in ROLES.values()]


class RolesForm(forms.Form):
    """Which roles a member holds, and in which teams."""

    roles = forms.MultipleChoiceField(
        label=_("Peran"),
        choices=_role_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    teams: "forms.ModelMultipleChoiceField[Team]" = forms.ModelMultipleChoiceField(
        label=_("Tim"),
        queryset=None,
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, viewer: Member, seen: Member | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        teams = queries.teams(viewer)
        if seen:
            teams = teams.filter(agency=seen.agency)
        self.fields["teams"].queryset = teams  # type: ignore[attr-defined]


class InviteForm(RolesForm):
    """Who is invited, by whom they work for."""

    name = forms.CharField(label=_("Nama"), max_length=120)
    email = forms.EmailField(label=_("Surel"))
    agency: "forms.ModelChoiceField[Agency]" = forms.ModelChoiceField(
        label=_("Lembaga"), queryset=None, to_field_name="code", empty_label=_("Pilih")
    )

    field_order = ("name", "email", "agency", "roles", "teams")

    def __init__(self, *args: Any, viewer: Member, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        self.fields["agency"].queryset = queries.agencies(viewer)  # type: ignore[attr-defined]


class PasswordForm(forms.Form):
    """The first password of somebody invited, typed twice."""

    password = forms.CharField(
        label=_("Kata sandi baru"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Ulangi kata sandi"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_password(self) -> str:
        """Refuse what is short, common, or like the member's own name."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.member)
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse two different spellings."""
        told = super().clean() or {}
        if told.get("password") and told.get("password") != told.get("again"):
            self.add_error("again", _("Kedua kata sandi belum sama."))
        return told


def _when(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget)


class DutyForm(forms.Form):
    """Who answers for a team, from when to when."""

    team: "forms.ModelChoiceField[Team]" = forms.ModelChoiceField(
        label=_("Tim"), queryset=None, to_field_name="code", empty_label=_("Pilih")
    )
    member: "forms.ModelChoiceField[Member]" = forms.ModelChoiceField(
        label=_("Anggota"), queryset=None, to_field_name="code", empty_label=_("Pilih")
    )
    starts = _when(_("Mulai"))
    ends = _when(_("Selesai"))

    def __init__(self, *args: Any, viewer: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = queries.teams(viewer)  # type: ignore[attr-defined]
        colleagues = queries.members(viewer).active()
        self.fields["member"].queryset = colleagues  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a duty that ends before it starts."""
        told = super().clean() or {}
        starts, ends = told.get("starts"), told.get("ends")
        if isinstance(starts, datetime) and isinstance(ends, datetime) and ends <= starts:
            self.add_error("ends", _("Waktu selesai harus sesudah waktu mulai."))
        return told


class OnCallForm(forms.Form):
    """The telephone that goes with a team's duty; no number takes it out."""

    prefix = "telepon"
    team: "forms.ModelChoiceField[Team]" = forms.ModelChoiceField(
        label=_("Tim"), queryset=None, to_field_name="code", empty_label=_("Pilih")
    )
    number = forms.CharField(
        label=_("Nomor ponsel"),
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, viewer: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = queries.teams(viewer)  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        """Refuse what no message could go to."""
        told: str = self.cleaned_data["number"]
        try:
            return phone_number(told) if told else ""
        except WrongAddress as wrong:
            text = _("Ini bukan nomor ponsel. Contoh: 0812 3456 7890.")
            raise ValidationError(text) from wrong


class AbsenceForm(forms.Form):
    """Who is away from when to when, and who stands in."""

    member: "forms.ModelChoiceField[Member]" = forms.ModelChoiceField(
        label=_("Yang cuti"), queryset=None, to_field_name="code", empty_label=_("Pilih")
    )
    deputy: "forms.ModelChoiceField[Member]" = forms.ModelChoiceField(
        label=_("Pengganti"),
        queryset=None,
        to_field_name="code",
        empty_label=_("Tidak ada"),
        required=False,
    )
    starts = _when(_("Mulai"))
    ends = _when(_("Selesai"))

    def __init__(self, *args: Any, viewer: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("member", "deputy"):
            field = self.fields[name]
            field.queryset = queries.members(viewer).active()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse an absence that ends before it starts."""
        told = super().clean() or {}
        starts, ends = told.get("starts"), told.get("ends")
        if isinstance(starts, datetime) and isinstance(ends, datetime) and ends <= starts:
            self.add_error("ends", _("Waktu selesai harus sesudah waktu mulai."))
        return told


class ConflictForm(forms.Form):
    """Why somebody is kept from what this page shows; a supervisor may say it of a colleague."""

    kind = forms.ChoiceField(
        label=_("Hubungannya"),
        choices=[("", _("Pilih")), *ConflictKind.choices],
        error_messages={"required": _("Pilih hubungannya dulu.")},
    )
    who: "forms.ModelChoiceField[Member]" = forms.ModelChoiceField(
        label=_("Siapa yang mengenal"),
        queryset=None,
        to_field_name="code",
        required=False,
        empty_label=_("Saya sendiri"),
    )

    def __init__(
        self, *args: Any, viewer: Member, team_code: str, at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        if viewer.may(Right.SUPERVISE_CASES) and team_code in viewer.team_codes():
            others = queries.team_members(team_code, at).exclude(pk=viewer.pk)
            self.fields["who"].queryset = others  # type: ignore[attr-defined]
        else:
            del self.fields["who"]

    def about(self) -> dict[str, Any]:
        """Whom it is about, and why, once the form is valid."""
        told = self.cleaned_data
        return {"member": told.get("who") or self.viewer, "kind": ConflictKind(told["kind"])}


class LiftForm(forms.Form):
    """Why a conflict of interest holds no longer."""

    lifted = forms.ChoiceField(
        label=_("Alasan"),
        choices=[("", _("Pilih")), *Lifted.choices],
        error_messages={"required": _("Pilih alasannya dulu.")},
    )


class ElevationForm(forms.Form):
    """Which right for how many hours, and why."""

    right = forms.ChoiceField(
        label=_("Hak"),
        choices=lambda: [
            (right.value, right.label) for right in Right if right not in rules.NEVER_FOR_A_WHILE
        ],
    )
    hours = forms.TypedChoiceField(
        label=_("Lama"),
        coerce=int,
        choices=[(1, _("1 jam")), (2, _("2 jam")), (4, _("4 jam")), (8, _("8 jam"))],
    )
    reason = forms.CharField(
        label=_("Alasan"),
        min_length=REASON_LENGTH,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LostFactorForm(forms.Form):
    """Why a second factor should be taken."""

    reason = forms.CharField(
        label=_("Alasan"),
        min_length=REASON_LENGTH,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TrailForm(forms.Form):
    """Filters of the trail, in the address."""

    subject = forms.CharField(required=False, max_length=80)
    verb = forms.CharField(required=False, max_length=60)
    by = forms.CharField(required=False, max_length=40)


# --- the second factor -----------------------------------------------------------------------------


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


class PasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    """A passkey shown after the password."""

    def clean_credential(self) -> Authenticator:
        """The passkey that was shown."""
        return _shown(self, super().clean_credential)


class PasskeyAgainForm(ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    """The same before a step that matters."""

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
