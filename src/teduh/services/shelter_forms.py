"""What the pages of shelters may send in the open: codes, numbers, days."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.services.beds import BEDS_MOST, PERSONS_MOST
from teduh.services.day_forms import plausible
from teduh.services.models import ShelterRoom
from teduh.services.shelter_words import AwayReason, Elsewhere, Group, Longer, StayEnd


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")  # the one form a browser reads


def _persons() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Berapa orang, dengan anak"), min_value=1, max_value=PERSONS_MOST, initial=1
    )


class ShelterForm(forms.Form):
    """A new shelter: what its keepers call it."""

    name = forms.CharField(label=_("Nama di antara pengelola"), max_length=60)


class RoomForm(forms.Form):
    """A new room."""

    group = forms.ChoiceField(label=_("Untuk"), choices=Group.choices)
    beds = forms.IntegerField(label=_("Tempat tidur"), min_value=1, max_value=BEDS_MOST)
    wheelchair = forms.BooleanField(label=_("Dapat dicapai kursi roda"), required=False)


class StayForm(forms.Form):
    """Who comes, into which room, until when."""

    room = forms.ChoiceField(label=_("Kamar"))
    persons = _persons()
    until = forms.DateField(label=_("Sampai hari"), widget=_day(), validators=[plausible])
    wheelchair = forms.BooleanField(label=_("Perlu kursi roda"), required=False)

    def __init__(self, *args: Any, rooms: Sequence[ShelterRoom], **told: Any) -> None:
        super().__init__(*args, **told)
        self.rooms = {str(one.pk): one for one in rooms}
        named = [(pk, self._named(one)) for pk, one in self.rooms.items()]
        self.fields["room"] = forms.ChoiceField(label=_("Kamar"), choices=[("", "–"), *named])

    def _named(self, room: ShelterRoom) -> str:
        where = f"{room.shelter.provider.code}-{room.number}"
        told = {"where": where, "group": room.get_group_display(), "free": room.free}
        if room.wheelchair:
            return _("%(group)s, kursi roda: %(free)s tempat tidur (%(where)s)") % told
        return _("%(group)s: %(free)s tempat tidur (%(where)s)") % told

    def chosen(self) -> ShelterRoom:
        """The room a valid form names."""
        return self.rooms[self.cleaned_data["room"]]


class LongerForm(forms.Form):
    """Until when instead, and why."""

    until = forms.DateField(label=_("Sampai hari"), widget=_day(), validators=[plausible])
    reason = forms.ChoiceField(label=_("Sebab"), choices=Longer.choices)


class LeaveForm(forms.Form):
    """How a stay ended."""

    end = forms.ChoiceField(label=_("Ke mana"), choices=StayEnd.choices)


class AwayForm(forms.Form):
    """That there was no place."""

    group = forms.ChoiceField(label=_("Siapa"), choices=Group.choices)
    persons = _persons()
    wheelchair = forms.BooleanField(label=_("Perlu kursi roda"), required=False)
    reason = forms.ChoiceField(label=_("Sebab"), choices=AwayReason.choices)
    instead = forms.ChoiceField(label=_("Akhirnya di mana"), choices=Elsewhere.choices)
