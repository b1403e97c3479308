"""What the pages of this room may send. Forms check shape; actions decide."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from teduh.access import queries
from teduh.access.models import Agency, Member, Team
from teduh.access.roles import ROLES
from teduh.access.rules import REASON_LENGTH
from teduh.access.words import Right


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


class ElevationForm(forms.Form):
    """Which right for how many hours, and why."""

    right = forms.ChoiceField(
        label=_("Hak"), choices=lambda: [(right.value, right.label) for right in Right]
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


class TrailForm(forms.Form):
    """Filters of the trail, in the address."""

    subject = forms.CharField(required=False, max_length=80)
    verb = forms.CharField(required=False, max_length=60)
    by = forms.CharField(required=False, max_length=40)
