"""Which days a form may name: those that somebody can mean, so that whoever counts with them can."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teduh.lib.timing import local_day

FIRST, LAST = date(1950, 1, 1), date(2100, 1, 1)
AHEAD = timedelta(days=731)  # for which something may be arranged; a proposal


def plausible(day: date) -> None:
    """Raises ValidationError for a year that is a slip of the hand."""
    if not FIRST <= day <= LAST:
        raise forms.ValidationError(_("Periksa lagi tahunnya."), "year")


def to_come(day: date) -> None:
    """Raises ValidationError for a day that is over, or too far ahead to be meant."""
    today = local_day(timezone.now())
    if not today <= day <= today + AHEAD:
        raise forms.ValidationError(
            _("Pilih hari ini atau sesudahnya, paling jauh dua tahun lagi."), "far"
        )
