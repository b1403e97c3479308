"""A shelter with one room, and who stays there."""

from datetime import date, timedelta
from typing import Any

from teduh.access.models import Member
from teduh.cases.models import Case
from teduh.lib.timing import local_day
from teduh.services.actions import sheltering as actions
from teduh.services.models import ShelterRoom, Stay
from teduh.services.shelter_words import Group
from tests.factories.cases import AT, CaseOffice

DAY = local_day(AT)


def a_room(
    by: Member, *, beds: int = 2, group: Group = Group.WOMEN, wheelchair: bool = False
) -> ShelterRoom:
    """A room of a new shelter."""
    house = actions.open_shelter(by=by, name="Contoh rumah", at=AT)
    new = actions.NewRoom(group, beds, wheelchair)
    return actions.open_room(by=by, shelter=house, new=new, at=AT)


def wish(
    *,
    persons: int = 1,
    group: Group = Group.WOMEN,
    until: date = DAY + timedelta(days=14),
    **m: Any,
) -> actions.Wish:
    """Who comes."""
    return actions.Wish(group, persons, until, **m)


def stayed(office: CaseOffice, case: Case, room: ShelterRoom, **told: Any) -> Stay:
    """A stay that began."""
    return actions.begin(by=office.melati, case=case, room=room, wish=wish(**told), items=[], at=AT)


def counted(room: ShelterRoom) -> int:
    """Beds taken, once they are those of the stays that go on."""
    now = ShelterRoom.objects.get(pk=room.pk)
    assert now.taken == sum(one.persons for one in now.stays.all() if not one.left)
    return now.taken
