"""What the page of channels may send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.directory.rules import Way, can_be_reached
from teduh.directory.words import ChannelKind, Cost


class ChannelForm(forms.Form):
    """A way to reach the office."""

    kind = forms.ChoiceField(label=_("Macam"), choices=ChannelKind.choices)
    label = forms.CharField(label=_("Nama di halaman depan"), max_length=80)
    target = forms.CharField(label=_("Nomor atau alamat"), max_length=160)
    hours = forms.CharField(label=_("Jam layanan"), max_length=120, required=False)
    cost = forms.ChoiceField(
        label=_("Biaya bagi yang menghubungi"),
        choices=[("", _("Belum diketahui")), *Cost.choices],
        required=False,
    )
    active = forms.BooleanField(label=_("Tampil di halaman depan"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        """A number needs digits, a place a word."""
        given = super().clean() or {}
        kind, target = given.get("kind", ""), given.get("target", "")
        if kind and target and not can_be_reached(kind, target):
            self.add_error("target", _("Tulis nomor yang bisa dihubungi."))
        return given

    def way(self) -> Way:
        """What a valid form says."""
        return Way(**self.cleaned_data)
