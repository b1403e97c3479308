"""Visits and sessions, as the least a test needs."""

from datetime import date, datetime, time, timedelta
from typing import Any

from teduh.access.models import Member
from teduh.cases.models import Case, Crew
from teduh.lib.timing import local_day
from teduh.services.actions import sessions, visiting
from teduh.services.bookings import once
from teduh.services.models import Session, Slot, Visit
from teduh.services.words import SessionPlace
from tests.factories.cases import AT, CaseOffice
from tests.factories.services import Partner

TODAY = local_day(AT)
NINE, TEN, ELEVEN, TWELVE = (time(hour) for hour in (9, 10, 11, 12))


def at_nine(office: CaseOffice, **told: Any) -> visiting.StationFacts:
    """A station of the office from nine to ten."""
    usual: dict[str, Any] = {"service": "svc_legal", "begins": NINE, "ends": TEN}
    if "provider" not in told:
        usual["member"] = office.melati
    return visiting.StationFacts(**usual | told)


def visit(
    office: CaseOffice, case: Case, *stations: visiting.StationFacts, at: datetime = AT, **told: Any
) -> Visit:
    """A visit of today, of one station unless others are told."""
    facts: dict[str, Any] = {"day": local_day(at), "stations": stations or [at_nine(office)]}
    plan = visiting.VisitFacts(**facts | told)
    return visiting.plan_visit(by=office.melati, case=case, facts=plan, at=at)


def two_stations(office: CaseOffice, case: Case, to: Partner, **told: Any) -> Visit:
    """At nine the office, at ten a partner, with her yes."""
    medical = at_nine(office, service="svc_medical", provider=to.provider, begins=TEN, ends=ELEVEN)
    return visit(office, case, at_nine(office), medical, **{"agreed": True, **told})


def slot(
    member: Member,
    day: date = TODAY,
    *,
    begins: time = time(17),
    place: str = "room",
    at: datetime = AT,
) -> Slot:
    """An hour of one day."""
    offered = once(day, begins, time(begins.hour + 1))
    return sessions.open_slot(by=member, offered=offered, place=SessionPlace(place), at=at)


def counsellor(office: CaseOffice, case: Case, role: str = "counsellor") -> Member:
    """Somebody with a place in the case who holds sessions: `melati`, whose keys the tests have."""
    Crew.objects.update_or_create(
        case=case, member=office.melati, defaults={"role": role, "since": case.opened_day}
    )
    return office.melati


def booked(
    office: CaseOffice,
    case: Case,
    day: date = TODAY,
    *,
    begins: time = time(17),
    place: str = "room",
    told: bool = False,
    at: datetime = AT,
) -> Session:
    """A session with melati."""
    with_her = counsellor(office, case)
    free = slot(with_her, day, begins=begins, place=place, at=at)
    booking = sessions.Booking(free, day, told=told)
    return sessions.book(by=office.melati, case=case, booking=booking, at=at)


def after(days: int) -> datetime:
    """So many days later."""
    return AT + timedelta(days=days)
