"""What statistics may know of help: numbers, no case."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from teduh.funding import counts as funding
from teduh.funding.words import Purpose
from teduh.services.beds import nights
from teduh.services.care_table import kinds
from teduh.services.hearing_days import HELD
from teduh.services.models import (
    Care,
    Hearing,
    Session,
    ShelterRoom,
    Slot,
    Stay,
    TurnAway,
)
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


@dataclass(frozen=True, slots=True)
class Sheltered:
    """Of one agency and a span of days. `nights`: a bed for a night; `possible`: with every bed in use."""

    nights: int
    possible: int
    stays: int
    turned_away: int  # persons
    reasons: dict[str, int]  # why -> persons

    @property
    def occupancy(self) -> int:
        """Beds in use, in whole hundredths."""
        return 100 * self.nights // self.possible if self.possible else 0


def sheltered(agency: int, since: date, until: date) -> Sheltered:
    """From `since` to the day before `until`; beds as they are now, of rooms in use then or now."""
    here = Q(room__shelter__provider__agency=agency)
    stays = Stay.objects.filter(here, begun__lt=until).filter(
        Q(left__isnull=True) | Q(left__gt=since)
    )
    slept = [
        one.persons * nights(one.begun, one.left, since, until)
        for one in stays.only("begun", "left", "persons")
    ]
    used = Q(active=True) | Q(pk__in=stays.order_by().values("room"))
    rooms = ShelterRoom.objects.filter(used, shelter__provider__agency=agency)
    beds = rooms.aggregate(all=Sum("beds"))["all"] or 0
    away: Counter[str] = Counter()
    for row in TurnAway.objects.filter(agency=agency, day__gte=since, day__lt=until):
        away[row.reason] += row.persons
    return Sheltered(
        nights=sum(slept),
        possible=beds * (until - since).days,
        stays=len(slept),
        turned_away=away.total(),
        reasons=dict(away),
    )


def cost_per_night(agency: int, year: int, until: date) -> int | None:
    """Rupiah paid out of this year's lines for shelter, for each night slept; None before the first."""
    slept = sheltered(agency, date(year, 1, 1), until).nights
    return funding.spent(agency, Purpose.SHELTER, year) // slept if slept else None
