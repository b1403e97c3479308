"""Beds and stays: never more than there are, one at a time, an end for each; no name, no address."""

import os
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teduh.access.models import Conflict, Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.models import Row
from teduh.cases.models import Case
from teduh.funding import actions as funding
from teduh.funding.words import Memo, Purpose
from teduh.lib.timing import begin_of
from teduh.outbox.models import Message
from teduh.services import beds, counts
from teduh.services.actions import sheltering as actions
from teduh.services.actions.staying import look_at_stays
from teduh.services.beds import Full, Housed, Slept, Unfit, WrongDay
from teduh.services.house_rules import told
from teduh.services.models import ShelterRoom, Stay, TurnAway
from teduh.services.queries import sheltering as queries
from teduh.services.rules import Changed
from teduh.services.shelter_words import AwayReason, Elsewhere, Group, Longer, StayEnd
from teduh.sop.models import Promise
from teduh.vault.rules import Refused, compartment_of
from tests.factories import AgencyFactory, MemberFactory
from tests.factories.cases import AT, CaseOffice, opened, sealed_item
from tests.factories.money import a_line
from tests.factories.shelters import DAY, a_room, counted, stayed, wish
from tests.factories.sop import adopt_next

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
LONG = bool(os.environ.get("TEDUH_LONG"))


@pytest.fixture
def case(office: CaseOffice) -> Case:
    """A case that goes on."""
    return opened(office)


@pytest.fixture
def cases(office: CaseOffice) -> list[Case]:
    """Four that go on."""
    return [opened(office) for _number in range(4)]


@pytest.fixture
def keeper(office: CaseOffice) -> Member:
    """Who keeps the shelter and works on no case."""
    return MemberFactory(role="shelter_keeper", agency=office.team.agency, second_factor=False)


@pytest.fixture
def room(keeper: Member) -> ShelterRoom:
    """Two beds for women."""
    return a_room(keeper)


def test_a_stay_begins_goes_on_and_ends(
    office: CaseOffice, case: Case, room: ShelterRoom, keeper: Member
) -> None:
    stay = stayed(office, case, room, persons=2)
    assert (stay.begun, stay.until, counted(room)) == (DAY, DAY + timedelta(days=14), 2)
    until, later = DAY + timedelta(days=20), AT + timedelta(days=10)
    actions.extend(by=keeper, stay=stay, until=until, reason=Longer.DANGER, at=later)
    left = actions.leave(by=office.melati, stay=stay, end=StayEnd.FAMILY, at=later)
    assert (left.left, left.end, counted(room)) == (DAY + timedelta(days=10), "family", 0)
    assert [(one.was, one.until) for one in left.extensions.all()] == [(stay.until, until)]
    verbs = Row.objects.filter(subject=case.code, verb__startswith="stay.").order_by("number")
    assert [one.verb for one in verbs] == ["stay.begun", "stay.longer", "stay.ended"]
    with pytest.raises(Changed):
        actions.leave(by=keeper, stay=stay, end=StayEnd.HOME, at=later)
    assert counted(room) == 0


def test_no_more_come_than_there_are_beds(
    office: CaseOffice, case: Case, room: ShelterRoom
) -> None:
    stayed(office, case, room)
    with pytest.raises(Full):
        stayed(office, opened(office), room, persons=2)
    assert (counted(room), Stay.objects.count()) == (1, 1)
    for taken in (-1, 3):
        with pytest.raises(DatabaseError), transaction.atomic():
            ShelterRoom.objects.filter(pk=room.pk).update(taken=taken)


def test_a_case_has_one_stay_at_a_time(office: CaseOffice, case: Case, room: ShelterRoom) -> None:
    stay = stayed(office, case, room)
    with pytest.raises(Housed):
        stayed(office, case, room)
    with pytest.raises(DatabaseError), transaction.atomic():
        Stay.objects.create(
            code="TGL-0",
            case=case,
            room=room,
            persons=1,
            group="women",
            begun=DAY,
            until=DAY,
            member=office.melati,
        )
    actions.leave(by=office.melati, stay=stay, end=StayEnd.HOME, at=AT)
    assert stayed(office, case, room).pk != stay.pk


@pytest.mark.parametrize(
    ("room_told", "wish_told"),
    [
        ({}, {"group": Group.GIRLS}),
        ({"group": Group.FAMILIES}, {"group": Group.BOYS}),
        ({}, {"wheelchair": True}),
    ],
)
def test_a_room_takes_its_own_group_and_whom_it_can_be_reached_by(
    office: CaseOffice,
    case: Case,
    keeper: Member,
    room_told: dict[str, Group],
    wish_told: dict[str, object],
) -> None:
    with pytest.raises(Unfit):
        stayed(office, case, a_room(keeper, **room_told), **wish_told)  # type: ignore[arg-type]
    assert not Stay.objects.exists()


def test_a_closed_room_and_one_of_another_agency_take_nobody(
    office: CaseOffice, case: Case, room: ShelterRoom, keeper: Member
) -> None:
    actions.close_room(by=keeper, room=room, active=False, at=AT)
    stranger = MemberFactory(role="shelter_keeper", agency=AgencyFactory(), second_factor=False)
    for other in (room, a_room(stranger)):
        with pytest.raises(Unfit):
            stayed(office, case, other)
    assert queries.rooms_for(case) == []
    with pytest.raises(Forbidden):
        actions.close_room(by=stranger, room=room, active=True, at=AT)


@pytest.mark.parametrize("days", [0, 15])
def test_a_stay_is_planned_for_fourteen_days_at_most(
    office: CaseOffice, case: Case, room: ShelterRoom, days: int
) -> None:
    with pytest.raises(WrongDay):
        stayed(office, case, room, until=DAY + timedelta(days=days))
    assert counted(room) == 0


@pytest.mark.parametrize(("after", "days"), [(10, 14), (10, 29), (20, 20), (20, 35)])
def test_it_is_made_longer_by_some_days_and_not_into_the_past(
    office: CaseOffice, case: Case, room: ShelterRoom, after: int, days: int
) -> None:
    stay, until = stayed(office, case, room), DAY + timedelta(days=days)
    later = AT + timedelta(days=after)
    with pytest.raises(WrongDay):
        actions.extend(by=office.melati, stay=stay, until=until, reason=Longer.PROCESS, at=later)


def test_its_end_is_promised_and_promised_again_when_it_goes_on(
    office: CaseOffice, case: Case, room: ShelterRoom
) -> None:
    adopt_next(office.team, since=DAY)
    stay = stayed(office, case, room, until=DAY + timedelta(days=5))
    promised = Promise.objects.filter(subject=case.code, step="stay_end", about=stay.code)
    first = promised.get()
    assert first.due_at.date() <= stay.until
    until, later = DAY + timedelta(days=9), AT + timedelta(days=4)
    actions.extend(by=office.melati, stay=stay, until=until, reason=Longer.CHILD, at=later)
    assert promised.get(pk=first.pk).met_at == later
    assert promised.running().get().due_at > first.due_at
    actions.leave(by=office.melati, stay=stay, end=StayEnd.HOME, at=later)
    assert not promised.running().exists()


def test_what_is_extended_early_is_promised_until_its_last_day(
    office: CaseOffice, case: Case, room: ShelterRoom
) -> None:
    adopt_next(office.team, since=DAY)
    stay, last = stayed(office, case, room), DAY + timedelta(days=28)
    actions.extend(by=office.melati, stay=stay, until=last, reason=Longer.CHILD, at=AT)
    assert Promise.objects.running().get(step="stay_end").due_at == begin_of(last)
    beyond = last + timedelta(days=1)
    with pytest.raises(WrongDay):
        actions.extend(by=office.melati, stay=stay, until=beyond, reason=Longer.CHILD, at=AT)


def test_the_place_is_sealed_where_nobody_outside_the_office_reads(
    office: CaseOffice, case: Case, room: ShelterRoom
) -> None:
    item = sealed_item(case, actions.PLACE, "Contoh: jalan tanpa nama")
    wished, act = wish(), actions.begin
    with pytest.raises(Refused):
        wrong = [sealed_item(case)]
        act(by=office.melati, case=case, room=room, wish=wished, items=wrong, at=AT)
    assert counted(room) == 0
    stay = act(by=office.melati, case=case, room=room, wish=wished, items=[item], at=AT)
    assert stay.item == item.item
    assert compartment_of(actions.PLACE) == "work"
    house = room.shelter.provider
    assert (house.secret, house.address, house.area_code) == (True, "", "")


def test_whom_a_conflict_keeps_from_the_case_it_keeps_from_its_stay(
    office: CaseOffice, case: Case, room: ShelterRoom, keeper: Member
) -> None:
    stay = stayed(office, case, room)
    assert queries.stay_kept(keeper, stay.code) == stay
    told_by = {"member": keeper, "kind": "family", "told_by": keeper, "day": DAY}
    Conflict.objects.create(subject=case.code, root=case.code, team_code=case.team_code, **told_by)
    barred = Member.objects.get(pk=keeper.pk)
    assert queries.stay_kept(barred, stay.code) is None
    with pytest.raises(Forbidden):
        actions.leave(by=barred, stay=stay, end=StayEnd.HOME, at=AT)


def test_a_bed_of_an_erased_or_merged_case_can_still_be_left(
    office: CaseOffice, case: Case, room: ShelterRoom, keeper: Member
) -> None:
    stay, stays = stayed(office, case, room), opened(office)
    Case.objects.filter(pk=case.pk).update(
        merged_into=stays, state="closed", closed_for="merged", closed_day=DAY
    )
    assert queries.stay_of(stays, stay.code) == stay
    with pytest.raises(Housed):
        stayed(office, stays, room)
    Case.objects.filter(pk__in=[case.pk, stays.pk]).update(erased_day=DAY)
    actions.leave(by=keeper, stay=Stay.objects.get(), end=StayEnd.MOVED, at=AT)
    assert counted(room) == 0


def test_its_keepers_hear_once_a_day_of_a_stay_that_should_have_ended(
    office: CaseOffice, case: Case, room: ShelterRoom, keeper: Member
) -> None:
    stayed(office, case, room)
    assert look_at_stays(at=AT) == 0
    Case.objects.filter(pk=case.pk).update(state="closed", closed_day=DAY)
    late = AT + timedelta(days=15)
    Message.objects.all().delete()
    assert [look_at_stays(at=AT) for _twice in range(2)] == [1, 0]
    keepers = Member.objects.active().holding(Right.KEEP_SHELTER, AT)
    assert keeper in keepers
    assert Message.objects.count() == keepers.filter(agency=keeper.agency).count()
    Case.objects.filter(pk=case.pk).update(state=case.state, closed_day=None)
    assert look_at_stays(at=AT + timedelta(days=14)) == 0
    assert [look_at_stays(at=late) for _twice in range(2)] == [1, 0]
    actions.leave(by=keeper, stay=Stay.objects.get(), end=StayEnd.HOME, at=late)
    assert look_at_stays(at=late + timedelta(days=1)) == 0
    assert Row.objects.filter(verb="stay.late", subject=case.code).count() == 2


def test_that_there_was_no_place_names_nobody(office: CaseOffice) -> None:
    away = actions.Away(Group.GIRLS, 2, AwayReason.FULL, Elsewhere.HOSPITAL)
    actions.turn_away(by=office.melati, away=away, at=AT)
    row = Row.objects.get(verb="shelter.turned_away")
    assert (row.subject, TurnAway.objects.get().persons) == ("", 2)
    with pytest.raises(Forbidden):
        actions.turn_away(by=MemberFactory(role="auditor"), away=away, at=AT)


def test_nights_turn_aways_and_what_a_night_costs_are_counted(
    office: CaseOffice, case: Case, room: ShelterRoom
) -> None:
    stay = stayed(office, case, room, persons=2)
    actions.leave(by=office.melati, stay=stay, end=StayEnd.HOME, at=AT + timedelta(days=3))
    stayed(office, opened(office), room)
    away = actions.Away(Group.WOMEN, 3, AwayReason.FULL, Elsewhere.FAMILY)
    actions.turn_away(by=office.melati, away=away, at=AT)
    agency, until = office.team.agency_id, DAY + timedelta(days=10)
    found = counts.sheltered(agency, DAY, until)
    assert (found.nights, found.possible, found.occupancy) == (2 * 3 + 10, 20, 80)
    assert (found.stays, found.turned_away, found.reasons) == (2, 3, {"full": 3})
    ShelterRoom.objects.filter(pk=room.pk).update(active=False)
    assert counts.sheltered(agency, DAY, until).occupancy == 80
    assert counts.cost_per_night(agency, DAY.year - 1, date(DAY.year, 1, 1)) is None
    lead = office.supervisor
    line = a_line(lead, planned=3_200_000, purpose=Purpose.SHELTER)
    funding.spend(by=lead, line=line, amount=1_600_000, memo=Memo.SHELTER, key="x", at=AT)
    assert counts.cost_per_night(agency, DAY.year, until) == 100_000


DEEDS = st.lists(
    st.tuples(st.sampled_from(["begin", "begin", "leave"]), st.integers(0, 3), st.integers(1, 3)),
    max_size=20 if LONG else 10,
)


@settings(
    max_examples=100 if LONG else 6,
    deadline=None,
    derandomize=not LONG,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(deeds=DEEDS)
def test_whatever_is_done_beds_are_what_a_plain_count_says(
    office: CaseOffice,
    cases: list[Case],
    room: ShelterRoom,
    deeds: list[tuple[str, int, int]],
) -> None:
    with transaction.atomic():
        plain: dict[int, int] = {}
        for deed, which, persons in deeds:
            stay = Stay.objects.going_on().filter(case=cases[which]).first()
            if deed == "leave":
                if stay is not None:
                    actions.leave(by=office.melati, stay=stay, end=StayEnd.HOME, at=AT)
                assert plain.pop(which, None) == (stay.persons if stay else None)
            elif which in plain:
                with pytest.raises(Housed):
                    stayed(office, cases[which], room, persons=persons)
            elif sum(plain.values()) + persons > room.beds:
                with pytest.raises(Full):
                    stayed(office, cases[which], room, persons=persons)
            else:
                stayed(office, cases[which], room, persons=persons)
                plain[which] = persons
            assert counted(room) == sum(plain.values())
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("begun", "left", "expected"),
    [(0, None, 10), (3, None, 7), (0, 4, 4), (-5, 2, 2), (0, 0, 0), (12, None, 0), (-5, -1, 0)],
)
def test_nights_are_counted_within_their_days(begun: int, left: int | None, expected: int) -> None:
    def day(number: int) -> date:
        return DAY + timedelta(days=number)

    gone = None if left is None else day(left)
    assert beds.nights(day(begun), gone, day(0), day(10)) == expected


def test_the_picture_gives_each_person_a_bed_and_none_two_at_once() -> None:
    first, today = DAY - timedelta(days=14), DAY
    days = [DAY + timedelta(days=number) for number in (-10, -3, -3, 5)]
    stays = [
        Slept(0, 2, days[0], days[1], days[1], "a"),
        Slept(0, 1, days[2], days[3], None, "b"),
        Slept(0, 1, days[0], DAY - timedelta(days=1), None, "c"),
    ]
    drawn = beds.picture([3], stays, first, 28, today)
    assert sorted((one.code, one.kind) for one in drawn.bars) == [
        ("a", "met"),
        ("a", "met"),
        ("b", "running"),
        ("c", "late"),
    ]
    for one in drawn.bars:
        for other in drawn.bars:
            apart = one.x + one.width < other.x or other.x + other.width < one.x
            assert one is other or one.y != other.y or apart
    assert all(0 <= one.y < drawn.height and one.x + one.width <= drawn.width for one in drawn.bars)


def test_the_rules_of_the_house_say_as_much_in_both_languages() -> None:
    ours, theirs = told("id"), told("en")
    assert [len(rules) for _heading, rules in ours] == [len(rules) for _heading, rules in theirs]
    assert all(rules for _heading, rules in ours)
