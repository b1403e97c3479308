"""What the pages about kept records may send in the open: codes and days."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.lib.codes import read_ticket
from teduh.records.rules import needs_reason
from teduh.records.words import Ask, Because, Came, Hold, Outcome

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


class RequestForm(forms.Form):
    """What she asks, how and when it came; her words are sealed."""

    kind = forms.TypedChoiceField(
        coerce=Ask,
        choices=[*NOT_KNOWN, *Ask.choices],
        error_messages={"required": _("Pilih apa yang ia minta.")},
    )
    came = forms.TypedChoiceField(
        coerce=Came,
        choices=[*NOT_KNOWN, *Came.choices],
        error_messages={"required": _("Pilih bagaimana ia memintanya.")},
    )
    asked_at = forms.DateTimeField(
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Isi kapan ia meminta: sejak itu batas waktunya dihitung."),
            "invalid": _("Tulis hari dan jam seperti 2026-11-24 09:30."),
        },
    )


class AnswerForm(forms.Form):
    """What becomes of a request; a reason where it is not met in full."""

    outcome = forms.TypedChoiceField(
        coerce=Outcome,
        choices=[*NOT_KNOWN, *Outcome.choices],
        error_messages={"required": _("Pilih jawabannya.")},
    )
    because = forms.TypedChoiceField(
        required=False, coerce=Because, empty_value=None, choices=[*NOT_KNOWN, *Because.choices]
    )

    def clean(self) -> dict[str, Any]:
        """No refusal without a reason that the law knows."""
        told: dict[str, Any] = super().clean() or {}
        outcome = told.get("outcome")
        if outcome and needs_reason(outcome) and not told.get("because"):
            self.add_error("because", _("Pilih alasannya: ia berhak tahu mengapa."))
        return told
