"""What statistics may know of help: numbers, no case."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from teduh.services.care_table import kinds
from teduh.services.hearing_days import HELD
from teduh.services.models import Care, Hearing, Session, Slot
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


@dataclass(frozen=True, slots=True)
class Accompanied:
    """One kind of help over time: what began and ended; `good`: ended having reached what it was for."""

    kind: str
    begun: int
    ended: int
    good: int


def accompaniment(first: date, last: date) -> list[Accompanied]:
    """Help over time from `first` to `last`, both included, by kind, in two queries."""
    days, rows = (first, last), Care.objects.order_by()
    begun = dict(rows.filter(since__range=days).values_list("kind").annotate(n=Count("*")))
    over = rows.filter(ended_day__range=days)
    ended = list(over.values_list("kind", "ended_for").annotate(n=Count("*")))
    well = {code: {one.code for one in kind.reasons if one.good} for code, kind in kinds().items()}
    return [
        Accompanied(
            code,
            begun.get(code, 0),
            sum(n for kind, _why, n in ended if kind == code),
            sum(n for kind, why, n in ended if kind == code and why in well[code]),
        )
        for code in kinds()
    ]


def hearings(first: date, last: date) -> dict[str, int]:
    """Outcomes of hearings and deadlines noted from `first` to `last`, both included."""
    rows = Hearing.objects.filter(state=HELD, ended_day__range=(first, last)).order_by()
    return dict(rows.values_list("outcome").annotate(n=Count("*")))
