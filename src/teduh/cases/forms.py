"""What the pages of a case may send in the open: codes and days. Words are sealed before."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.cases.words import GbvType, Nationality, PersonRole
from teduh.intake import codes

NOT_KNOWN = [("", "–")]


def _one(known: str) -> forms.ChoiceField:
    def offered() -> list[tuple[str, str]]:
        return [*NOT_KNOWN, *codes.choices(known)]

    return forms.ChoiceField(required=False, choices=offered)


def _several(known: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        required=False,
        choices=lambda: codes.choices(known),
        widget=forms.CheckboxSelectMultiple,
    )


class PersonForm(forms.Form):
    """Coded facts of somebody; nothing but the role is needed."""

    role = forms.ChoiceField(choices=PersonRole.choices, initial=PersonRole.SURVIVOR)
    sex = _one("sex")
    age_band = _one("age_band")
    disability = _one("disability")
    education = _one("education")
    occupation = _one("occupation")
    marital = _one("marital_status")
    nationality = forms.ChoiceField(required=False, choices=[*NOT_KNOWN, *Nationality.choices])
    relation = _one("perpetrator_relation")
    interpreter = forms.BooleanField(required=False)
    returned = forms.BooleanField(required=False)


class IncidentForm(forms.Form):
    """Coded facts of an incident: one main kind, the rest where it is known."""

    main_kind = forms.ChoiceField(
        choices=lambda: [*NOT_KNOWN, *codes.choices("violence_type")],
        error_messages={"required": _("Pilih satu jenis utama.")},
    )
    kinds = _several("violence_type")
    subtypes = _several("violence_subtype")
    exploitation = _several("exploitation_form")
    barriers = _several("barrier")
    gbv = forms.ChoiceField(required=False, choices=[*NOT_KNOWN, *GbvType.choices])
    day = forms.DateField(
        required=False,
        widget=forms.DateInput({"type": "date"}),
        error_messages={"invalid": _("Tulis tanggal seperti 2026-11-24, atau kosongkan.")},
    )
    place = _one("place")
    online = forms.BooleanField(required=False)

    SEVERAL = ("kinds", "subtypes", "exploitation", "barriers")

    def facts(self) -> dict[str, Any]:
        """What the form says of an incident, once it is valid."""
        told = dict(self.cleaned_data)
        return told | {"several": {name: told.pop(name) for name in self.SEVERAL}}


def wrong(*told: forms.BaseForm) -> list[tuple[str, str]]:
    """Field and sentence of everything to mend, in the order of the page, for a script to show."""
    return [
        (form.add_prefix(name), str(text))
        for form in told
        for name, texts in form.errors.items()
        for text in texts
    ]


def initial_of(form: type[forms.Form], source: Any) -> dict[str, Any]:
    """What a row says already for the fields of a form."""
    return {name: getattr(source, name) for name in form.base_fields if hasattr(source, name)}
