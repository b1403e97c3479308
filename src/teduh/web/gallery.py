"""What the gallery shows: one sample of each component."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.web.icons import ICONS
from teduh.web.paging import slice_of

CHOICES = [
    ("one", _("Jawaban pertama")),
    ("two", _("Jawaban kedua")),
    ("three", _("Jawaban ketiga")),
]


class Sample(forms.Form):
    """One field of each sort."""

    radio = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect, initial="one")
    several = forms.MultipleChoiceField(
        choices=CHOICES, widget=forms.CheckboxSelectMultiple, initial=["two"]
    )
    listed = forms.ChoiceField(choices=[("", ""), *CHOICES])
    line = forms.CharField()
    story = forms.CharField(widget=forms.Textarea({"rows": 3}))
    yes = forms.BooleanField()


def samples() -> dict[str, object]:
    """The context of the gallery page."""
    return {
        "form": Sample(auto_id="contoh_%s"),
        "icons": sorted(ICONS),
        "page": slice_of(range(60), "2", 20),
        "stages": [
            {"label": _("Laporan diterima"), "day": date(2026, 11, 20), "state": "done"},
            {"label": _("Sedang ditelaah"), "day": date(2026, 11, 21), "state": "now"},
            {"label": _("Layanan disiapkan"), "day": None, "state": "next"},
        ],
    }
