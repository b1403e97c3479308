"""One visit today with three stations, and counselling that was held, missed and is booked."""

from datetime import datetime, time, timedelta

from django.db import transaction

from teduh.access.models import Agency, Member
from teduh.cases.models import Case, Crew
from teduh.directory.models import Offer, Provider
from teduh.lib.timing import local_day
from teduh.services.actions import sessions, visiting
from teduh.services.bookings import Offered
from teduh.services.models import Visit
from teduh.services.words import Need, OffBy, SessionPlace, StationState, Transport

TEAM, WRITER, COUNSELLOR = "asesmen", "melati", "seroja"
HOSPITAL = "rsud"
ENDED = ((3, "held"), (2, "missed"), (1, "held"))  # how many weeks ago, what came of it


@transaction.atomic
def seed(at: datetime) -> None:
    """Once, and only where melati works on a case that goes on."""
    writer = Member.objects.get(code=WRITER)
    mine = Case.objects.going_on().filter(team_code=TEAM, crew__member=writer)
    beside = Crew.objects.filter(
        member__code=COUNSELLOR, role="counsellor", until=None, case__in=mine
    )
    place = beside.select_related("case", "member").order_by("since", "pk").first()
    if place is None or Visit.objects.exists():
        return
    _visit(writer, place.case, at)
    _counselling(writer, place, at)


def _visit(by: Member, case: Case, at: datetime) -> None:
    hospital = _hospital()
    stations = [
        visiting.StationFacts("svc_medical", time(9), time(10), provider=hospital),
        visiting.StationFacts("svc_visum", time(10), time(11), provider=hospital),
        visiting.StationFacts("svc_legal", time(11, 30), time(12, 30), member=by),
    ]
    facts = visiting.VisitFacts(
        day=local_day(at),
        stations=stations,
        provider=hospital,
        companion=by,
        transport=Transport.OFFICE,
        needs=[Need.SIGN, Need.CALM],
        childcare=True,
        agreed=True,
    )
    visit = visiting.plan_visit(by=by, case=case, facts=facts, at=at)
    first = visit.stations.get(number=1)
    for seen, to in (("waiting", "under_way"), ("under_way", "done")):
        visiting.mark_station(by=by, station=first, seen=seen, to=StationState(to), at=at)


def _hospital() -> Provider:
    """A provider of the demo's hospital; where the directory is empty, one."""
    agency = Agency.objects.get(code=HOSPITAL)
    found = Provider.objects.filter(agency=agency, active=True).first()
    if found is None:
        found = Provider.objects.create(
            code="PYD-RSUD", name="RSUD Rujukan (contoh)", kind="hospital", agency=agency
        )
        for service in ("svc_medical", "svc_visum"):
            Offer.objects.create(provider=found, service=service)
    return found


def _counselling(by: Member, place: Crew, at: datetime) -> None:
    """An hour each week in the room, one by telephone; sessions since she has a counsellor."""
    case, with_her = place.case, place.member
    first = max(place.since, local_day(at) - timedelta(weeks=ENDED[0][0]))
    since = first + timedelta(days=(local_day(at) - first).days % 7)
    opened = at - (local_day(at) - since)
    room, phone = (
        sessions.open_slot(
            by=with_her,
            offered=Offered(since.weekday(), since, None, time(19 + n), time(20 + n)),
            place=where,
            at=opened,
        )
        for n, where in enumerate((SessionPlace.ROOM, SessionPlace.PHONE))
    )
    for weeks, came in ENDED:
        then = at - timedelta(weeks=weeks)
        if local_day(then) >= since:
            _ended(by, with_her, sessions.Booking(room, local_day(then)), case, came, then)
    day = local_day(at)
    sessions.book(by=by, case=case, booking=sessions.Booking(room, day + timedelta(weeks=1)), at=at)
    over = sessions.Booking(phone, day + timedelta(weeks=1))
    row = sessions.book(by=by, case=case, booking=over, at=at)
    sessions.call_off_session(by=by, session=row, off_by=OffBy.HER, at=at)


def _ended(
    by: Member, with_her: Member, booking: sessions.Booking, case: Case, came: str, at: datetime
) -> None:
    early = at.replace(hour=0, minute=5)  # before the hour itself, in the city's morning
    row = sessions.book(by=by, case=case, booking=booking, at=early)
    if came == "missed":
        sessions.miss_session(by=with_her, session=row, at=at)
        sessions.reach_again(by=with_her, session=row, at=at)
        return
    sessions.hold_session(
        by=with_her, session=row, minutes=50, final=False, made=(), items=(), at=at
    )
