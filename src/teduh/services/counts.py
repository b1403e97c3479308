"""What statistics may know of counselling: numbers, no case."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from teduh.services.models import Session, Slot
from teduh.services.words import SessionState


@dataclass(frozen=True, slots=True)
class Counselling:
    """Slots that were offered, and what came of them; `minutes` of sessions that were held."""

    slots: int
    booked: int
    held: int
    missed: int
    called_off: int
    minutes: int


def counselling(first: date, last: date) -> Counselling:
    """Counselling from `first` to `last`, both included, in three queries."""
    slots = Slot.objects.filter(since__lte=last).exclude(until__lte=first)
    offered = sum(len(one.offered.days(first, last)) for one in slots)
    rows = Session.objects.filter(day__range=(first, last)).order_by()
    by_state = dict(rows.values_list("state").annotate(n=Count("*")))
    minutes = rows.aggregate(n=Sum("minutes"))["n"] or 0
    told = {str(state): by_state.get(state, 0) for state in SessionState.values}
    return Counselling(slots=offered, minutes=minutes, **told)
