"""What the pages of the hotline may send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.intake.channels.phone.rules import LONGEST, MOST_A_DAY, DayTold, misfit
from teduh.intake.channels.phone.words import CallKind

FILE_MOST = 200_000  # bytes of a file of an exchange: a year is about 12 KB
MISFITS = {
    "future": _("Hari itu belum terjadi."),
    "sum": _("Dijawab dan terputus bersama tidak bisa lebih dari yang masuk, menunggu juga tidak."),
}
WRONG = {  # what is wrong with a line of a file, by its code
    **MISFITS,
    "heading": _("Baris pertama harus: tanggal, masuk, dijawab, menunggu, terputus."),
    "columns": _("Harus ada lima kolom."),
    "day": _("Tanggal tidak terbaca; tulis 2026-11-28 atau 28/11/2026."),
    "number": _("Ada yang bukan bilangan."),
    "twice": _("Hari ini sudah ada di baris lain."),
    "long": _("Terlalu banyak baris; paling banyak 400 hari."),
    "empty": _("Tidak ada hari di dalamnya."),
}


class CallForm(forms.Form):
    """What is said of a call in the open: its sort, how long, and who had it before."""

    kind = forms.ChoiceField(choices=CallKind.choices)
    seconds = forms.IntegerField(min_value=0, max_value=LONGEST * 10)
    after = forms.CharField(max_length=32, required=False)


class DayForm(forms.Form):
    """What an exchange counted on one day, entered by hand."""

    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    offered = forms.IntegerField(min_value=0, max_value=MOST_A_DAY)
    answered = forms.IntegerField(min_value=0, max_value=MOST_A_DAY)
    waiting = forms.IntegerField(min_value=0, max_value=MOST_A_DAY)
    abandoned = forms.IntegerField(min_value=0, max_value=MOST_A_DAY)

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """The numbers fit together."""
        told = super().clean() or {}
        if not self.errors:
            wrong = misfit(self.told(), self.today)
            if wrong:
                self.add_error("day" if wrong == "future" else "offered", MISFITS[wrong])
        return told

    def told(self) -> DayTold:
        """The day of a valid form."""
        return DayTold(**self.cleaned_data)


class DaysFileForm(forms.Form):
    """A file of an exchange."""

    table = forms.FileField()

    def clean_table(self) -> str:
        """Its text; what is no text is read as lines that are wrong."""
        table = self.cleaned_data["table"]
        if table.size > FILE_MOST:
            raise forms.ValidationError(WRONG["long"])
        return str(table.read().decode("utf-8", errors="replace"))
