"""What the pages of a conversation may send."""

from django import forms

from teduh.intake.answers import Answers
from teduh.intake.forms import DANGER
from teduh.intake.words import Door
from teduh.vault.rules import MESSAGE

LIMIT = 8_000  # characters of the first words; about as many messages of 1 KiB as one answer shows


class QuestionForm(forms.Form):
    """One field, and whether she is safe."""

    text = forms.CharField(
        required=False,
        max_length=LIMIT,
        strip=False,
        widget=forms.Textarea(
            {"data-what": MESSAGE, "autocomplete": "off", "spellcheck": "false", "rows": 5}
        ),
    )
    safe_now = forms.ChoiceField(required=False, choices=DANGER, widget=forms.RadioSelect)

    def answers(self) -> Answers:
        """The coded answers of a valid form."""
        return Answers(door=Door.ASK, danger=self.cleaned_data["safe_now"])
