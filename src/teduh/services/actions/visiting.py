"""One-stop visits: planned as one order, followed station by station."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.cases import queries as cases
from teduh.cases.actions.guard import going_on, locked, locked_where_it_goes_on
from teduh.cases.models import Case
from teduh.directory.models import Provider
from teduh.lib.codes import new_visit
from teduh.lib.timing import local_day
from teduh.services import timetables
from teduh.services.actions.days import tell_day
from teduh.services.models import Station, Visit
from teduh.services.queries.days import busy
from teduh.services.queries.visiting import theirs
from teduh.services.words import StationState, Transport, VisitEnd, VisitState


@dataclass(frozen=True, slots=True)
class StationFacts:
    """One station as it is planned: given by a provider of the directory, or by a member."""

    service: str
    begins: time
    ends: time
    provider: Provider | None = None
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """What a visit needs. `agreed`: she agreed that the agencies of its stations hear of it."""

    day: date
    stations: Sequence[StationFacts]
    provider: Provider | None = None
    companion: Member | None = None
    transport: str = Transport.NONE
    needs: Sequence[str] = ()
    childcare: bool = False
    told: bool = False
    agreed: bool = False


@transaction.atomic
def plan_visit(*, by: Member, case: Case, facts: VisitFacts, at: datetime) -> Visit:
    """Order several services for one day.

    Raises Forbidden, cases.rules.WrongMove for a case that ended, timetables.Unfit, NotAgreed.
    """
    fresh = going_on(by, case, at)
    if facts.day < local_day(at):
        raise timetables.Unfit("past")
    spans = [(one.begins, one.ends) for one in facts.stations]
    timetables.check(spans, busy(fresh, facts.day))
    for one in facts.stations:
        _may_give(fresh, one, agreed=facts.agreed)
    if facts.companion:
        _knows(facts.companion, fresh)
    visit = Visit.objects.create(
        code=new_visit(),
        case=fresh,
        day=facts.day,
        provider=facts.provider,
        companion=facts.companion,
        transport=Transport(facts.transport),
        needs=" ".join(facts.needs),
        childcare=facts.childcare,
        told=facts.told,
        member=by,
    )
    for number, one in enumerate(sorted(facts.stations, key=_begins), start=1):
        _add(visit, number, one)
    detail = {"visit": visit.code, "stations": f"{len(facts.stations)}"}
    record(by=by.actor, verb="visit.planned", subject=fresh.code, at=at, detail=detail)
    tell_day(by, fresh, at)
    return visit


@transaction.atomic
def add_station(
    *, by: Member, visit: Visit, facts: StationFacts, agreed: bool, at: datetime
) -> Station:
    """Add a station to a visit that goes on. Raises Forbidden, WrongMove, Unfit, NotAgreed."""
    fresh, now = _open(by, visit, at)
    rows = list(now.stations.all())
    there = [(one.begins, one.ends) for one in rows if one.state != StationState.MOVED]
    spans = [*there, (facts.begins, facts.ends)]
    timetables.check(spans, busy(fresh, now.day, but=now))
    _may_give(fresh, facts, agreed=agreed)
    made = _add(now, max(one.number for one in rows) + 1, facts)
    detail = {"visit": now.code, "station": f"{made.number}"}
    record(by=by.actor, verb="visit.station_added", subject=fresh.code, at=at, detail=detail)
    return made


@transaction.atomic
def retime_station(*, by: Member, station: Station, begins: time, ends: time, at: datetime) -> None:
    """Give a station that waits another time of the same day. Raises Forbidden, WrongMove, Unfit."""
    fresh, visit = _open(by, station.visit, at)
    rows = list(visit.stations.exclude(pk=station.pk).exclude(state=StationState.MOVED))
    spans = [(begins, ends), *((one.begins, one.ends) for one in rows)]
    timetables.check(spans, busy(fresh, visit.day, but=visit))
    waiting = visit.stations.filter(pk=station.pk, state=StationState.WAITING)
    if not waiting.update(begins=begins, ends=ends):
        raise timetables.WrongMove("begun")
    detail = {"visit": visit.code, "station": f"{station.number}"}
    record(by=by.actor, verb="visit.station_retimed", subject=fresh.code, at=at, detail=detail)


@transaction.atomic
def mark_station(
    *, by: Member, station: Station, seen: str, to: StationState, at: datetime
) -> None:
    """Say how far a station is, by the office. `seen`: the state that the page showed.

    Raises Forbidden, WrongMove, Changed where somebody else was faster.
    """
    fresh, visit = _open(by, station.visit, at)
    _mark(by, fresh, visit, station, seen, to, at)


@transaction.atomic
def answer_station(
    *, by: Member, station: Station, seen: str, to: StationState, at: datetime
) -> None:
    """The same by somebody of the agency that gives it. Raises Forbidden, also after she took back
    her yes or the case ended, WrongMove, Changed.
    """
    if not by.may(Right.ANSWER_PARTNER) or to not in timetables.BY_PARTNER:
        raise Forbidden(Right.ANSWER_PARTNER)
    fresh = locked_where_it_goes_on(station.visit.case)
    if not theirs(by, at).filter(pk=station.pk).exists():
        raise Forbidden(Right.ANSWER_PARTNER)
    visit = Visit.objects.get(pk=station.visit_id)
    if visit.state not in timetables.OPEN_VISITS:
        raise timetables.WrongMove(visit.state)
    _mark(by, fresh, visit, station, seen, to, at)


@transaction.atomic
def call_off_visit(*, by: Member, visit: Visit, why: VisitEnd, at: datetime) -> None:
    """A visit does not take place, or not to its end. Raises Forbidden, WrongMove."""
    fresh, now = _open(by, visit, at)
    now.state, now.ended_for = VisitState.CALLED_OFF, VisitEnd(why)
    now.save(update_fields=["state", "ended_for"])
    detail = {"visit": now.code, "why": str(why)}
    record(by=by.actor, verb="visit.called_off", subject=fresh.code, at=at, detail=detail)
    tell_day(by, fresh, at)


def _mark(
    by: Member,
    case: Case,
    visit: Visit,
    station: Station,
    seen: str,
    to: StationState,
    at: datetime,
) -> None:
    if not timetables.may_move(seen, to):
        raise timetables.WrongMove(f"{seen} to {to}")
    begins = to in {StationState.UNDER_WAY, StationState.DONE}
    if begins and local_day(at) < visit.day:
        raise timetables.WrongMove("day")
    rows = visit.stations.filter(pk=station.pk, state=seen)
    if not rows.update(state=StationState(to), since=at):
        raise timetables.Changed(visit.stations.get(pk=station.pk).state)
    states = list(visit.stations.values_list("state", flat=True))
    visit.state = VisitState(timetables.visit_state(states))
    visit.save(update_fields=["state"])
    detail = {"visit": visit.code, "station": f"{station.number}", "to": str(to)}
    record(by=by.actor, verb="visit.station_marked", subject=case.code, at=at, detail=detail)
    tell_day(by, case, at)


def _held(visit: Visit) -> Case:
    """The case in which a visit goes on: its own, or the one that was merged into."""
    return visit.case.merged_into or visit.case


def _open(by: Member, visit: Visit, at: datetime) -> tuple[Case, Visit]:
    """The case, locked, and the visit as it is now; one of a merged case goes on in that which
    stays. Raises Forbidden, WrongMove for one that is over.
    """
    fresh = locked(by, _held(visit), at)
    now = Visit.objects.get(pk=visit.pk)
    if now.state not in timetables.OPEN_VISITS:
        raise timetables.WrongMove(now.state)
    if now.case_id != fresh.pk:
        now.case = fresh
        now.save(update_fields=["case"])
    return fresh, now


def _may_give(case: Case, facts: StationFacts, *, agreed: bool) -> None:
    if facts.provider and not agreed:
        raise timetables.NotAgreed
    if facts.member:
        _knows(facts.member, case)


def _knows(member: Member, case: Case) -> None:
    """Raises Forbidden for whoever may not know of the case."""
    if not cases.visible_to(member).filter(pk=case.pk).exists():
        raise Forbidden(Right.WORK_CASES)


def _add(visit: Visit, number: int, facts: StationFacts) -> Station:
    return Station.objects.create(
        visit=visit,
        number=number,
        service=facts.service,
        provider=facts.provider,
        member=facts.member,
        agency=facts.provider.agency if facts.provider else None,
        begins=facts.begins,
        ends=facts.ends,
    )


def _begins(one: StationFacts) -> time:
    return one.begins
