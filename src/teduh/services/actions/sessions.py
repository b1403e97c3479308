"""Counselling: slots kept free, sessions booked, held, missed or called off."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import in_one_go, record
from teduh.cases import queries as cases
from teduh.cases import sharing
from teduh.cases.actions.daily import met
from teduh.cases.actions.guard import going_on, locked
from teduh.cases.actions.promising import promise
from teduh.cases.models import Case
from teduh.lib.codes import new_session
from teduh.lib.timing import local_day
from teduh.services import bookings, timetables
from teduh.services.actions.days import tell_day
from teduh.services.models import Session, Slot
from teduh.services.queries.days import busy
from teduh.services.words import OffBy, SessionKind, SessionPlace, SessionState
from teduh.sop import actions as sop
from teduh.vault import actions as vault
from teduh.vault.packages import MadeCompartment, SealedItem
from teduh.vault.rules import Refused

NOTE, PART = "services.session.note", "psych"


@transaction.atomic
def open_slot(*, by: Member, offered: bookings.Offered, place: SessionPlace, at: datetime) -> Slot:
    """Keep time free for counselling, of one's own. Raises Forbidden, NotOffered, Overlaps."""
    if not by.may(Right.WORK_CASES):
        raise Forbidden(Right.WORK_CASES)
    past = offered.since < local_day(at) or offered.begins >= offered.ends
    if past or (place == SessionPlace.LINK and not settings.TEDUH_CALL_URL):
        raise bookings.NotOffered
    Member.objects.select_for_update().get(pk=by.pk)  # two of one's own do not slip past each other
    if any(offered.meets(one.offered) for one in Slot.objects.filter(member=by)):
        raise bookings.Overlaps
    slot = Slot.objects.create(
        member=by,
        weekday=offered.weekday,
        since=offered.since,
        until=offered.until,
        begins=offered.begins,
        ends=offered.ends,
        place=SessionPlace(place),
    )
    detail = {"slot": f"{slot.pk}", "place": str(place)}
    record(by=by.actor, verb="slot.opened", subject=by.code, at=at, detail=detail)
    return slot


@transaction.atomic
def end_slot(*, by: Member, slot: Slot, until: date, at: datetime) -> None:
    """Keep no more time free from that day on. Raises Forbidden, StillBooked."""
    if slot.member_id != by.pk or until < local_day(at):
        raise Forbidden(Right.WORK_CASES)
    now = Slot.objects.select_for_update().get(pk=slot.pk)
    if now.sessions.filter(day__gte=until, state=SessionState.BOOKED).exists():
        raise bookings.StillBooked
    now.until = min(filter(None, [now.until, max(until, now.since)]))
    now.save(update_fields=["until"])
    record(by=by.actor, verb="slot.ended", subject=by.code, at=at, detail={"slot": f"{slot.pk}"})


@dataclass(frozen=True, slots=True)
class Booking:
    """Which slot of which day, for what; `told`: her own ticket may tell the day."""

    slot: Slot
    day: date
    kind: str = SessionKind.COUNSEL
    told: bool = False


@transaction.atomic
def book(*, by: Member, case: Case, booking: Booking, at: datetime) -> Session:
    """Give a slot of one day to a case. Raises Forbidden, cases.rules.WrongMove, NotOffered, Taken."""
    fresh, today = going_on(by, case, at), local_day(at)
    slot = Slot.objects.select_for_update().select_related("member").get(pk=booking.slot.pk)
    over = booking.day == today and slot.ends <= localtime(at).time()
    soon = today <= booking.day <= today + timedelta(weeks=bookings.AHEAD)
    if over or not soon or not slot.offered.on(booking.day) or not walks(slot.member, fresh, at):
        raise bookings.NotOffered
    if any(timetables.meet((slot.begins, slot.ends), one) for one in busy(fresh, booking.day)):
        raise bookings.Taken
    try:
        with transaction.atomic():
            session = Session.objects.create(
                code=new_session(),
                case=fresh,
                slot=slot,
                day=booking.day,
                kind=SessionKind(booking.kind),
                place=slot.place,
                room=secrets.token_urlsafe(16) if slot.place == SessionPlace.LINK else "",
                told=booking.told,
                member=by,
            )
    except IntegrityError as error:
        raise bookings.Taken from error
    detail = {"session": session.code, "kind": session.kind, "place": session.place}
    record(by=by.actor, verb="session.booked", subject=fresh.code, at=at, detail=detail)
    tell_day(by, fresh, at)
    return session


def walks(member: Member, case: Case, at: datetime) -> bool:
    """Whether somebody has a place in a case, and nothing keeps them from it."""
    there = cases.places_in(case, at).filter(member=member).exists()
    return there and cases.visible_to(member).filter(pk=case.pk).exists()


@in_one_go()
def hold_session(
    *,
    by: Member,
    session: Session,
    minutes: int,
    final: bool,
    made: Sequence[MadeCompartment],
    items: Sequence[SealedItem],
    at: datetime,
) -> None:
    """Keep that a session was held, with its note if there is one.

    `final`: both agreed that it was the last. The note lies in the part that counsellors read: who
    does not write it there keeps none. Raises Forbidden, WrongMove, vault.rules.Refused.
    """
    fresh, now = _booked(by, session, at)
    if [item.what for item in items] not in ([], [NOTE]) or (made and not items):
        raise Refused("items")
    if items and not may_note(by, fresh, at):
        raise Forbidden(Right.WORK_CASES)
    if made:
        place = {"subject": fresh.code, "team": fresh.team_code, "comp": f"part-{PART}"}
        vault.open_part(by=by, made=made, at=at, **place)
    vault.keep_items(by=by.actor, subject=fresh.code, items=items, at=at)
    now.minutes, now.final, now.item = minutes, final, items[0].item if items else ""
    _go(by, fresh, now, SessionState.HELD, at)
    sop.happened(by=by.actor, event="session.held", subject=fresh.code, at=at)
    met(case=fresh, day=now.day)


def may_note(member: Member, case: Case, at: datetime) -> bool:
    """Whether a member writes and reads notes of sessions: whose place has the part of feelings."""
    mine = sharing.parts_for(member, case, at)
    return PART in mine.writes and PART in mine.reads


@transaction.atomic
def miss_session(*, by: Member, session: Session, at: datetime) -> None:
    """A session was not held: somebody asks after her, in a way that is safe. Raises Forbidden, WrongMove."""
    fresh, now = _booked(by, session, at)
    _go(by, fresh, now, SessionState.MISSED, at)
    promise(by=by, case=fresh, event="session.missed", at=at, about=now.code)


@transaction.atomic
def call_off_session(*, by: Member, session: Session, off_by: OffBy, at: datetime) -> None:
    """A session will not be held; its slot is free again. Raises Forbidden, WrongMove."""
    fresh, now = _locked(by, session, at)
    now.off_by = OffBy(off_by)
    _go(by, fresh, now, SessionState.CALLED_OFF, at)


@transaction.atomic
def reach_again(*, by: Member, session: Session, at: datetime) -> None:
    """She was reached in a safe way after a session that was not held; once is enough.

    Raises Forbidden, WrongMove.
    """
    fresh = locked(by, session.case.merged_into or session.case, at)
    now = Session.objects.get(pk=session.pk)
    if now.state != SessionState.MISSED:
        raise bookings.WrongMove(now.state)
    rows = Session.objects.filter(pk=session.pk, reached__isnull=True)
    if not rows.update(reached=local_day(at)):
        return
    sop.happened(by=by.actor, event="session.held", subject=fresh.code, at=at, about=session.code)
    met(case=fresh, day=local_day(at))
    detail = {"session": session.code}
    record(by=by.actor, verb="session.reached", subject=fresh.code, at=at, detail=detail)


def _locked(by: Member, session: Session, at: datetime) -> tuple[Case, Session]:
    """The case, locked, and a session that is still booked; one of a merged case goes on in that
    which stays. Raises Forbidden, WrongMove.
    """
    fresh = locked(by, session.case.merged_into or session.case, at)
    now = Session.objects.select_related("slot").get(pk=session.pk)
    if now.state != SessionState.BOOKED:
        raise bookings.WrongMove(now.state)
    now.case = fresh
    return fresh, now


def _booked(by: Member, session: Session, at: datetime) -> tuple[Case, Session]:
    """The same for what can be said only once its day has come."""
    fresh, now = _locked(by, session, at)
    if now.day > local_day(at):
        raise bookings.WrongMove("day")
    return fresh, now


def _go(by: Member, case: Case, session: Session, to: SessionState, at: datetime) -> None:
    session.state = to
    session.save()
    detail = {"session": session.code, "to": str(to)}
    record(by=by.actor, verb=f"session.{to}", subject=case.code, at=at, detail=detail)
    tell_day(by, case, at)
