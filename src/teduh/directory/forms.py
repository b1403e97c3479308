"""What the pages of this room may send. Forms check shape; actions decide."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.directory.rules import About, Way, can_be_reached
from teduh.directory.words import ChannelKind, Cost, HelperState, Profile, Topic


class ChannelForm(forms.Form):
    """A way to reach the office."""

    kind = forms.ChoiceField(label=_("Macam"), choices=ChannelKind.choices)
    label = forms.CharField(label=_("Nama di halaman depan"), max_length=80)
    target = forms.CharField(label=_("Nomor atau alamat"), max_length=160)
    hours = forms.CharField(label=_("Jam layanan"), max_length=120, required=False)
    cost = forms.ChoiceField(
        label=_("Biaya bagi yang menghubungi"),
        choices=[("", _("Belum diketahui")), *Cost.choices],
        required=False,
    )
    active = forms.BooleanField(label=_("Tampil di halaman depan"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        """A number needs digits, a place a word."""
        given = super().clean() or {}
        kind, target = given.get("kind", ""), given.get("target", "")
        if kind and target and not can_be_reached(kind, target):
            self.add_error("target", _("Tulis nomor yang bisa dihubungi."))
        return given

    def way(self) -> Way:
        """What a valid form says."""
        return Way(**self.cleaned_data)


class Day(forms.DateInput):
    """A day, picked where the browser can."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class HelperForm(forms.Form):
    """What the office writes down of a helper."""

    name = forms.CharField(label=_("Nama"), max_length=120)
    profile = forms.ChoiceField(label=_("Sebagai"), choices=Profile.choices)
    area_code = forms.ChoiceField(label=_("Kelurahan"))
    conduct = forms.DateField(
        label=_("Kode etik ditandatangani"),
        required=False,
        widget=Day(),
        help_text=_("Tanpa ini belum ada kartu."),
    )
    until = forms.DateField(label=_("Berlaku sampai"), widget=Day())
    state = forms.ChoiceField(
        label=_("Keadaan"), choices=HelperState.choices, initial=HelperState.ACTIVE.value
    )

    def __init__(
        self, *args: Any, areas: list[tuple[str, str]], until: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_code"] = forms.ChoiceField(label=_("Kelurahan"), choices=areas)
        self.fields["until"].initial = until

    def about(self) -> About:
        """What a valid form says."""
        return About(**self.cleaned_data)


class QualificationForm(forms.Form):
    """A training, and its day."""

    topic = forms.ChoiceField(label=_("Pelatihan"), choices=Topic.choices)
    day = forms.DateField(label=_("Tanggal"), widget=Day())
