"""What the pages about help may send in the open: codes, days and times. Words are sealed before."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.access.models import Member
from teduh.directory import codes
from teduh.directory.models import Provider
from teduh.services.bookings import LONGEST
from teduh.services.day_forms import to_come
from teduh.services.words import (
    Need,
    OffBy,
    SessionKind,
    SessionPlace,
    Transport,
    VisitEnd,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOT_KNOWN = [("", "–")]
MEMBER, PROVIDER = "m", "p"  # before the code of who gives a station


def _day(required: "StrOrPromise") -> forms.DateField:
    return forms.DateField(
        validators=[to_come],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": required,
            "invalid": _("Tulis tanggal seperti 2026-11-24."),
        },
    )


def _time() -> forms.TimeField:
    return forms.TimeField(
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Tulis jamnya."),
            "invalid": _("Tulis jam seperti 09:30."),
        },
    )


class StationForm(forms.Form):
    """One station: its service, who gives it, from when to when."""

    service = forms.ChoiceField(
        choices=lambda: [*NOT_KNOWN, *codes.choices("service")],
        error_messages={"required": _("Pilih layanannya.")},
    )
    who = forms.ChoiceField(error_messages={"required": _("Pilih siapa yang melayani.")})
    begins = _time()
    ends = _time()

    def __init__(
        self, *args: Any, members: Sequence[Member], providers: Sequence[Provider], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members = {f"{MEMBER}-{one.code}": one for one in members}
        self.providers = {f"{PROVIDER}-{one.code}": one for one in providers}
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        inside = [(key, one.name) for key, one in self.members.items()]
        outside = [(key, one.shown) for key, one in self.providers.items()]
        who.choices = [*NOT_KNOWN, *inside, *outside]

    def facts(self) -> dict[str, Any]:
        """What the form says of a station, once it is valid."""
        told = dict(self.cleaned_data)
        who = told.pop("who")
        return told | {"member": self.members.get(who), "provider": self.providers.get(who)}


class TimesForm(forms.Form):
    """Another time for a station."""

    begins = _time()
    ends = _time()


class VisitForm(forms.Form):
    """What a visit needs, apart from its stations."""

    day = _day(_("Pilih harinya."))
    place = forms.ChoiceField(required=False)
    companion = forms.ChoiceField(required=False)
    transport = forms.ChoiceField(
        choices=Transport.choices,
        initial=Transport.NONE,
        error_messages={"required": _("Pilih cara ia datang.")},
    )
    needs = forms.MultipleChoiceField(
        required=False, choices=Need.choices, widget=forms.CheckboxSelectMultiple
    )
    childcare = forms.BooleanField(required=False)
    told = forms.BooleanField(required=False)
    agreed = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, members: Sequence[Member], providers: Sequence[Provider], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members = {one.code: one for one in members}
        self.places = {one.code: one for one in providers}
        place, companion = self.fields["place"], self.fields["companion"]
        assert isinstance(place, forms.ChoiceField)
        assert isinstance(companion, forms.ChoiceField)
        place.choices = [*NOT_KNOWN, *((code, one.shown) for code, one in self.places.items())]
        companion.choices = [*NOT_KNOWN, *((code, one.name) for code, one in self.members.items())]

    def facts(self) -> dict[str, Any]:
        """What the form says, once it is valid."""
        told = dict(self.cleaned_data)
        place, companion = told.pop("place"), told.pop("companion")
        return told | {
            "provider": self.places.get(place),
            "companion": self.members.get(companion),
        }


class VisitEndForm(forms.Form):
    """Why a visit does not take place."""

    why = forms.TypedChoiceField(
        coerce=VisitEnd,
        choices=[*NOT_KNOWN, *VisitEnd.choices],
        error_messages={"required": _("Pilih sebabnya.")},
    )


class SlotForm(forms.Form):
    """Time for counselling: each week from a day on, or once."""

    weekly = forms.BooleanField(required=False, initial=True)
    day = _day(_("Pilih hari pertamanya."))
    begins = _time()
    ends = _time()
    place = forms.TypedChoiceField(
        coerce=SessionPlace,
        choices=[*NOT_KNOWN, *SessionPlace.choices],
        error_messages={"required": _("Pilih tempatnya.")},
    )


class EndSlotForm(forms.Form):
    """From which day on a slot is there no more."""

    until = _day(_("Pilih mulai hari apa."))


class BookForm(forms.Form):
    """Which slot of which day, for what."""

    slot = forms.ChoiceField(error_messages={"required": _("Pilih waktunya.")})
    kind = forms.TypedChoiceField(
        coerce=SessionKind, choices=SessionKind.choices, initial=SessionKind.COUNSEL
    )
    told = forms.BooleanField(required=False)

    def __init__(self, *args: Any, slots: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slot = self.fields["slot"]
        assert isinstance(slot, forms.ChoiceField)
        slot.choices = [*NOT_KNOWN, *slots]


class HeldForm(forms.Form):
    """What is kept in the open of a session that was held."""

    minutes = forms.IntegerField(
        min_value=1,
        max_value=LONGEST,
        error_messages={
            "required": _("Tulis lamanya dalam menit."),
            "invalid": _("Tulis lamanya dalam menit, dengan angka."),
        },
    )
    final = forms.BooleanField(required=False)


class OffForm(forms.Form):
    """Who called a session off, or what did."""

    off_by = forms.TypedChoiceField(
        coerce=OffBy,
        choices=[*NOT_KNOWN, *OffBy.choices],
        error_messages={"required": _("Pilih sebabnya.")},
    )
