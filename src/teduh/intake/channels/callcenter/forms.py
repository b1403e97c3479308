"""What a call centre may send, and what the office says of one."""

from typing import Any

from django import forms

from teduh.intake.forms import LINE_LIMIT, FiledForm, written_field
from teduh.intake.words import Door

DOORS = (Door.SELF, Door.OTHER, Door.YOUNG)


class CentreReportForm(FiledForm):
    """The fewest questions, and the number under which the call centre keeps the call."""

    reference = written_field("intake.report.reference", 0, LINE_LIMIT)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, areas=areas, **kwargs)
        self.fields["door"] = forms.ChoiceField(
            required=False,
            choices=[(one.value, one.label) for one in DOORS],
            widget=forms.RadioSelect,
            initial=Door.OTHER,
        )


class CentreForm(forms.Form):
    """The name of a call centre."""

    name = forms.CharField(max_length=80)
