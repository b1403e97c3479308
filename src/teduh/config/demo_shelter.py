"""Two shelters of the demo, who stays there, and whom there was no place for."""

from datetime import datetime, timedelta

from django.db import transaction

from teduh.access.models import Member
from teduh.cases.models import Case
from teduh.lib.timing import local_day
from teduh.services.actions import sheltering as actions
from teduh.services.models import Shelter, ShelterRoom
from teduh.services.shelter_words import AwayReason, Elsewhere, Group, Longer, StayEnd

KEEPER, WRITER, TEAM = "seroja", "melati", "asesmen"
HOUSES = (  # what its keepers call it, and its rooms: group, beds, wheelchair
    ("Contoh Teratai", ((Group.FAMILIES, 4, True), (Group.WOMEN, 3, False))),
    ("Contoh Cemara", ((Group.GIRLS, 3, False), (Group.BOYS, 3, True))),
)
STAYS = (  # group, persons, and whether it was made longer or has ended
    (Group.FAMILIES, 3, "longer"),
    (Group.WOMEN, 1, ""),
    (Group.WOMEN, 1, "ended"),
)
AWAY = (  # days ago, group, persons, why, where they went
    (3, Group.BOYS, 3, AwayReason.NO_ROOM, Elsewhere.HOUSE),
    (11, Group.WOMEN, 1, AwayReason.FULL, Elsewhere.FAMILY),
    (26, Group.FAMILIES, 2, AwayReason.NEEDS, Elsewhere.HOSPITAL),
)
DAYS = 6  # how long the stays of the demo go on already


@transaction.atomic
def seed(at: datetime) -> None:
    """Once, and only where melati works on a case that goes on."""
    if Shelter.objects.exists():
        return
    keeper, writer = (Member.objects.get(code=code) for code in (KEEPER, WRITER))
    for name, rooms in HOUSES:
        house = actions.open_shelter(by=keeper, name=name, at=at)
        for group, beds, reachable in rooms:
            new = actions.NewRoom(group, beds, reachable)
            actions.open_room(by=keeper, shelter=house, new=new, at=at)
    mine = Case.objects.going_on().filter(team_code=TEAM, crew__member=writer)
    cases = list(mine.order_by("-pk").distinct()[: len(STAYS)])
    for case, (group, persons, then) in zip(cases, STAYS, strict=False):
        begun = at - timedelta(days=DAYS)
        wish = actions.Wish(group, persons, local_day(begun) + timedelta(days=14))
        room = ShelterRoom.objects.get(group=group)
        stay = actions.begin(by=keeper, case=case, room=room, wish=wish, items=[], at=begun)
        if then == "longer":
            until = stay.until + timedelta(days=7)
            actions.extend(by=keeper, stay=stay, until=until, reason=Longer.PROCESS, at=at)
        if then == "ended":
            actions.leave(by=keeper, stay=stay, end=StayEnd.FAMILY, at=at)
    for days, group, persons, reason, instead in AWAY:
        away = actions.Away(group, persons, reason, instead)
        actions.turn_away(by=keeper, away=away, at=at - timedelta(days=days))
