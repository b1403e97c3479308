"""What the pages about kept records may send in the open: codes and days."""

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.lib.codes import read_ticket
from teduh.records.words import Hold

NOT_KNOWN = [("", "–")]


class HoldForm(forms.Form):
    """A case code or a ticket, and why it is held back."""

    subject = forms.CharField(
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Tulis kode kasus atau nomor tiketnya.")},
    )
    reason = forms.TypedChoiceField(
        coerce=Hold,
        choices=[*NOT_KNOWN, *Hold.choices],
        error_messages={"required": _("Pilih alasannya.")},
    )

    def clean_subject(self) -> str:
        """The code as it is kept, however it was typed."""
        typed = str(self.cleaned_data["subject"]).strip().upper()
        return read_ticket(typed) or typed
