"""What the page of psychological support may send in the open."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from teduh.services.models import PsychPlan
from teduh.services.psych_days import LONGEST, MOST_A_MONTH, SHORTEST
from teduh.services.psych_table import Word, tables

NOT_KNOWN = [("", "–")]


def _words(rows: dict[str, Word]) -> list[tuple[str, str]]:
    return [(one.code, one.label) for one in rows.values()]


class LookForm(forms.Form):
    """What stands in a plan: how often, and what for."""

    monthly = forms.TypedChoiceField(
        coerce=int,
        label=_("Pertemuan tiap bulan"),
        choices=[(n, str(n)) for n in range(1, MOST_A_MONTH + 1)],
        initial=2,
        error_messages={"required": _("Pilih berapa kali sebulan.")},
    )
    goals = forms.MultipleChoiceField(
        label=_("Untuk apa, menurutnya"),
        choices=lambda: _words(tables().goals),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih paling sedikit satu tujuan.")},
    )

    @classmethod
    def of(cls, plan: PsychPlan) -> "LookForm":
        """With what stands in a plan now."""
        return cls(initial={"monthly": plan.monthly, "goals": plan.goals}, auto_id="tinjau-%s")


class PlanForm(LookForm):
    """A plan of three to twelve months."""

    months = forms.TypedChoiceField(
        coerce=int,
        label=_("Lamanya"),
        choices=lambda: [
            (n, ngettext("%(n)s bulan", "%(n)s bulan", n) % {"n": n})
            for n in range(SHORTEST, LONGEST + 1)
        ],
        initial=6,
        error_messages={"required": _("Pilih lamanya.")},
    )
    field_order = ("months", "monthly", "goals")


class EndForm(forms.Form):
    """Why a plan ends."""

    reason = forms.ChoiceField(
        label=_("Mengapa berakhir"),
        choices=lambda: [*NOT_KNOWN, *_words(tables().reasons)],
        error_messages={"required": _("Pilih alasannya.")},
    )

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **{"auto_id": "akhir-%s", **told})
