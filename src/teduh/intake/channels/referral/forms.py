"""What the pages of agencies may send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.intake import papers
from teduh.intake.channels.referral import rules
from teduh.intake.channels.referral.words import Agreed, Paper, Query, Reply
from teduh.intake.forms import ReportForm
from teduh.intake.words import Door

DOORS = [(Door.SELF.value, _("Orang dewasa")), (Door.YOUNG.value, _("Anak, di bawah 18 tahun"))]
NATIONAL = frozenset({Paper.SAPA129, Paper.LAPOR})  # their number is how they know it again


class FilingForm(ReportForm):
    """The short form of an agency: a few of the report's questions, and its own."""

    def __init__(
        self, *args: Any, paper: Paper, areas: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        given = args[0].get("door", "") if args else ""
        door = given if given in dict(DOORS) else Door.SELF.value
        super().__init__(*args, door=door, areas=areas, **kwargs)
        del self.fields["voice"]
        if paper not in NATIONAL:
            del self.fields["files"]
        self.paper = paper
        self.fields["door"] = forms.ChoiceField(
            choices=DOORS, widget=forms.RadioSelect, initial=Door.SELF
        )
        self.fields["agreed"] = forms.ChoiceField(
            choices=Agreed.choices,
            widget=forms.RadioSelect,
            error_messages={"required": _("Tanpa persetujuan, laporan tidak dikirim.")},
        )
        self.fields["reference"] = forms.CharField(
            required=paper in NATIONAL,
            max_length=40,
            widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        )
        for one in papers.questions(paper):
            self.fields[f"own_{one.code}"] = forms.ChoiceField(
                required=False,
                label=one.label,
                choices=one.answers,
                widget=forms.RadioSelect,
            )

    def clean_reference(self) -> str:
        """A number, not a sentence."""
        text = str(self.cleaned_data["reference"]).strip()
        if text and not rules.is_reference(text):
            raise forms.ValidationError(_("Tulis nomornya saja, tanpa nama."))
        return text

    def own_answers(self) -> dict[str, str]:
        """The answers to the questions of this form, by code."""
        told = {
            one.code: self.cleaned_data[f"own_{one.code}"] for one in papers.questions(self.paper)
        }
        return {question: code for question, code in told.items() if code}


class QueryForm(forms.Form):
    """Which ticket, and what is asked."""

    ticket = forms.CharField(max_length=20)
    asked = forms.ChoiceField(choices=Query.choices)


class ReplyForm(forms.Form):
    """Which question, and the answer."""

    which = forms.IntegerField(min_value=1, max_value=2**62)
    answer = forms.ChoiceField(choices=Reply.choices)
