"""What a call centre may send, and what the office says of one."""

from typing import Any, ClassVar

from django import forms

from teduh.intake.forms import LINE_LIMIT, FiledForm, written_field
from teduh.intake.words import Door


class CentreReportForm(FiledForm):
    """The fewest questions, and the number under which the call centre keeps the call."""

    doors: ClassVar = (Door.SELF, Door.OTHER, Door.YOUNG)
    reference = written_field("intake.report.reference", 0, LINE_LIMIT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["door"].initial = Door.OTHER


class CentreForm(forms.Form):
    """The name of a call centre."""

    name = forms.CharField(max_length=80)
