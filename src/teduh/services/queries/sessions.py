"""Reading counselling: slots and sessions of one's own week, those of a case, who was not seen long."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from teduh.access.models import Member
from teduh.access.queries import barred
from teduh.access.words import Right
from teduh.cases.models import Case
from teduh.cases.queries import places_in, walking_with
from teduh.cases.queries import visible_to as cases_of
from teduh.lib.timing import local_day
from teduh.services import bookings
from teduh.services.models import Session, Slot
from teduh.services.words import SessionState


@dataclass(frozen=True, slots=True)
class Free:
    """A slot of one day that may be booked."""

    slot: Slot
    day: date

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.slot.pk}.{self.day}"


@dataclass(frozen=True, slots=True)
class Place:
    """A slot of one day in a calendar; `hidden`: taken by a case one is kept from."""

    slot: Slot
    session: Session | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a week."""

    day: date
    places: list[Place]


@dataclass(frozen=True, slots=True)
class Fading:
    """A case in which somebody should ask after her; `why`: "missed" or "quiet"."""

    case: Case
    why: str
    last: date


def sessions_of(case: Case) -> QuerySet[Session]:
    """Every session of a case, the latest day first; also for plans that count them."""
    rows = Session.objects.of(case)
    return rows.select_related("slot__member", "case__merged_into")


def session_of(case: Case, code: str) -> Session | None:
    """One session of a case by its code."""
    return sessions_of(case).filter(code=code).first()


def free_for(case: Case, at: datetime) -> list[Free]:
    """Slots of the team of a case that nobody has, the soonest first, in two queries."""
    today = local_day(at)
    last = today + timedelta(weeks=bookings.AHEAD)
    team = places_in(case, at).values("member")
    slots = Slot.objects.filter(Q(until__isnull=True) | Q(until__gt=today), member__in=team)
    slots = slots.filter(since__lte=last).select_related("member")
    taken = set(
        Session.objects.filter(day__range=(today, last), state__in=bookings.TAKES)
        .filter(slot__in=slots)
        .values_list("slot", "day")
    )
    now = localtime(at).time()
    found = [
        Free(slot, day)
        for slot in slots
        for day in slot.offered.days(today, last)
        if (slot.pk, day) not in taken and (day > today or slot.ends > now)
    ]
    return sorted(found, key=lambda one: (one.day, one.slot.begins, one.slot.pk))


def slot_of(number: int) -> Slot | None:
    """A slot by its number."""
    return Slot.objects.filter(pk=number).select_related("member").first()


def own_slot(member: Member, number: int) -> Slot | None:
    """A slot of one's own."""
    return Slot.objects.filter(pk=number, member=member).first()


def own_slots(member: Member, day: date) -> list[Slot]:
    """One's slots that are there from a day on."""
    return list(Slot.objects.filter(Q(until__isnull=True) | Q(until__gt=day), member=member))


def week_of(member: Member, day: date) -> list[Day]:
    """The week of `day`: one's slots and who has them, in three queries."""
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=6)
    slots = list(
        Slot.objects.filter(
            Q(until__isnull=True) | Q(until__gt=monday), member=member, since__lte=sunday
        )
    )
    rows = Session.objects.filter(slot__member=member, day__range=(monday, sunday))
    rows = rows.filter(state__in=bookings.TAKES).select_related("case__merged_into", "slot")
    kept = barred(member)
    booked = {(row.slot_id, row.day): row for row in rows}
    days = [monday + timedelta(days=n) for n in range(7)]
    return [Day(one, [*_places(slots, booked, one, kept)]) for one in days]


def _places(
    slots: list[Slot], booked: dict[tuple[int, date], Session], day: date, kept: frozenset[str]
) -> list[Place]:
    found = []
    for slot in slots:
        session = booked.get((slot.pk, day))
        if session is None and not slot.offered.on(day):
            continue
        hidden = session is not None and bool(kept & codes_of(session))
        found.append(Place(slot, None if hidden else session, hidden))
    return sorted(found, key=lambda one: one.slot.begins)


def codes_of(session: Session) -> set[str]:
    """The codes of its case and of that which goes on for it."""
    stays = session.case.merged_into
    return {session.case.code} | ({stays.code} if stays else set())


def fading_of(case: Case, day: date) -> str:
    """Why somebody should ask after her; nothing for a case that ended."""
    if case.ended:
        return ""
    rows = Session.objects.of(case).filter(day__gte=_since(day))
    return bookings.fading([_one(row) for row in rows], day)


@dataclass(frozen=True, slots=True)
class ToldOf:
    """The counselling of a case in one line: how often it was, what comes next, whether to ask after her."""

    held: int
    ahead: Session | None
    fading: str


def told_of(case: Case, day: date) -> ToldOf | None:
    """The same for the page of all help; nothing where no session was ever booked."""
    rows = list(sessions_of(case))
    if not rows:
        return None
    ahead = [one for one in rows if one.state == SessionState.BOOKED and one.day >= day]
    late = [_one(row) for row in rows if row.day >= _since(day)]
    return ToldOf(
        sum(one.state == SessionState.HELD for one in rows),
        min(ahead, key=lambda one: (one.day, one.slot.begins), default=None),
        "" if case.ended else bookings.fading(late, day),
    )


def fading(member: Member, at: datetime) -> list[Fading]:
    """The same for every case that one works in, or supervises, in two queries; the longest first."""
    day = local_day(at)
    going = cases_of(member).going_on()
    if not member.may(Right.SUPERVISE_CASES):
        going = walking_with(going, member, at)
    keys = going.values("pk")
    rows = Session.objects.filter(Q(case__in=keys) | Q(case__merged_into__in=keys))
    rows = rows.filter(day__gte=_since(day)).select_related("case__merged_into")
    told: dict[Case, list[bookings.Sat]] = {}
    for row in rows:
        told.setdefault(row.case.merged_into or row.case, []).append(_one(row))
    found = []
    for case, some in told.items():
        why = bookings.fading(some, day)
        if why:
            past = [one.day for one in some if one.state in {"held", "missed"}]
            found.append(Fading(case, why, max(past)))
    return sorted(found, key=lambda one: one.last)


def _since(day: date) -> date:
    return day - timedelta(weeks=bookings.LOOK_BACK)


def _one(row: Session) -> bookings.Sat:
    return bookings.Sat(row.day, row.state, final=row.final)


def link_of(session: Session) -> str:
    """Where a session by link is held; nothing for any other, or where the city has no such place."""
    if not session.room or not settings.TEDUH_CALL_URL or session.state != SessionState.BOOKED:
        return ""
    return f"{settings.TEDUH_CALL_URL.rstrip('/')}/{session.room}"
