"""What the pages about kept records may send in the open: codes and days."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.cases.words import ConsentBy, ConsentHow
from teduh.lib.codes import CASE, read_case, read_ticket
from teduh.records.rules import needs_reason
from teduh.records.words import (
    Ask,
    Basis,
    Because,
    BreachKind,
    Came,
    Duty,
    Exposure,
    Hold,
    NoticeWay,
    Outcome,
    Purpose,
    Receiver,
    TakenBack,
    Tie,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.functional import Promise
    from django_stubs_ext import StrOrPromise

    from teduh.access.models import Agency
    from teduh.cases.models import Person

NOT_KNOWN = [("", "–")]


def spelled(typed: str) -> str:
    """The code of a case or a ticket as it is kept, however it was typed; empty for anything else."""
    read = read_case if typed.strip().upper().startswith(CASE) else read_ticket
    return read(typed) or ""


class SubjectForm(forms.Form):
    """A case code or a ticket, as somebody typed it."""

    subject = forms.CharField(
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Tulis kode kasus atau nomor tiketnya.")},
    )

    def clean_subject(self) -> str:
        """The code as it is kept."""
        code = spelled(self.cleaned_data["subject"])
        if not code:
            raise forms.ValidationError(_("Ini bukan kode kasus dan bukan nomor tiket."))
        return code


class HoldForm(SubjectForm):
    """The same, and why it is held back."""

    reason = forms.TypedChoiceField(
        coerce=Hold,
        choices=[*NOT_KNOWN, *Hold.choices],
        error_messages={"required": _("Pilih alasannya.")},
    )


class ToldForm(forms.Form):
    """How somebody was told, or that there is no safe way."""

    way = forms.TypedChoiceField(
        coerce=NoticeWay,
        choices=[*NOT_KNOWN, *NoticeWay.choices],
        error_messages={"required": _("Pilih bagaimana ia diberi tahu.")},
    )


def _moment(required: "StrOrPromise") -> forms.DateTimeField:
    return forms.DateTimeField(
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": required,
            "invalid": _("Tulis hari dan jam seperti 2026-11-24 09:30."),
        },
    )


class BreachForm(forms.Form):
    """A breach in codes: what sort, since when it is known, what data, whose."""

    kind = forms.TypedChoiceField(
        coerce=BreachKind,
        choices=[*NOT_KNOWN, *BreachKind.choices],
        error_messages={"required": _("Pilih apa yang terjadi.")},
    )
    known_at = _moment(_("Isi kapan diketahui: sejak itu batas waktunya dihitung."))
    exposed = forms.TypedMultipleChoiceField(
        required=False,
        coerce=Exposure,
        choices=Exposure.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    subjects = forms.CharField(
        required=False,
        max_length=8000,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
    )

    def clean_subjects(self) -> list[str]:
        """Every code once, as it is kept."""
        lines = str(self.cleaned_data["subjects"]).replace(",", "\n").splitlines()
        return list(dict.fromkeys(spelled(line) or line.strip() for line in lines if line.strip()))


class RequestForm(forms.Form):
    """What she asks, how and when it came; her words are sealed."""

    kind = forms.TypedChoiceField(
        coerce=Ask,
        choices=[*NOT_KNOWN, *Ask.choices],
        error_messages={"required": _("Pilih apa yang ia minta.")},
    )
    came = forms.TypedChoiceField(
        coerce=Came,
        choices=[*NOT_KNOWN, *(one for one in Came.choices if one[0] != Came.CODE)],
        error_messages={"required": _("Pilih bagaimana ia memintanya.")},
    )
    asked_at = _moment(_("Isi kapan ia meminta: sejak itu batas waktunya dihitung."))


TAKE_BACK = "withdraw"  # what she does at once, beside what she asks for


class OwnRequestForm(forms.Form):
    """What she asks herself, by her own ticket, or takes back."""

    kind = forms.ChoiceField(
        choices=[
            *Ask.choices,
            (TAKE_BACK, _("Tarik sekarang: lembaga lain tidak lagi membaca kasus saya")),
        ],
        initial=Ask.COPY,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
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


class HandForm(forms.Form):
    """Into whose hands a packet went."""

    receiver = forms.TypedChoiceField(
        coerce=Receiver,
        choices=[*NOT_KNOWN, *Receiver.choices],
        error_messages={"required": _("Pilih kepada siapa.")},
    )


class PacketForm(HandForm):
    """For whom a packet is, and what allows it."""

    basis = forms.TypedChoiceField(
        coerce=Basis,
        choices=[*NOT_KNOWN, *Basis.choices],
        error_messages={"required": _("Pilih dasarnya: tanpa itu tidak ada yang keluar.")},
    )


class ConsentForm(forms.Form):
    """A consent: to whom, for what, which parts, until when; who gave it, and how.

    A guardian is asked about for a child only, herself for an adult only.
    """

    purpose = forms.TypedChoiceField(
        coerce=Purpose,
        choices=[*NOT_KNOWN, *Purpose.choices],
        error_messages={"required": _("Pilih untuk apa.")},
    )
    given_by = forms.TypedChoiceField(
        coerce=ConsentBy,
        choices=ConsentBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih siapa yang setuju.")},
    )
    how = forms.TypedChoiceField(
        coerce=ConsentHow,
        choices=[*NOT_KNOWN, *ConsentHow.choices],
        error_messages={"required": _("Pilih bagaimana persetujuannya diberikan.")},
    )
    day = forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Isi hari persetujuannya."),
            "invalid": _("Tulis hari seperti 2026-11-24."),
        },
    )
    until = forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Isi sampai kapan."),
            "invalid": _("Tulis hari seperti 2026-11-24."),
        },
    )
    child_agrees = forms.BooleanField(required=False)
    tie = forms.TypedChoiceField(
        required=False, coerce=Tie, empty_value="", choices=[*NOT_KNOWN, *Tie.choices]
    )
    duty = forms.TypedChoiceField(
        required=False, coerce=Duty, empty_value="", choices=[*NOT_KNOWN, *Duty.choices]
    )

    def __init__(
        self,
        *args: Any,
        agencies: "Iterable[Agency]",
        people: "Iterable[Person]",
        parts: "Mapping[str, str | Promise]",
        child: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._agencies = {str(one.pk): one for one in agencies}
        self._people = {str(one.number): one for one in people}
        self.fields["agency"] = forms.ChoiceField(
            choices=[*NOT_KNOWN, *((key, one.name) for key, one in self._agencies.items())],
            error_messages={"required": _("Pilih lembaganya.")},
        )
        self.fields["comps"] = forms.MultipleChoiceField(
            choices=list(parts.items()),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Pilih sedikitnya satu bagian.")},
        )
        self.fields["guardian"] = forms.ChoiceField(
            required=False,
            choices=[
                *NOT_KNOWN,
                *((key, f"{one.get_role_display()} {key}") for key, one in self._people.items()),
            ],
        )
        without = ConsentBy.SELF if child else ConsentBy.GUARDIAN
        given: Any = self.fields["given_by"]
        given.choices = [one for one in ConsentBy.choices if one[0] != without]

    def clean(self) -> dict[str, Any]:
        """The agency and the guardian themselves, and the parts in the order of the page."""
        told: dict[str, Any] = super().clean() or {}
        told["agency"] = self._agencies.get(told.get("agency", ""))
        told["guardian"] = self._people.get(told.get("guardian", ""))
        told["comps"] = tuple(told.get("comps", ()))
        return told


class TakingBackForm(forms.Form):
    """Who takes a consent back."""

    who = forms.TypedChoiceField(
        coerce=TakenBack,
        choices=[*NOT_KNOWN, *TakenBack.choices],
        error_messages={"required": _("Pilih siapa yang menariknya.")},
    )
