"""Reading one-stop visits: whole for the office, one station for the agency that gives it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from teduh.access.models import Member
from teduh.access.queries import barred
from teduh.cases import sharing
from teduh.cases.models import Case
from teduh.cases.parts import sections
from teduh.cases.queries import walkers
from teduh.cases.rules import ENDED
from teduh.directory import codes
from teduh.directory.models import Provider
from teduh.lib.timing import local_day
from teduh.records.models import Consent
from teduh.records.queries import consents_of, given_of, shared_with
from teduh.services import timetables
from teduh.services.models import Station, Visit
from teduh.services.words import Need, StationState

Lines = list[str | Promise]
DOES: dict[StationState, Promise] = {  # what a button says that brings a station there
    StationState.UNDER_WAY: _("Mulai"),
    StationState.DONE: _("Selesai"),
    StationState.SKIPPED: _("Ia memilih tidak"),
    StationState.MOVED: _("Pindah hari"),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """A station as a page shows it; `late`: it should have begun, or ended, a while ago."""

    row: Station
    late: bool
    moves: list[tuple[str, str | Promise]]

    @property
    def service(self) -> str:
        """Its service in words."""
        return codes.label("service", self.row.service)

    @property
    def giver(self) -> str:
        """Who gives it; a safe house by no name."""
        row = self.row
        return row.provider.shown if row.provider else row.member.name if row.member else ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What need not be asked again at one station: parts that are written, by who may read them.

    `readers`: who of its agency was given them; empty for a station of the office.
    """

    stop: Stop
    reads: Lines
    closed: Lines
    readers: list[str]


def visits_of(case: Case) -> list[Visit]:
    """Every visit of a case, the latest day first, its stations at hand."""
    rows = Visit.objects.of(case).select_related("provider", "companion")
    return list(rows.prefetch_related("stations__provider", "stations__member"))


def visit_of(case: Case, code: str) -> Visit | None:
    """One visit of a case by its code."""
    rows = Visit.objects.of(case).select_related("provider", "companion", "member", "case")
    return rows.filter(code=code).first()


def stops_of(visit: Visit, at: datetime) -> list[Stop]:
    """The stations of a visit in the order of the day."""
    rows = visit.stations.select_related("provider", "member")
    return [_stop(visit, row, at, StationState.values) for row in rows]


def station_of(visit: Visit, number: int) -> Station | None:
    """One station of a visit by its number."""
    rows = visit.stations.select_related("visit__case__merged_into", "provider")
    return rows.filter(number=number).first()


def breaks_of(stops: Iterable[Stop]) -> list[time]:
    """The times after which a break should be offered."""
    rows = [one.row for one in stops if one.row.state != StationState.MOVED]
    return timetables.breaks([(one.begins, one.ends) for one in rows])


def needs_of(visit: Visit) -> Lines:
    """What is prepared for her, in words."""
    return [Need(code).label for code in visit.needs.split() if code in Need.values]


def heard_at(visit: Visit, case: Case, stops: Iterable[Stop], at: datetime) -> list[Heard]:
    """What each station finds told already, so that nobody asks her again."""
    written = sharing.parts_of(case)
    there = [one for one in sections() if one.code in written]
    consents = [one.row for one in consents_of(case, local_day(at)) if one.state == "holding"]
    given = given_of(case, local_day(at)) if consents else {}
    found = []
    for stop in stops:
        row, readers = stop.row, set[str]()
        if row.member:
            reads = set(sharing.parts_for(row.member, case, at).reads)
        else:
            own = [one for one in consents if one.agency_id == row.agency_id]
            grants = [one for yes in own for one in given.get(yes.sha, []) if one.standing]
            reads = {comp.removeprefix("part-") for one in grants for comp in one.row.parts}
            readers = {one.name for one in grants}
        found.append(
            Heard(
                stop,
                [one.words for one in there if one.code in reads],
                [one.words for one in there if one.code not in reads],
                sorted(readers),
            )
        )
    return found


def places() -> list[Provider]:
    """Providers that may be a place or give a station, by name."""
    return list(Provider.objects.filter(active=True))


def helpers_of(case: Case, at: datetime) -> list[Member]:
    """Who of the office may give a station or go along: whoever may walk with this case."""
    return walkers(case.team_code, at, case.code)


@dataclass(frozen=True, slots=True)
class Own:
    """A station as its agency sees it: nothing of the others, and the case only where it was shared."""

    stop: Stop
    visit: Visit
    needs: Lines
    shared: str  # the code of the case, where something of it is shared with who asks

    @property
    def place(self) -> str:
        """Where it is, by a name and no address."""
        return self.visit.provider.shown if self.visit.provider else ""


def stations_for(member: Member, at: datetime) -> list[Own]:
    """The stations of a member's agency from yesterday on, but of cases they are kept from."""
    rows = _own(member, at).filter(visit__day__gte=local_day(at) - timedelta(days=1))
    shared = {consent.case.code for consent, _grants in shared_with(member, local_day(at))}
    found = []
    for row in rows.order_by("visit__day", "begins", "id"):
        visit = row.visit
        case = visit.case.merged_into or visit.case
        there = next((one for one in (case.code, visit.case.code) if one in shared), "")
        stop = _stop(visit, row, at, timetables.BY_PARTNER)
        found.append(Own(stop, visit, needs_of(visit), there))
    return found


def own_station(member: Member, code: str, number: int, at: datetime) -> Station | None:
    """One station of a member's agency, or None (a 404)."""
    return _own(member, at).filter(visit__code=code, number=number).first()


def theirs(member: Member, at: datetime) -> QuerySet[Station]:
    """The stations that a member's agency may know of: none of an erased case or one they are kept
    from, none after she took back all that she agreed to share with it, none open of an ended case.
    """
    if member.agency_id is None:
        return Station.objects.none()
    yes = Consent.objects.filter(
        Q(case=OuterRef("visit__case")) | Q(case=OuterRef("visit__case__merged_into")),
        agency=member.agency_id,
    )
    taken_back = Exists(yes.filter(withdrawn_at__isnull=False))
    holds = Exists(yes.holding(local_day(at)))
    ended = Q(visit__case__merged_into__isnull=True, visit__case__state__in=ENDED)
    ended |= Q(visit__case__merged_into__state__in=ENDED)
    rows = Station.objects.filter(
        ~taken_back | holds,
        ~ended | Q(state__in=timetables.ENDS),
        agency=member.agency_id,
        visit__case__erased_day__isnull=True,
        visit__case__merged_into__erased_day__isnull=True,
    )
    kept = barred(member)
    if kept:
        rows = rows.exclude(visit__case__code__in=kept)
        rows = rows.exclude(visit__case__merged_into__code__in=kept)
    return rows


def _own(member: Member, at: datetime) -> QuerySet[Station]:
    rows = theirs(member, at).exclude(visit__state="called_off")
    return rows.select_related("visit__case__merged_into", "visit__provider", "provider", "member")


def _stop(visit: Visit, row: Station, at: datetime, by: Iterable[str]) -> Stop:
    here = visit.day == local_day(at)
    late = here and visit.state in timetables.OPEN_VISITS
    late = late and timetables.is_late(row.state, (row.begins, row.ends), localtime(at).time())
    moves: list[tuple[str, str | Promise]] = []
    if visit.state in timetables.OPEN_VISITS:
        begun = {StationState.UNDER_WAY, StationState.DONE} if visit.day > local_day(at) else set()
        allowed = timetables.MOVES[row.state] & frozenset(by) - begun
        moves = [(str(one), DOES[one]) for one in StationState if one in allowed]
    return Stop(row, late, moves)
