"""What a referral from the field says beside its sealed words."""

from typing import Any

from django import forms

from teduh.intake import rules
from teduh.intake.answers import Answers
from teduh.intake.words import ContactVia, Signs


class ReferralForm(forms.Form):
    """Three taps: how grave, where; and whether there is a way to reach whoever refers."""

    ticket = forms.CharField(max_length=20)
    r = forms.CharField(max_length=60)
    level = forms.ChoiceField(choices=Signs.choices)
    area = forms.ChoiceField(required=False)
    reach = forms.BooleanField(required=False)
    number = forms.CharField(max_length=8, required=False)
    sig = forms.CharField(max_length=90, required=False)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"] = forms.ChoiceField(required=False, choices=[("", ""), *areas])

    def answers(self) -> Answers:
        """The coded answers of a valid form: always about somebody else."""
        given = self.cleaned_data
        return Answers(
            door="other",
            danger=rules.danger_of(given["level"]),
            area_code=given["area"],
            contact_via=ContactVia.PHONE.value if given["reach"] else "",
        )
