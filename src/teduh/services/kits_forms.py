"""What the pages of the rapid tests may send."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from teduh.directory.models import Provider
from teduh.services.health_forms import Day, Place
from teduh.services.rules import KIT_MOST
from teduh.services.words import KitKind, KitMove

PICK = _("Pilih salah satu.")
MOVES = [one for one in KitMove.choices if one[0] != KitMove.RECEIVED]


class DeliveryForm(forms.Form):
    """Tests that came."""

    kind = forms.TypedChoiceField(
        coerce=KitKind, choices=[("", "–"), *KitKind.choices], error_messages={"required": PICK}
    )
    site = Place()
    lot = forms.CharField(max_length=24)
    expires = Day()
    amount = forms.IntegerField(min_value=1, max_value=KIT_MOST)

    def __init__(self, *args: Any, places: QuerySet[Provider], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = places  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """What happened to tests of a batch."""

    move = forms.TypedChoiceField(
        coerce=KitMove, choices=[("", "–"), *MOVES], error_messages={"required": PICK}
    )
    amount = forms.IntegerField(min_value=0, max_value=KIT_MOST)
