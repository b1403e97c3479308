"""What the pages of helpers may send."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.directory.rules import About
from teduh.directory.words import HelperState, Profile, Topic


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
