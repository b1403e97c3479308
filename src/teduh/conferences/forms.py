"""What the pages of meetings may send in the open: codes, days, people. Words are sealed before."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.conferences.rules import MOST_WEEKS
from teduh.conferences.words import (
    DangerKind,
    Doing,
    Evidence,
    FeedbackWay,
    Judgement,
    Kind,
    LetGo,
    Presence,
    TakenOff,
    Unsaid,
    Where,
    Whose,
    WhyOff,
)

if TYPE_CHECKING:
    from django.db.models import TextChoices

    from teduh.access.models import Member

NOT_CHOSEN = [("", "–")]
CHOOSE = _("Pilih satu.")
MONTHS = [(0, _("Sekali ini saja")), (1, _("Setiap minggu")), (2, _("Setiap dua minggu"))]
LATER = [(4, _("Setiap empat minggu")), (MOST_WEEKS, _("Setiap tiga bulan"))]


def _code(kind: "type[TextChoices]", *, required: bool = True) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        coerce=kind,
        required=required,
        empty_value="",
        choices=[*NOT_CHOSEN, *kind.choices],
        error_messages={"required": CHOOSE},
    )


def _day() -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Pilih harinya."),
            "invalid": _("Tulis tanggal seperti 2026-11-24."),
        },
    )


class PlanForm(forms.Form):
    """A meeting: what kind, when, where, who writes the minutes, whom to ask."""

    kind = _code(Kind)
    team = forms.ChoiceField(error_messages={"required": CHOOSE})
    day = _day()
    hour = forms.TimeField(
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Isi jamnya."),
            "invalid": _("Tulis jam seperti 09:00."),
        },
    )
    place = _code(Where)
    every = forms.TypedChoiceField(coerce=int, choices=[*MONTHS, *LATER], initial=0)
    minutes_by = forms.ChoiceField(required=False)
    seats = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *given: object,
        teams: Sequence[tuple[str, str]],
        people: "Sequence[Member]",
        kinds: Sequence[str],
        **told: object,
    ) -> None:
        super().__init__(*given, **told)  # type: ignore[arg-type]
        asked = [(one.code, f"{one.name} · {one.agency.name}") for one in people]
        for name, choices in (
            ("team", list(teams)),
            ("minutes_by", [*NOT_CHOSEN, *asked]),
            ("seats", asked),
            ("kind", [(one, label) for one, label in Kind.choices if one in kinds]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class InviteForm(forms.Form):
    """More people to ask."""

    seats = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Belum ada yang dipilih.")},
    )

    def __init__(self, *given: object, people: "Sequence[Member]", **told: object) -> None:
        super().__init__(*given, **told)  # type: ignore[arg-type]
        field = self.fields["seats"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.code, f"{one.name} · {one.agency.name}") for one in people]


class PresenceForm(forms.Form):
    """Whether somebody is there."""

    presence = _code(Presence)


class CallOffForm(forms.Form):
    """Why a meeting will not be."""

    reason = _code(WhyOff)


class AddForm(forms.Form):
    """A case that an officer puts on the agenda, and what they see."""

    case = forms.CharField(
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Isi kode kasusnya.")},
    )
    judgement = _code(Judgement)


class TakeOffForm(forms.Form):
    """Why a case is taken off the agenda; that it ended, the agenda sees by itself."""

    reason = forms.TypedChoiceField(
        coerce=TakenOff,
        choices=[*NOT_CHOSEN, *(one for one in TakenOff.choices if one[0] != TakenOff.ENDED)],
        error_messages={"required": CHOOSE},
    )


class WishesForm(forms.Form):
    """Why her wishes are not written; the words themselves are sealed."""

    unsaid = _code(Unsaid, required=False)


class DangerForm(forms.Form):
    """A danger on which the table agrees."""

    whose = _code(Whose)
    kind = _code(DangerKind)


class DecisionForm(forms.Form):
    """What an agency is to do until when, and who of it, where one is named."""

    doing = _code(Doing)
    due = _day()
    member = forms.ChoiceField(required=False)

    def __init__(self, *given: object, people: "Sequence[Member]", **told: object) -> None:
        super().__init__(*given, **told)  # type: ignore[arg-type]
        field = self.fields["member"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*NOT_CHOSEN, *((one.code, one.name) for one in people)]


class FeedbackForm(forms.Form):
    """How, by whom and until when she hears what was agreed."""

    way = _code(FeedbackWay)
    who = forms.ChoiceField(error_messages={"required": CHOOSE})
    until = _day()

    def __init__(self, *given: object, people: "Sequence[Member]", **told: object) -> None:
        super().__init__(*given, **told)  # type: ignore[arg-type]
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*NOT_CHOSEN, *((one.code, one.name) for one in people)]


class DoneForm(forms.Form):
    """What shows that a decision was carried out."""

    evidence = _code(Evidence)


class LetGoForm(forms.Form):
    """Why a decision is let go."""

    reason = _code(LetGo)
