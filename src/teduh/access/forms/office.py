"""The office's own affairs: members, roles, duty, absence, conflicts, elevation, the trail."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teduh.access import queries, rules
from teduh.access.models import Agency, Member, Team
from teduh.access.roles import ROLES
from teduh.access.rules import REASON_LENGTH
from teduh.access.words import ConflictKind, Lifted, Right
from teduh.outbox.rules import WrongAddress, phone_number

CLOSED_TO = _(
    "%(subject)s sekarang tertutup bagi yang mengenal orang di dalamnya. "
    "Bila keliru, penyelia yang dapat membukanya lagi."
)


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
            teams = teams.filter(Q(agency=seen.agency) | Q(code__in=rules.ARCHIVES))
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
        self.fields["team"].queryset = queries.working_teams(viewer)  # type: ignore[attr-defined]
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
        self.fields["team"].queryset = queries.working_teams(viewer)  # type: ignore[attr-defined]

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
