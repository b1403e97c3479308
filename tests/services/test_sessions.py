"""Counselling: slots, bookings, what comes of a session, who reads its note, who is asked after."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from teduh.access.models import Conflict
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases.models import Case, Crew
from teduh.lib.timing import local_day
from teduh.records.words import Purpose
from teduh.services import bookings, counts
from teduh.services.actions import sessions as actions
from teduh.services.models import Session, Slot
from teduh.services.queries import sessions as queries
from teduh.services.words import OffBy, SessionPlace
from teduh.sop.models import Promise
from teduh.vault import demo
from teduh.vault.models import Envelope
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused
from tests.factories import MemberFactory, grants, signed_in
from tests.factories.cases import AT, CaseOffice, opened, part_written, sealed_item
from tests.factories.helping import TODAY, after, at_nine, booked, counsellor, slot, visit
from tests.factories.sop import adopt_next

pytestmark = pytest.mark.django_db
FIVE = time(17)


@pytest.fixture
def case(office: CaseOffice) -> Case:
    """A case in which melati is the counsellor."""
    made = opened(office)
    counsellor(office, made)
    return made


def held(office: CaseOffice, row: Session, **told: object) -> None:
    usual = {"minutes": 50, "final": False, "made": [], "items": [], "at": AT}
    actions.hold_session(by=office.melati, session=row, **usual | told)  # type: ignore[arg-type]


def states(case: Case) -> list[str]:
    rows = Row.objects.filter(subject=case.code, verb__startswith="session.")
    return [*rows.order_by("id").values_list("verb", flat=True)]


def test_a_slot_is_booked_once_and_free_again_when_it_is_called_off(
    office: CaseOffice, case: Case
) -> None:
    row = booked(office, case)
    again = actions.Booking(row.slot, TODAY)
    other = opened(office)
    counsellor(office, other)
    with pytest.raises(bookings.Taken):
        actions.book(by=office.melati, case=other, booking=again, at=AT)
    assert Session.objects.count() == 1
    actions.call_off_session(by=office.melati, session=row, off_by=OffBy.HER, at=AT)
    actions.book(by=office.melati, case=other, booking=again, at=AT)
    assert states(case) == ["session.booked", "session.called_off"]


def test_slots_of_one_counsellor_never_meet_and_end_only_when_nobody_waits(
    office: CaseOffice, case: Case
) -> None:
    weekly = bookings.Offered(TODAY.weekday(), TODAY, None, FIVE, time(18))
    row = actions.open_slot(by=office.melati, offered=weekly, place=SessionPlace.ROOM, at=AT)
    with pytest.raises(bookings.Overlaps):
        slot(office.melati, TODAY + timedelta(days=14))
    next_week = TODAY + timedelta(days=7)
    actions.book(by=office.melati, case=case, booking=actions.Booking(row, next_week), at=AT)
    with pytest.raises(bookings.StillBooked):
        actions.end_slot(by=office.melati, slot=row, until=next_week, at=AT)
    with pytest.raises(Forbidden):
        actions.end_slot(by=office.manager, slot=row, until=after(30).date(), at=AT)
    actions.end_slot(by=office.melati, slot=row, until=next_week + timedelta(days=1), at=AT)
    slot(office.melati, TODAY + timedelta(days=14))


def test_only_a_slot_that_is_there_of_somebody_in_the_team_is_booked(
    office: CaseOffice, case: Case
) -> None:
    own, strange = slot(office.melati), slot(office.outsider)
    for booking in (
        actions.Booking(own, TODAY + timedelta(days=1)),  # not that day
        actions.Booking(own, TODAY - timedelta(days=7)),
        actions.Booking(strange, TODAY),
    ):
        with pytest.raises(bookings.NotOffered):
            actions.book(by=office.melati, case=case, booking=booking, at=AT)
    with pytest.raises(Forbidden):
        booking = actions.Booking(own, TODAY)
        actions.book(by=office.outsider, case=case, booking=booking, at=AT)
    assert not Session.objects.exists()


def test_she_has_no_two_things_at_once(office: CaseOffice, case: Case) -> None:
    visit(office, case, at_nine(office, begins=FIVE, ends=time(18)))
    with pytest.raises(bookings.Taken):
        booked(office, case)


@pytest.mark.parametrize("where", ["room", "link"])
def test_a_link_has_a_random_room_and_stands_only_where_the_city_has_a_place(
    office: CaseOffice, case: Case, where: str, settings: Any
) -> None:
    with pytest.raises(bookings.NotOffered):
        slot(office.melati, place="link")
    settings.TEDUH_CALL_URL = "https://temu.contoh.invalid/"
    row = booked(office, case, place=where)
    if where == "room":
        assert queries.link_of(row) == ""
    else:
        assert len(row.room) == 22
        assert queries.link_of(row) == f"https://temu.contoh.invalid/{row.room}"
        held(office, row)
        assert queries.link_of(Session.objects.get()) == ""


def noted(office: CaseOffice, row: Session) -> SealedItem:
    """A session held, with a note in a part that nobody has written in before."""
    place = {"subject": row.case.code, "team": office.team.code, "member": "melati"}
    made = demo.make_case(**place, comps=["part-psych"])
    item = demo.seal_for_case(**place, what=actions.NOTE, text="Contoh catatan", at=AT, made=made)
    held(office, row, made=made, items=[item])
    return item


def test_a_note_lies_where_counsellors_read(office: CaseOffice, case: Case) -> None:
    row = booked(office, case)
    item = noted(office, row)
    row.refresh_from_db()
    assert (row.state, row.minutes, row.item) == ("held", 50, item.item)
    assert Envelope.objects.get(item=item.item).compartment.comp == "part-psych"


def test_a_partner_who_was_given_the_part_of_feelings_reads_no_note(
    office: CaseOffice, case: Case
) -> None:
    others = grants.partners()
    part_written(office, case, "psych", text='{"feels":"Contoh lega"}')
    held(office, booked(office, case), items=[sealed_item(case, actions.NOTE, "Contoh catatan")])
    agreed = grants.agreed(
        office, case, others.hospital, purpose=Purpose.PSYCH, comps=("part-psych",)
    )
    grants.granted(office, agreed, others.flamboyan)
    assert grants.read(others.flamboyan, case) == ['{"feels":"Contoh lega"}']


@pytest.mark.parametrize("role", ["officer", "social", "legal"])
def test_who_does_not_write_of_feelings_keeps_a_session_without_a_note(
    office: CaseOffice, case: Case, role: str
) -> None:
    row = booked(office, case)
    Crew.objects.create(case=case, member=office.outsider, role="counsellor", since=case.opened_day)
    Crew.objects.filter(case=case, member=office.melati).update(role=role)
    assert not actions.may_note(office.melati, case, AT)
    note = [sealed_item(case, "cases.note.text")]
    with pytest.raises(Refused):
        held(office, row, items=note)
    held(office, row)
    row.refresh_from_db()
    assert (row.state, row.item) == ("held", "")


def test_a_missed_session_is_followed_by_a_promise_that_meeting_again_keeps(
    office: CaseOffice, case: Case
) -> None:
    adopt_next(office.team, since=TODAY)
    first, second = booked(office, case), booked(office, case, begins=time(18))
    third = booked(office, case, begins=time(19))
    for row in (first, second):
        actions.miss_session(by=office.melati, session=row, at=AT)
    running = Promise.objects.running().filter(subject=case.code, step="session_missed")
    assert {one.about for one in running} == {first.code, second.code}
    first.refresh_from_db()
    actions.reach_again(by=office.melati, session=first, at=AT)
    actions.reach_again(by=office.melati, session=first, at=AT)
    assert {one.about for one in running.all()} == {second.code}
    held(office, third)
    assert not running.all().exists()
    assert states(case).count("session.reached") == 1
    case.refresh_from_db()
    assert case.contact_day == TODAY


@pytest.mark.parametrize("act", ["miss", "hold", "call_off"])
def test_what_was_said_of_a_session_is_said_once(office: CaseOffice, case: Case, act: str) -> None:
    row = booked(office, case)
    actions.miss_session(by=office.melati, session=row, at=AT)
    with pytest.raises(bookings.WrongMove):
        {
            "miss": lambda: actions.miss_session(by=office.melati, session=row, at=AT),
            "hold": lambda: held(office, row),
            "call_off": lambda: actions.call_off_session(
                by=office.melati, session=row, off_by=OffBy.HER, at=AT
            ),
        }[act]()
    assert states(case) == ["session.booked", "session.missed"]


def test_a_session_that_has_not_come_is_neither_held_nor_missed(
    office: CaseOffice, case: Case
) -> None:
    row = booked(office, case, TODAY + timedelta(days=1))
    with pytest.raises(bookings.WrongMove):
        held(office, row)
    with pytest.raises(bookings.WrongMove):
        actions.miss_session(by=office.melati, session=row, at=AT)


def test_whoever_fades_away_is_shown_to_who_works_there_and_who_supervises(
    office: CaseOffice, case: Case
) -> None:
    for hour in (17, 18):
        row = booked(office, case, begins=time(hour))
        actions.miss_session(by=office.melati, session=row, at=AT)
    assert queries.fading_of(case, TODAY) == "missed"
    told = queries.told_of(case, TODAY)
    assert told is not None
    assert (told.held, told.ahead, told.fading) == (0, None, "missed")
    year = TODAY + timedelta(days=365)
    told = queries.told_of(case, year)
    assert told is not None
    assert told.fading == queries.fading_of(case, year) == ""
    for member, there in (
        (office.melati, [case]),
        (office.supervisor, [case]),
        (office.outsider, []),
    ):
        assert [one.case for one in queries.fading(member, AT)] == there
    stays = opened(office)
    Case.objects.filter(pk=case.pk).update(
        merged_into=stays, state="closed", closed_for="merged", closed_day=TODAY
    )
    assert [one.case for one in queries.fading(office.supervisor, AT)] == [stays]


def test_a_session_of_a_merged_case_is_held_in_the_one_that_stays(
    office: CaseOffice, case: Case
) -> None:
    row, stays = booked(office, case), opened(office)
    Case.objects.filter(pk=case.pk).update(
        merged_into=stays, state="closed", closed_for="merged", closed_day=TODAY
    )
    held(office, Session.objects.get(pk=row.pk))
    assert [one.code for one in queries.sessions_of(stays)] == [row.code]
    assert states(stays) == ["session.held"]


def test_counts_tell_slots_and_what_came_of_them(office: CaseOffice, case: Case) -> None:
    for hour in (17, 18, 19):
        booked(office, case, begins=time(hour))
    first, second, _third = Session.objects.order_by("id")
    held(office, first)
    actions.miss_session(by=office.melati, session=second, at=AT)
    told = counts.counselling(TODAY, TODAY)
    assert told == counts.Counselling(slots=3, booked=1, held=1, missed=1, called_off=0, minutes=50)
    later = TODAY + timedelta(days=1)
    assert counts.counselling(later, later) == counts.Counselling(0, 0, 0, 0, 0, 0)


def test_the_week_asks_the_same_whatever_it_has(office: CaseOffice, case: Case) -> None:
    client, now = signed_in(Client(), office.melati), timezone.now()
    day, counted = local_day(now), []
    for begins in (time(20), time(21)):
        booked(office, case, day + timedelta(days=1), begins=begins, at=now)
        with CaptureQueriesContext(connection) as asked:
            shown = client.get(reverse("services:week"), {"hari": f"{day + timedelta(days=1)}"})
        counted.append(len(asked))
    assert counted[0] == counted[1]
    assert case.code in shown.content.decode()
    Conflict.objects.create(
        subject=case.code,
        root=case.code,
        team_code=case.team_code,
        kind="family",
        member=office.melati,
        told_by=office.melati,
        day=day,
    )
    page = client.get(reverse("services:week"), {"hari": f"{day + timedelta(days=1)}"})
    assert case.code not in page.content.decode()
    assert "terisi" in page.content.decode()


def test_pages_of_counselling_book_and_say_what_came_of_it(office: CaseOffice, case: Case) -> None:
    client, now = signed_in(Client(), office.melati), timezone.now()
    day = local_day(now)
    calendar = reverse("services:week")
    sent = {
        "day": f"{day + timedelta(days=1)}",
        "begins": "10:00",
        "ends": "09:00",
        "place": "room",
    }
    assert client.post(calendar, sent).status_code == 422
    assert client.post(calendar, {**sent, "ends": "11:00"}).status_code == 302
    assert client.post(calendar, {**sent, "ends": "11:00", "weekly": "on"}).status_code == 422
    free = Slot.objects.get()
    ending = reverse("services:end_slot", args=[free.pk])
    page = reverse("services:counselling", args=[case.code])
    told = {"slot": f"{free.pk}.{day + timedelta(days=1)}", "kind": "svc_counsel"}
    assert client.post(page, {**told, "slot": "x"}).status_code == 422
    assert client.post(page, told).status_code == 302
    assert client.post(ending, {"until": f"{day}"}).status_code == 422
    row = Session.objects.get()
    own = reverse("services:session", args=[case.code, row.code])
    assert "gratis" in client.get(own).content.decode()
    assert client.post(own, {"minutes": "0"}).status_code == 422
    assert client.post(own, {"minutes": "50"}).status_code == 409  # its day has not come
    missed = reverse("services:session_missed", args=[case.code, row.code])
    assert client.post(missed).status_code == 409
    Session.objects.update(day=day)
    assert client.post(missed).status_code == 302
    off = reverse("services:call_off_session", args=[case.code, row.code])
    assert client.post(off, {"off_by": ""}).status_code == 422
    assert client.post(off, {"off_by": "her"}).status_code == 409
    reached = reverse("services:session_reached", args=[case.code, row.code])
    assert client.post(reached).status_code == 302
    assert client.post(own, {"minutes": "50"}).status_code == 409


def test_a_counsellor_outside_the_team_is_not_offered(office: CaseOffice, case: Case) -> None:
    slot(office.outsider)
    slot(MemberFactory(role="counsellor", team=office.team))
    own = slot(office.melati)
    assert [one.slot for one in queries.free_for(case, AT)] == [own]
