"""What is copied from a conversation that was held elsewhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.intake.codes import choices
from teduh.intake.forms import FiledForm
from teduh.intake.words import Channel

WAYS = (Channel.WHATSAPP, Channel.SMS, Channel.LETTER, Channel.MEDIA)


class CopyForm(FiledForm):
    """The questions of a report, and where its words come from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = dict(choices("channel"))
        self.fields["channel"] = forms.ChoiceField(
            choices=[(one.value, named[one]) for one in WAYS],
            widget=forms.RadioSelect,
            error_messages={"required": _("Pilih dari mana tulisannya.")},
        )
