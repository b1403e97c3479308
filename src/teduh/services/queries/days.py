"""What a survivor has on one day, and which day comes next."""

from datetime import date

from teduh.cases.models import Case
from teduh.services.models import Session, Station, Visit
from teduh.services.timetables import Span
from teduh.services.words import SessionState, StationState


def busy(case: Case, day: date, *, but: Visit | None = None) -> list[Span]:
    """From when to when she has something that day, in any other visit or session."""
    stations = Station.objects.filter(visit__in=Visit.objects.of(case).open(), visit__day=day)
    stations = stations.exclude(state=StationState.MOVED).exclude(visit=but)
    booked = Session.objects.of(case).filter(day=day, state=SessionState.BOOKED)
    return [
        *stations.values_list("begins", "ends"),
        *booked.values_list("slot__begins", "slot__ends"),
    ]


def next_told(case: Case, today: date) -> date | None:
    """The next day of a visit or session of which she wants to read on her ticket."""
    visits = Visit.objects.of(case).open().filter(told=True, day__gte=today)
    booked = Session.objects.of(case).filter(state=SessionState.BOOKED, told=True, day__gte=today)
    days = [*visits.values_list("day", flat=True), *booked.values_list("day", flat=True)]
    return min(days, default=None)
