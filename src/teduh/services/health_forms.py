"""What the pages about visum and health may send in the open: codes and days."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from teduh.cases.words import VisumDelay, VisumStatus
from teduh.directory.models import Provider
from teduh.services import rules
from teduh.services.day_forms import plausible
from teduh.services.words import FeeOutcome, Hand, HealthKind, HealthOutcome, HealthState, Thing

NOT_KNOWN = [("", "–")]
LONGEST_AHEAD = timedelta(days=366)


class Day(forms.DateField):
    """A day, picked where the browser can."""

    def __init__(self, **told: Any) -> None:
        wrong = {"required": _("Pilih harinya."), "invalid": _("Tulis tanggal seperti 2026-11-24.")}
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, error_messages=wrong, validators=[plausible], **told)


class Place(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A provider by its name, named by its code."""

    def __init__(self) -> None:
        super().__init__(
            queryset=Provider.objects.none(),
            to_field_name="code",
            required=False,
            empty_label="–",
        )

    def label_from_instance(self, obj: Any) -> str:
        """Its name; a safe house by none."""
        return str(obj.shown)


def _one(words: Any, *, required: bool = True) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        coerce=words,
        empty_value=None,
        required=required,
        choices=[*NOT_KNOWN, *words.choices],
        error_messages={"required": _("Pilih salah satu.")},
    )


class StepForm(forms.Form):
    """One step of the visum: only what belongs to it is asked."""

    day = Day()
    provider = Place()
    who = _one(Hand, required=False)
    delay = _one(VisumDelay)
    fee_asked = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, to: VisumStatus, places: QuerySet[Provider], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asked = rules.STEP_ASKS.get(to, frozenset())
        wanted = {"day", "provider", "who"} & asked | {"fee_asked"}
        if to == VisumStatus.DELAYED:
            wanted.add("delay")
        for name in {*self.fields} - wanted:
            del self.fields[name]
        self.to, self.today = to, today
        if "provider" in self.fields:
            self.fields["provider"].queryset = places  # type: ignore[attr-defined]

    def clean_day(self) -> date:
        """What has happened lies behind; an appointment may lie ahead."""
        day: date = self.cleaned_data["day"]
        if not rules.fits_day(self.to, day, self.today) or day > self.today + LONGEST_AHEAD:
            raise forms.ValidationError(_("Hari ini atau sebelumnya."))
        return day

    def facts(self) -> dict[str, Any]:
        """What was told, once the form is valid, as `actions.visum.StepFacts` names it."""
        told = self.cleaned_data
        return {**told, "who": told.get("who") or ""}


class HealthForm(forms.Form):
    """What medical care is asked for, and where."""

    kind = _one(HealthKind)
    provider = Place()

    def __init__(self, *args: Any, places: QuerySet[Provider], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "layanan_%s"  # another form of the page asks for a kind too
        self.fields["provider"].queryset = places  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What became of it; how it goes on only where it was given."""

    state = forms.TypedChoiceField(
        coerce=HealthState,
        choices=[*NOT_KNOWN, *(one for one in HealthState.choices if one[0] != HealthState.ASKED)],
        error_messages={"required": _("Pilih salah satu.")},
    )
    outcome = _one(HealthOutcome, required=False)

    def clean(self) -> dict[str, Any]:
        """Given, and how it goes on, belong together."""
        told: dict[str, Any] = super().clean() or {}
        given = told.get("state") == HealthState.GIVEN
        if given and not told.get("outcome"):
            self.add_error("outcome", _("Pilih bagaimana kelanjutannya."))
        if "state" in told and not given and told.get("outcome"):
            self.add_error("outcome", _("Kelanjutan hanya untuk yang diberikan."))
        return told


class CustodyForm(forms.Form):
    """Evidence that goes from one hand to another."""

    thing = _one(Thing)
    given_by = _one(Hand)
    given_where = Place()
    taken_by = _one(Hand)
    taken_where = Place()
    day = Day()
    sha = forms.CharField(required=False, max_length=95, strip=True)
    mends = forms.IntegerField(required=False, min_value=1, max_value=32_767)

    def __init__(
        self, *args: Any, places: QuerySet[Provider], today: date, lines: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.lines = today, lines
        for name in ("given_where", "taken_where"):
            self.fields[name].queryset = places  # type: ignore[attr-defined]

    def clean_sha(self) -> str:
        """Lower case, without the spaces with which people read it out."""
        sha = "".join(str(self.cleaned_data["sha"]).split()).lower()
        if sha and not rules.is_sha(sha):
            raise forms.ValidationError(_("Sidik berkas terdiri dari 64 angka dan huruf a–f."))
        return sha

    def clean_day(self) -> date:
        """It has happened."""
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("Hari ini atau sebelumnya."))
        return day

    def clean(self) -> dict[str, Any]:
        """A sealed file comes with its SHA-256; only a line that stands can be put right."""
        told: dict[str, Any] = super().clean() or {}
        thing, sha, mends = told.get("thing"), told.get("sha", ""), told.get("mends")
        if thing and "sha" in told and not rules.sha_fits(thing, sha):
            self.add_error("sha", _("Berkas terkunci selalu dengan sidiknya (SHA-256)."))
        if mends and mends > self.lines:
            self.add_error("mends", _("Nomor itu belum ada."))
        return told


class FeeForm(forms.Form):
    """How it was put right that somebody asked for money."""

    outcome = _one(FeeOutcome)
