"""What the page of help over time may send in the open: the fields of its kind, codes and days."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from teduh.access.models import Member
from teduh.directory.models import Provider
from teduh.services.care_table import said
from teduh.services.day_forms import plausible
from teduh.services.kinds import CHOICE, DAY, ENDED, MOST_RUPIAH, SEVERAL, YES, Field, Kind, told
from teduh.services.models import Care

NOT_KNOWN = [("", "–")]
MEMBER, PROVIDER = "anggota:", "penyedia:"  # before the code of whoever gives it


class CareForm(forms.Form):
    """The fields of one kind, who gives it, and for one that runs where it goes and why it ends."""

    who = forms.ChoiceField(required=False, label=_("Siapa yang memberi"))

    def __init__(
        self,
        data: Any = None,
        *,
        kind: Kind,
        members: Sequence[Member],
        providers: Sequence[Provider],
        care: Care | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(care) if care else None)
        self.kind = kind
        self.fields_of_kind = [
            one for one in kind.fields if care or not one.needed or kind.first in one.needed
        ]  # what is asked on the way is not asked when it begins
        self.people = {f"{MEMBER}{one.code}": one for one in members}
        self.places = {f"{PROVIDER}{one.code}": one for one in providers}
        if care and care.provider and care.provider.pk not in {one.pk for one in providers}:
            self.places[f"{PROVIDER}{care.provider.code}"] = care.provider
        inside = [(code, one.name) for code, one in self.people.items()]
        outside = [(code, one.shown) for code, one in self.places.items()]
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [*NOT_KNOWN, *inside, *outside]
        for one in self.fields_of_kind:
            self.fields[one.code] = _field(one)

    def drawn(self) -> list[tuple[str, BoundField]]:
        """How each field of the kind is drawn (`tick`, `tiles`, `choice` or `answer`), and itself."""
        drawn = {CHOICE: "choice", YES: "tick", SEVERAL: "tiles"}
        return [(drawn.get(one.kind, "answer"), self[one.code]) for one in self.fields_of_kind]

    def facts(self) -> dict[str, object]:
        """What was told, as `models.Care` keeps it; fields left empty are left out."""
        answers = {
            one.code: answer.isoformat() if isinstance(answer, date) else answer
            for one in self.fields_of_kind
            for answer in [self.cleaned_data.get(one.code)]
        }
        return {one.code: answers[one.code] for one in self.fields_of_kind if told(answers, one)}

    def gives(self) -> dict[str, Any]:
        """Who gives it: `member` or `provider`."""
        who = self.cleaned_data["who"]
        return {"member": self.people.get(who), "provider": self.places.get(who)}


class MoveForm(forms.Form):
    """Where something goes from where it stands, and the reason where it ends."""

    to = forms.ChoiceField(label=_("Sekarang"), error_messages={"required": _("Pilih langkahnya.")})
    reason = forms.ChoiceField(required=False, label=_("Bila berakhir: mengapa"))

    def __init__(
        self,
        data: Any = None,
        *,
        goes: Sequence[tuple[str, str]],
        reasons: Sequence[tuple[str, str]],
        here: str,
    ) -> None:
        super().__init__(data, initial={"to": here})
        for name, offered in (("to", goes), ("reason", [*NOT_KNOWN, *reasons])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered

    def clean(self) -> dict[str, Any]:
        """An end and its reason go together."""
        sent: dict[str, Any] = super().clean() or {}
        if sent.get("to") == ENDED and not sent.get("reason"):
            self.add_error("reason", _("Pilih alasannya."))
        if sent.get("to") not in {None, ENDED} and sent.get("reason"):
            self.add_error("reason", _("Alasan hanya untuk yang berakhir."))
        return sent


def _field(one: Field) -> forms.Field:
    label, choices = said(one.words), [(o.code, said(o.words)) for o in one.options]
    if one.kind == CHOICE:
        return forms.ChoiceField(required=False, label=label, choices=[*NOT_KNOWN, *choices])
    if one.kind == SEVERAL:
        several = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(
            required=False, label=label, choices=choices, widget=several
        )
    if one.kind == YES:
        return forms.BooleanField(required=False, label=label)
    if one.kind == DAY:
        wrong = _("Tulis tanggal seperti 2026-11-24, atau kosongkan.")
        return forms.DateField(
            required=False,
            label=label,
            validators=[plausible],
            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": wrong},
        )
    wrong = _("Tulis angka rupiah tanpa titik, paling banyak satu triliun.")
    return forms.IntegerField(
        required=False,
        label=label,
        min_value=0,
        max_value=MOST_RUPIAH,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )


def _initial(care: Care) -> dict[str, object]:
    gives = f"{MEMBER}{care.member.code}" if care.member else ""
    gives = f"{PROVIDER}{care.provider.code}" if care.provider else gives
    return {**care.facts, "who": gives}
