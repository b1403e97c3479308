"""What the pages of hearings may send: codes, a day and an hour."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teduh.access.models import Member
from teduh.services import hearing_table as table
from teduh.services.day_forms import plausible

NOT_KNOWN = [("", "–")]
LAST = time(23, 59)  # a deadline lasts as long as its day


def _day() -> forms.DateField:
    return forms.DateField(
        label=_("Hari"),
        validators=[plausible],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Pilih harinya."),
            "invalid": _("Tulis tanggal seperti 2026-11-24."),
        },
    )


def _hour() -> forms.TimeField:
    return forms.TimeField(
        required=False,
        label=_("Jam"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Tulis jam seperti 09.30.")},
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M"],
    )


class WhenForm(forms.Form):
    """Another day."""

    day, hour = _day(), _hour()

    def when(self, kind: str) -> datetime:
        """The moment; of a deadline the end of its day. The hour is checked by `asks_hour`."""
        found = table.entry("kind", kind)
        hour = LAST if found and found.deadline else self.cleaned_data["hour"] or LAST
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], hour))

    def asks_hour(self, kind: str) -> bool:
        """Whether a hearing lacks its hour; says so in the form."""
        found = table.entry("kind", kind)
        lacks = found is not None and not found.deadline and not self.cleaned_data.get("hour")
        if lacks and not self.errors.get("hour"):
            self.add_error("hour", _("Isi jamnya; hanya tenggat yang tidak punya jam."))
        return lacks


class HearingForm(WhenForm):
    """A hearing or deadline, where, and who goes along."""

    kind = forms.ChoiceField(
        label=_("Jenis"),
        choices=lambda: [*NOT_KNOWN, *table.choices("kind")],
        error_messages={"required": _("Pilih jenisnya.")},
    )
    place = forms.ChoiceField(
        required=False,
        label=_("Tempat"),
        choices=lambda: [*NOT_KNOWN, *table.choices("place")],
    )
    companion = forms.ChoiceField(
        label=_("Siapa yang mendampingi"), error_messages={"required": _("Pilih pendampingnya.")}
    )

    def __init__(self, data: Any = None, *, members: Sequence[Member], **told: Any) -> None:
        super().__init__(data, **told)
        self.people = {one.code: one for one in members}
        field = self.fields["companion"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*NOT_KNOWN, *((code, one.name) for code, one in self.people.items())]

    def clean(self) -> dict[str, Any]:
        """Only a deadline has no hour."""
        told: dict[str, Any] = super().clean() or {}
        self.asks_hour(told.get("kind", ""))
        return told


class OutcomeForm(forms.Form):
    """How it went."""

    outcome = forms.ChoiceField(
        label=_("Hasil"),
        choices=lambda: [*NOT_KNOWN, *table.choices("outcome")],
        error_messages={"required": _("Pilih hasilnya.")},
    )
