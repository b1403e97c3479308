"""What the pages of economic support may send in the open: codes, days, whole rupiah."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.funding.forms import RupiahField
from teduh.funding.models import Line
from teduh.intake import codes
from teduh.services.day_forms import plausible
from teduh.services.instalments import MOST_DEPENDANTS, MOST_INSTALMENTS
from teduh.services.models import Beneficiary
from teduh.services.support_words import (
    IncomeLost,
    Proof,
    Relation,
    SupportKind,
    SupportOutcome,
    SupportRefusal,
)

HERSELF = "penyintas"


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")  # the one form a browser reads


class BeneficiaryForm(forms.Form):
    """Somebody of the household: a relation and an age, the name is sealed."""

    relation = forms.ChoiceField(label=_("Siapa bagi penyintas"), choices=Relation.choices)
    age_band = forms.ChoiceField(
        label=_("Umur"),
        required=False,
        choices=lambda: [("", "–"), *codes.choices("age_band")],
    )


class SupportForm(forms.Form):
    """A request."""

    kind = forms.ChoiceField(label=_("Untuk"), choices=SupportKind.choices)
    amount = RupiahField(label=_("Jumlah seluruhnya, rupiah"))
    instalments = forms.IntegerField(
        label=_("Berapa kali dibayar"), min_value=1, max_value=MOST_INSTALMENTS, initial=1
    )
    until = forms.DateField(label=_("Sampai hari"), widget=_day(), validators=[plausible])
    whose = forms.ChoiceField(label=_("Bagi siapa"))

    def __init__(self, *args: Any, household: Sequence[Beneficiary], **told: Any) -> None:
        super().__init__(*args, **told)
        people = [
            (str(one.number), f"{one.get_relation_display()} {one.number}") for one in household
        ]
        choices = [(HERSELF, _("Penyintas sendiri")), *people]
        self.fields["whose"] = forms.ChoiceField(
            label=_("Bagi siapa"), choices=choices, initial=HERSELF
        )
        self.household = {str(one.number): one for one in household}

    def beneficiary(self) -> Beneficiary | None:
        """Whom a valid form names; none for herself."""
        return self.household.get(self.cleaned_data["whose"])


class FoundForm(forms.Form):
    """What the assessment says in the open."""

    income_lost = forms.ChoiceField(label=_("Penghasilan keluarga"), choices=IncomeLost.choices)
    dependants = forms.IntegerField(
        label=_("Tanggungan (orang)"), min_value=0, max_value=MOST_DEPENDANTS
    )


class ApproveForm(forms.Form):
    """Out of which line."""

    line = forms.ChoiceField(label=_("Dari pos anggaran"))

    def __init__(self, *args: Any, lines: Sequence[Line], **told: Any) -> None:
        super().__init__(*args, **told)
        self.lines = {str(one.pk): one for one in lines}
        choices = [("", "–"), *((pk, f"{one.code} {one.name}") for pk, one in self.lines.items())]
        self.fields["line"] = forms.ChoiceField(label=_("Dari pos anggaran"), choices=choices)

    def chosen(self) -> Line:
        """The line a valid form names."""
        return self.lines[self.cleaned_data["line"]]


class RefuseForm(forms.Form):
    """Why it cannot be given now."""

    reason = forms.ChoiceField(label=_("Sebab"), choices=SupportRefusal.choices)


class PayForm(forms.Form):
    """The paper that shows a payment."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_INSTALMENTS)
    proof = forms.ChoiceField(label=_("Bukti"), choices=Proof.choices)
    receipt = forms.RegexField(
        r"^[A-Za-z0-9./-]+\Z",
        label=_("Nomor bukti"),
        max_length=24,
        error_messages={"invalid": _("Huruf, angka, titik, dan garis saja. Tanpa nama orang.")},
    )


class EndForm(forms.Form):
    """How it ended."""

    outcome = forms.ChoiceField(label=_("Hasil"), choices=SupportOutcome.choices)
