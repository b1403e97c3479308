"""What the pages of an occasion send."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.intake.channels.outreach.words import Occasion
from teduh.intake.codes import choices
from teduh.intake.forms import FiledForm
from teduh.intake.words import Door


class GatheringForm(forms.Form):
    """An occasion: what brings people together, and where."""

    occasion = forms.ChoiceField(choices=Occasion.choices, label=_("Peristiwa"))
    place = forms.ChoiceField(required=False, label=_("Tempat"))
    area_code = forms.ChoiceField(required=False, label=_("Kelurahan"))

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        skip = [("", str(_("Lewati")))]
        self.fields["place"] = forms.ChoiceField(
            required=False, label=_("Tempat"), choices=skip + choices("place", plain=True)
        )
        self.fields["area_code"] = forms.ChoiceField(
            required=False, label=_("Kelurahan"), choices=skip + areas
        )


class PersonForm(FiledForm):
    """The questions of a report, the short ones shown: everybody speaks for themselves."""

    doors: ClassVar = (Door.SELF, Door.YOUNG)
