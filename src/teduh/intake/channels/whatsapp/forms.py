"""What is copied from a conversation that was held elsewhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.intake.codes import choices
from teduh.intake.forms import ReportForm
from teduh.intake.words import Channel, Door

WAYS = (Channel.WHATSAPP, Channel.SMS, Channel.LETTER, Channel.MEDIA)
DOORS = (Door.SELF, Door.OTHER, Door.YOUNG, Door.ASK)


class CopyForm(ReportForm):
    """The questions of a report, and where its words come from."""

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        told = args[0].get("door", "") if args else ""
        super().__init__(*args, door=told if told in DOORS else Door.SELF, areas=areas, **kwargs)
        named = dict(choices("channel"))
        self.fields["channel"] = forms.ChoiceField(
            choices=[(one.value, named[one]) for one in WAYS],
            widget=forms.RadioSelect,
            error_messages={"required": _("Pilih dari mana tulisannya.")},
        )
