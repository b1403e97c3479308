"""What the pages of the budget may send: codes, short names, whole rupiah."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from teduh.funding.rules import MOST, YEARS
from teduh.funding.words import Kind, Memo, Purpose, SourceKind

KEY = RegexValidator(r"^[A-Za-z0-9_-]{16,24}\Z")


class RupiahField(forms.IntegerField):
    """Whole rupiah, with the points and the Rp that people write."""

    def __init__(self, **told: Any) -> None:
        messages = {
            "invalid": _("Tulis rupiah dengan angka saja, seperti 1500000."),
            "min_value": _("Lebih dari nol rupiah."),
            "max_value": _("Terlalu besar. Periksa nolnya."),
            "required": _("Tulis jumlahnya."),
        }
        box = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        told = {"min_value": 1, "max_value": MOST, "widget": box, **told}
        super().__init__(error_messages=messages, **told)

    def to_python(self, value: Any) -> int | None:
        """Points and the sign away, then a whole number."""
        plain = str(value or "").strip().removeprefix("Rp").replace(".", "").strip()
        return super().to_python(plain)


class SourceForm(forms.Form):
    """Whose money."""

    kind = forms.ChoiceField(label=_("Sumber"), choices=SourceKind.choices)
    name = forms.CharField(label=_("Nama sumber"), max_length=80)


class LineForm(forms.Form):
    """A new line of a year."""

    year = forms.IntegerField(label=_("Tahun"), min_value=YEARS[0], max_value=YEARS[1])
    account = forms.RegexField(
        r"^[A-Za-z0-9.-]+\Z",
        label=_("Kode rekening"),
        max_length=24,
        error_messages={"invalid": _("Huruf, angka, titik, dan garis saja.")},
    )
    name = forms.CharField(label=_("Nama pos"), max_length=80)
    purpose = forms.ChoiceField(label=_("Untuk"), choices=Purpose.choices)
    source = forms.ChoiceField(label=_("Sumber dana"))

    def __init__(self, *args: Any, sources: list[tuple[int, str]], **told: Any) -> None:
        super().__init__(*args, **told)
        choices = [("", "–"), *((str(pk), name) for pk, name in sources)]
        self.fields["source"] = forms.ChoiceField(label=_("Sumber dana"), choices=choices)


class EntryForm(forms.Form):
    """More money for a line, or a payment out of it. `key`: under which it is entered once."""

    kind = forms.ChoiceField(
        label=_("Yang dicatat"),
        choices=[(one.value, one.label) for one in (Kind.PLANNED, Kind.SPENT)],
    )
    amount = RupiahField(label=_("Jumlah rupiah"))
    memo = forms.ChoiceField(
        label=_("Sebab"),
        choices=[one for one in Memo.choices if one[0] not in {"mistake", "not_needed", "support"}],
    )
    key = forms.CharField(widget=forms.HiddenInput, validators=[KEY])
