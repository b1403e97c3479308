"""Shelter: rooms, a stay that begins, goes on and ends, and that there was no place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max

from teduh.access.models import Member, Team
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.cases.actions.guard import going_on
from teduh.cases.actions.guard import locked as case_locked
from teduh.cases.actions.promising import promise
from teduh.cases.models import Case
from teduh.directory.actions.shelters import enter_shelter
from teduh.lib.codes import new_stay
from teduh.lib.timing import begin_of, local_day
from teduh.services import beds
from teduh.services.models import Extension, Shelter, ShelterRoom, Stay, TurnAway
from teduh.services.queries import sheltering as queries
from teduh.services.rules import Changed
from teduh.services.shelter_words import AwayReason, Elsewhere, Group, Longer, StayEnd
from teduh.sop import actions as sop
from teduh.vault import actions as vault
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused

PLACE = "services.stay.place"


@dataclass(frozen=True, slots=True)
class NewRoom:
    """What a new room says."""

    group: Group
    beds: int
    wheelchair: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """Who comes, and until when; `persons`: with children, a bed each."""

    group: Group
    persons: int
    until: date
    wheelchair: bool = False


@dataclass(frozen=True, slots=True)
class Away:
    """That there was no place: for whom, why, where they went instead."""

    group: Group
    persons: int
    reason: AwayReason
    instead: Elsewhere
    wheelchair: bool = False


@transaction.atomic
def open_shelter(*, by: Member, name: str, at: datetime) -> Shelter:
    """Write down a shelter; its address is written nowhere. Raises Forbidden."""
    return Shelter.objects.create(provider=enter_shelter(by=by, name=name, at=at))


@transaction.atomic
def open_room(*, by: Member, shelter: Shelter, new: NewRoom, at: datetime) -> ShelterRoom:
    """One more room. Raises Forbidden."""
    _keeps(by, shelter)
    Shelter.objects.select_for_update().get(pk=shelter.pk)
    last = shelter.rooms.aggregate(last=Max("number"))["last"] or 0
    row = ShelterRoom.objects.create(
        shelter=shelter,
        number=last + 1,
        group=Group(new.group),
        beds=new.beds,
        wheelchair=new.wheelchair,
    )
    detail: dict[str, str | int] = {"number": row.number, "count": row.beds}
    subject = shelter.provider.code
    record(by=by.actor, verb="shelter.room", subject=subject, at=at, detail=detail)
    return row


@transaction.atomic
def close_room(*, by: Member, room: ShelterRoom, active: bool, at: datetime) -> None:
    """Let nobody new into a room, or let them in again; whoever is there stays. Raises Forbidden."""
    _keeps(by, room.shelter)
    if ShelterRoom.objects.filter(pk=room.pk).exclude(active=active).update(active=active):
        subject, detail = room.shelter.provider.code, {"number": room.number}
        record(by=by.actor, verb="shelter.room_closed", subject=subject, at=at, detail=detail)


@transaction.atomic
def begin(
    *,
    by: Member,
    case: Case,
    room: ShelterRoom,
    wish: Wish,
    items: Sequence[SealedItem],
    at: datetime,
) -> Stay:
    """Let somebody of a case move in today; the end of the stay is promised.

    Raises Forbidden, cases.rules.WrongMove, beds.Housed, beds.Full, beds.Unfit, beds.WrongDay,
    vault.rules.Refused.
    """
    fresh, today = going_on(by, case, at), local_day(at)
    if queries.now_of(fresh):
        raise beds.Housed
    place = _taken(fresh, room, wish)
    if [one.what for one in items] not in ([], [PLACE]):
        raise Refused("items")
    vault.keep_items(by=by.actor, subject=fresh.code, items=items, at=at)
    stay = Stay.objects.create(
        code=new_stay(),
        case=fresh,
        room=place,
        persons=wish.persons,
        group=wish.group,
        wheelchair=wish.wheelchair,
        begun=today,
        until=beds.checked_until(today, wish.until),
        item=items[0].item if items else "",
        member=by,
    )
    _promise(by, fresh, stay, at)
    _note(by, stay, "stay.begun", at, until=str(stay.until), count=stay.persons)
    return stay


@transaction.atomic
def extend(*, by: Member, stay: Stay, until: date, reason: Longer, at: datetime) -> Stay:
    """Make a stay longer, for a reason. By the team of the case, or whoever keeps the shelter.

    Raises Forbidden, beds.WrongDay, Changed where they have left.
    """
    row, today = _held(by, stay, at), local_day(at)
    was, row.until = row.until, beds.checked_longer(today, row.until, until)
    row.save(update_fields=["until"])
    Extension.objects.create(
        stay=row, was=was, until=row.until, reason=Longer(reason), day=today, member=by
    )
    _settle(by, row, at)
    _promise(by, row.home, row, at)
    _note(by, row, "stay.longer", at, until=str(row.until), why=str(reason))
    return row


@transaction.atomic
def leave(*, by: Member, stay: Stay, end: StayEnd, at: datetime) -> Stay:
    """They leave today; their beds are free at once. By whom as `extend`. Raises Forbidden, Changed."""
    row = _held(by, stay, at)
    row.left, row.end = local_day(at), StayEnd(end)
    row.save(update_fields=["left", "end"])
    ShelterRoom.objects.filter(pk=row.room_id).update(taken=F("taken") - row.persons)
    _settle(by, row, at)
    _note(by, row, "stay.ended", at, outcome=str(end))
    return row


@transaction.atomic
def turn_away(*, by: Member, away: Away, at: datetime) -> TurnAway:
    """Note that there was no place, and for whom: a group and a number, nobody's name or case.

    Raises Forbidden.
    """
    if not by.may(Right.KEEP_SHELTER) and not by.may(Right.WORK_CASES):
        raise Forbidden(Right.KEEP_SHELTER)
    row = TurnAway.objects.create(
        agency=by.agency,
        day=local_day(at),
        group=Group(away.group),
        persons=away.persons,
        wheelchair=away.wheelchair,
        reason=AwayReason(away.reason),
        instead=Elsewhere(away.instead),
        member=by,
    )
    record(
        by=by.actor,
        verb="shelter.turned_away",
        subject="",
        at=at,
        detail={"why": str(away.reason), "count": away.persons},
    )
    return row


def _taken(case: Case, room: ShelterRoom, wish: Wish) -> ShelterRoom:
    """The room with these beds taken. Raises Unfit, Full."""
    place = ShelterRoom.objects.select_for_update().get(pk=room.pk)
    team = Team.objects.get(code=case.team_code)
    fits = beds.suits(
        place.group, group=wish.group, reachable=place.wheelchair, wheelchair=wish.wheelchair
    )
    if not fits or not place.active or place.shelter.provider.agency_id != team.agency_id:
        raise beds.Unfit
    enough = ShelterRoom.objects.filter(pk=place.pk, taken__lte=F("beds") - wish.persons)
    if wish.persons < 1 or not enough.update(taken=F("taken") + wish.persons):
        raise beds.Full
    return place


def _held(by: Member, stay: Stay, at: datetime) -> Stay:
    """The stay under the lock of its case. Raises Forbidden, Changed where they have left."""
    if queries.stay_kept(by, stay.code) is None:
        case_locked(by, stay.home, at)
    else:
        Case.objects.select_for_update().get(pk=stay.home.pk)
    rows = Stay.objects.select_for_update(of=("self",)).select_related("case__merged_into")
    row = rows.get(pk=stay.pk)
    if row.left:
        raise Changed("left")
    return row


def _promise(by: Member, case: Case, stay: Stay, at: datetime) -> None:
    end = begin_of(stay.until)
    promise(by=by, case=case, event="stay.begun", at=at, until=end, about=stay.code)


def _settle(by: Member, stay: Stay, at: datetime) -> None:
    event, subject = "stay.settled", stay.home.code
    sop.happened(by=by.actor, event=event, subject=subject, at=at, about=stay.code)


def _note(by: Member, stay: Stay, verb: str, at: datetime, **told: str | int) -> None:
    detail: dict[str, str | int] = {"about": stay.code, **told}
    record(by=by.actor, verb=verb, subject=stay.home.code, at=at, detail=detail)


def _keeps(by: Member, shelter: Shelter) -> None:
    if not by.may(Right.KEEP_SHELTER) or shelter.provider.agency_id != by.agency_id:
        raise Forbidden(Right.KEEP_SHELTER)
