"""What the pages about referrals may send: codes, days and hours."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.cases.words import ConsentBy, ConsentHow
from teduh.directory import codes
from teduh.services import rules
from teduh.services.actions.letters import Letter
from teduh.services.actions.moving import Said
from teduh.services.actions.referring import Basis
from teduh.services.day_forms import plausible
from teduh.services.words import LetterKind, Need, Reason, State, Told

if TYPE_CHECKING:
    from teduh.directory.models import Provider
    from teduh.records.models import Consent
    from teduh.services.models import Referral

NONE = [("", "–")]
WRONG_DAY = _("Tanggal itu belum benar.")


def _date() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def _reasons(*states: str) -> list[tuple[str, Any]]:
    listed = dict.fromkeys(one for state in states for one in rules.REASONS.get(state, ()))
    return [(one, Reason(one).label) for one in listed]


class NewForm(forms.Form):
    """Which service, of whom, and what is prepared for her there."""

    service = forms.ChoiceField(
        choices=lambda: [*NONE, *codes.choices("service")],
        error_messages={"required": _("Pilih layanannya.")},
    )
    provider = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": _("Pilih mitranya.")}
    )
    needs = forms.MultipleChoiceField(
        required=False, choices=Need.choices, widget=forms.CheckboxSelectMultiple
    )
    replaces = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *given: Any, providers: "Iterable[Provider]", **told: Any) -> None:
        super().__init__(*given, **told)
        field = self.fields["provider"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.code, one.shown) for one in providers]


class SendForm(forms.Form):
    """On what it rests: a consent that holds, or who said yes where nobody there has an account."""

    consent = forms.ChoiceField(required=False)
    by = forms.ChoiceField(required=False, choices=[*NONE, *ConsentBy.choices])
    how = forms.ChoiceField(required=False, choices=[*NONE, *ConsentHow.choices])
    day = forms.DateField(
        required=False,
        widget=_date(),
        validators=[plausible],
        error_messages={"invalid": WRONG_DAY},
    )

    def __init__(self, *given: Any, consents: "Iterable[Consent]", **told: Any) -> None:
        super().__init__(*given, **told)
        self.consents = {str(one.number): one for one in consents}
        field = self.fields["consent"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*NONE, *((number, number) for number in self.consents)]

    def basis(self) -> Basis:
        """What the action is told, once the form is valid."""
        told = self.cleaned_data
        consent = self.consents.get(told["consent"])
        return Basis(consent, told["by"], told["how"], told["day"])


class AnswerForm(forms.Form):
    """One step as a partner tells it; `referral` says which are possible, `only` that it is this."""

    to = forms.ChoiceField(error_messages={"required": _("Pilih jawabannya.")})
    expect = forms.ChoiceField(choices=State.choices, widget=forms.HiddenInput)
    reason = forms.ChoiceField(required=False)
    day = forms.DateField(
        required=False,
        widget=_date(),
        validators=[plausible],
        error_messages={"invalid": WRONG_DAY},
    )

    def __init__(
        self, *given: Any, referral: "Referral", only: str | None = None, **told: Any
    ) -> None:
        told.setdefault("initial", {"expect": referral.state})
        super().__init__(*given, **told)
        expected = self.data.get(self.add_prefix("expect"), "") if self.is_bound else ""
        stands = expected if expected in rules.MOVES else referral.state
        possible = [one for one in rules.BY_PARTNER if rules.may_move(stands, one)]
        self.possible = [one for one in possible if only is None or one == only]
        self.asks_reason = any(one in rules.REASONS for one in self.possible)
        self.asks_day = State.SERVED in self.possible
        for name, choices in (
            ("to", [(one, State(one).label) for one in self.possible]),
            ("reason", _reasons(*self.possible)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*NONE, *choices]

    def clean(self) -> dict[str, Any]:
        """A reason with what ends it, and with nothing else; a day with the first service."""
        told: dict[str, Any] = dict(super().clean() or {})
        to, reason = told.get("to", ""), told.get("reason", "")
        if to in rules.REASONS and not rules.fits(to, reason):
            self.add_error("reason", _("Pilih alasan yang cocok dengan jawaban itu."))
        if to == State.SERVED and not told.get("day") and "day" not in self.errors:
            self.add_error("day", _("Isi hari layanan pertamanya."))
        return told

    def anew(self, referral: "Referral", only: str | None = None) -> "AnswerForm":
        """The same as it was typed, for the state in which the referral is now."""
        data = {name: self.data.get(name, "") for name in self.data}
        data[self.add_prefix("expect")] = referral.state
        return AnswerForm(
            data, referral=referral, only=only, prefix=self.prefix, auto_id=self.auto_id
        )

    def said(self) -> Said:
        """What the action is told, once the form is valid; a reason only where one belongs."""
        told = self.cleaned_data
        reason = told["reason"] if told["to"] in rules.REASONS else ""
        day = told["day"] if told["to"] == State.SERVED else None
        return Said(State(told["to"]), told["expect"], reason, day)


class HearingForm(AnswerForm):
    """The same as an officer heard it: who said it, and when."""

    told = forms.ChoiceField(
        choices=[*NONE, *Told.choices], error_messages={"required": _("Pilih siapa yang bilang.")}
    )
    told_at = forms.DateTimeField(
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        error_messages={
            "required": _("Isi hari dan jamnya."),
            "invalid": _("Hari atau jam itu belum benar."),
        },
    )


class WhyForm(forms.Form):
    """One of the given reasons."""

    reason = forms.ChoiceField(error_messages={"required": _("Pilih alasannya.")})

    def __init__(self, *given: Any, reasons: "Iterable[str]", **told: Any) -> None:
        super().__init__(*given, **told)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*NONE, *((one, Reason(one).label) for one in reasons)]


class LetterForm(forms.Form):
    """What stands on a progress letter of the police in the open, and when it came."""

    kind = forms.ChoiceField(
        choices=[*NONE, *LetterKind.choices],
        error_messages={"required": _("Pilih kode suratnya.")},
    )
    day = forms.DateField(
        validators=[plausible],
        widget=_date(),
        error_messages={"invalid": WRONG_DAY, "required": _("Isi hari suratnya.")},
    )
    received = forms.DateField(
        validators=[plausible],
        widget=_date(),
        error_messages={"invalid": WRONG_DAY, "required": _("Isi kapan diterima.")},
    )

    def letter(self) -> Letter:
        """What the action is told, once the form is valid."""
        told = self.cleaned_data
        return Letter(LetterKind(told["kind"]), told["day"], told["received"])
