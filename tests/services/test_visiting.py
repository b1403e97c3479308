"""One-stop visits: what is planned, who marks what, what each agency sees of it."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from teduh.access.models import Conflict
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases.models import Case, Part
from teduh.cases.rules import WrongMove as CaseEnded
from teduh.directory.models import Provider
from teduh.lib.timing import local_day
from teduh.records.actions import consenting
from teduh.records.words import TakenBack
from teduh.services import timetables
from teduh.services.actions import visiting as actions
from teduh.services.models import Station, Visit
from teduh.services.queries import visiting as queries
from teduh.services.queries.days import busy
from teduh.services.words import StationState, VisitEnd
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.cases import AT, CaseOffice, a_report, assessed, at_state, opened, sealed_item
from tests.factories.helping import (
    ELEVEN,
    TEN,
    TODAY,
    TWELVE,
    after,
    at_nine,
    two_stations,
    visit,
)
from tests.factories.services import agreed, partner, provider

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
UNDER_WAY, DONE = StationState.UNDER_WAY, StationState.DONE


@pytest.fixture
def case(office: CaseOffice) -> Case:
    """A case in which nothing is arranged yet."""
    return opened(office)


def verbs(case: Case) -> list[str]:
    rows = Row.objects.filter(subject=case.code, verb__startswith="visit.").order_by("id")
    return [*rows.values_list("verb", flat=True)]


def mark(office: CaseOffice, row: Visit, number: int, seen: str, to: str) -> None:
    station = row.stations.get(number=number)
    actions.mark_station(by=office.melati, station=station, seen=seen, to=StationState(to), at=AT)


def test_a_visit_keeps_its_stations_in_the_order_of_the_day(office: CaseOffice, case: Case) -> None:
    later = at_nine(office, service="svc_medical", begins=TEN, ends=ELEVEN)
    row = visit(
        office, case, later, at_nine(office), needs=["sign", "calm"], companion=office.manager
    )
    assert [one.service for one in row.stations.all()] == ["svc_legal", "svc_medical"]
    assert (row.needs, row.companion, row.state) == ("sign calm", office.manager, "planned")
    assert verbs(case) == ["visit.planned"]


def test_nothing_of_a_refused_visit_stays(office: CaseOffice, case: Case) -> None:
    to = partner()
    outside = at_nine(office, provider=to.provider)
    stranger = at_nine(office, member=MemberFactory(role="officer", team=TeamFactory()))
    refused = [
        ({}, [at_nine(office), at_nine(office)], timetables.Unfit),
        ({"day": TODAY - timedelta(days=1)}, [at_nine(office)], timetables.Unfit),
        ({}, [outside], timetables.NotAgreed),
        ({}, [stranger], Forbidden),
        ({"companion": stranger.member}, [at_nine(office)], Forbidden),
    ]
    for told, stations, error in refused:
        with pytest.raises(error):
            visit(office, case, *stations, **told)
    assert not Visit.objects.exists()
    assert not Station.objects.exists()
    assert verbs(case) == []


def test_only_who_walks_with_her_plans_and_only_while_it_goes_on(
    office: CaseOffice, case: Case
) -> None:
    facts = actions.VisitFacts(day=TODAY, stations=[at_nine(office)])
    with pytest.raises(Forbidden):
        actions.plan_visit(by=office.outsider, case=case, facts=facts, at=AT)
    with pytest.raises(CaseEnded):
        visit(office, at_state(case, "closed"))


def test_two_visits_of_one_day_do_not_meet(office: CaseOffice, case: Case) -> None:
    first = visit(office, case)
    with pytest.raises(timetables.Unfit, match="overlap"):
        visit(office, case)
    actions.call_off_visit(by=office.melati, visit=first, why=VisitEnd.PLACE, at=AT)
    assert busy(case, TODAY) == []
    visit(office, case)


def test_a_station_is_added_and_moved_only_where_there_is_room(
    office: CaseOffice, case: Case
) -> None:
    row = visit(office, case)
    later = at_nine(office, begins=TEN, ends=ELEVEN)
    made = actions.add_station(by=office.melati, visit=row, facts=later, agreed=False, at=AT)
    assert made.number == 2
    outside = at_nine(office, provider=provider(), begins=ELEVEN, ends=TWELVE)
    with pytest.raises(timetables.NotAgreed):
        actions.add_station(by=office.melati, visit=row, facts=outside, agreed=False, at=AT)
    retime = {"by": office.melati, "station": made, "at": AT}
    with pytest.raises(timetables.Unfit, match="overlap"):
        actions.retime_station(**retime, begins=time(9, 30), ends=TEN)  # type: ignore[arg-type]
    actions.retime_station(**retime, begins=ELEVEN, ends=TWELVE)  # type: ignore[arg-type]
    made.refresh_from_db()
    assert (made.begins, made.ends) == (ELEVEN, TWELVE)
    mark(office, row, 2, "waiting", "under_way")
    with pytest.raises(timetables.WrongMove):
        actions.retime_station(**retime, begins=TEN, ends=ELEVEN)  # type: ignore[arg-type]
    assert verbs(case) == [
        *("visit.planned", "visit.station_added"),
        *("visit.station_retimed", "visit.station_marked"),
    ]


def test_a_visit_goes_as_its_stations_go(office: CaseOffice, case: Case) -> None:
    row = visit(office, case, at_nine(office), at_nine(office, begins=TEN, ends=ELEVEN))
    for number, seen, to, stands in (
        (1, "waiting", "under_way", "under_way"),
        (1, "under_way", "done", "under_way"),
        (2, "waiting", "skipped", "done"),
    ):
        mark(office, row, number, seen, to)
        row.refresh_from_db()
        assert row.state == stands
    with pytest.raises(timetables.WrongMove):
        mark(office, row, 2, "skipped", "waiting")


def test_who_comes_second_is_told_what_stands_now(office: CaseOffice, case: Case) -> None:
    row = visit(office, case)
    mark(office, row, 1, "waiting", "under_way")
    with pytest.raises(timetables.Changed, match="under_way"):
        mark(office, row, 1, "waiting", "skipped")
    assert verbs(case).count("visit.station_marked") == 1


def test_no_station_begins_before_its_day(office: CaseOffice, case: Case) -> None:
    row = visit(office, case, day=TODAY + timedelta(days=1))
    with pytest.raises(timetables.WrongMove):
        mark(office, row, 1, "waiting", "under_way")
    mark(office, row, 1, "waiting", "moved")


def test_a_partner_marks_their_own_station_and_no_other(office: CaseOffice, case: Case) -> None:
    to, other = partner(), partner()
    row = two_stations(office, case, to)
    own, not_own = row.stations.get(number=2), row.stations.get(number=1)
    told = {"seen": "waiting", "to": UNDER_WAY, "at": AT}
    for member, station in ((to.member, not_own), (other.member, own), (office.melati, own)):
        with pytest.raises(Forbidden):
            actions.answer_station(by=member, station=station, **told)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):  # which day it is on, the office says
        actions.answer_station(
            by=to.member, station=own, seen="waiting", to=StationState.MOVED, at=AT
        )
    actions.answer_station(by=to.member, station=own, **told)  # type: ignore[arg-type]
    own.refresh_from_db()
    assert (own.state, own.since) == ("under_way", AT)
    line = Row.objects.get(subject=case.code, verb="visit.station_marked")
    assert line.by_code == to.member.code


def test_a_partner_sees_their_part_and_nothing_of_the_others(
    office: CaseOffice, case: Case
) -> None:
    to, other = partner(), partner()
    two_stations(office, case, to, needs=["sign"], provider=to.provider)
    (found,) = queries.stations_for(to.member, AT)
    assert (found.stop.row.service, found.place, found.shared) == (
        *("svc_medical", to.provider.name),
        "",
    )
    assert [str(one) for one in found.needs] == ["juru bahasa isyarat"]
    assert queries.stations_for(other.member, AT) == []
    assert queries.stations_for(office.melati, AT) == []
    assert queries.stations_for(to.member, after(2)) == []


def test_a_partner_whom_a_conflict_keeps_from_her_has_no_station(
    office: CaseOffice, case: Case
) -> None:
    to = partner()
    row = two_stations(office, case, to)
    Conflict.objects.create(
        subject=case.code,
        root=case.code,
        team_code=case.team_code,
        kind="family",
        member=to.member,
        told_by=to.member,
        day=TODAY,
    )
    assert queries.stations_for(to.member, AT) == []
    assert queries.own_station(to.member, row.code, 2, AT) is None
    with pytest.raises(Forbidden):
        actions.answer_station(
            by=to.member, station=row.stations.get(number=2), seen="waiting", to=UNDER_WAY, at=AT
        )


def test_an_erased_case_leaves_a_partner_nothing(office: CaseOffice, case: Case) -> None:
    to = partner()
    two_stations(office, case, to)
    Case.objects.filter(pk=case.pk).update(erased_day=TODAY)
    assert queries.stations_for(to.member, AT) == []


def test_a_partner_has_no_station_after_she_took_back_her_yes(
    office: CaseOffice, case: Case
) -> None:
    to = partner()
    row = two_stations(office, case, to)
    station = row.stations.get(number=2)
    assert queries.own_station(to.member, row.code, 2, AT) == station
    consent = agreed(office, case, to)
    consenting.withdraw_consent(by=office.melati, consent=consent, who=TakenBack.SURVIVOR, at=AT)
    assert queries.stations_for(to.member, AT) == []
    assert queries.own_station(to.member, row.code, 2, AT) is None
    told = {"by": to.member, "station": station, "seen": "waiting", "to": UNDER_WAY, "at": AT}
    with pytest.raises(Forbidden):
        actions.answer_station(**told)  # type: ignore[arg-type]
    agreed(office, case, to)
    assert queries.own_station(to.member, row.code, 2, AT) == station
    actions.answer_station(**told)  # type: ignore[arg-type]


def test_a_station_stays_with_the_agency_it_was_planned_with(
    office: CaseOffice, case: Case
) -> None:
    to, other = partner(), partner()
    row = two_stations(office, case, to)
    Provider.objects.filter(pk=to.provider.pk).update(agency=other.provider.agency)
    assert queries.own_station(to.member, row.code, 2, AT)
    assert queries.own_station(other.member, row.code, 2, AT) is None
    station = Station.objects.get(visit=row, number=2)
    with pytest.raises(Forbidden):
        actions.answer_station(
            by=other.member, station=station, seen="waiting", to=UNDER_WAY, at=AT
        )


@pytest.mark.parametrize("state", ["closed", "transferred"])
def test_an_ended_case_leaves_a_partner_nothing_open(
    office: CaseOffice, case: Case, state: str
) -> None:
    to, stays = partner(), opened(office)
    row = two_stations(office, case, to)
    own = row.stations.get(number=2)
    Case.objects.filter(pk=case.pk).update(
        merged_into=stays, state="closed", closed_for="merged", closed_day=TODAY
    )
    assert len(queries.stations_for(to.member, AT)) == 1
    at_state(stays, state)
    assert queries.stations_for(to.member, AT) == []
    with pytest.raises(Forbidden):
        actions.answer_station(by=to.member, station=own, seen="waiting", to=UNDER_WAY, at=AT)
    Station.objects.filter(pk=own.pk).update(state="done")
    assert len(queries.stations_for(to.member, AT)) == 1


def test_a_safe_house_has_no_name_anywhere(office: CaseOffice, case: Case) -> None:
    to = partner(secret=True)
    row = two_stations(office, case, to, provider=to.provider)
    (found,) = queries.stations_for(to.member, AT)
    assert found.place == "Tempat aman"
    assert [one.giver for one in queries.stops_of(row, AT)][1] == "Tempat aman"


def test_a_partner_who_answers_while_the_case_is_merged_answers_in_the_one_that_stays(
    office: CaseOffice, case: Case
) -> None:
    to, stays = partner(), opened(office)
    two_stations(office, case, to)
    before = Station.objects.select_related("visit__case__merged_into", "provider").get(number=2)
    Case.objects.filter(pk=case.pk).update(
        merged_into=stays, state="closed", closed_for="merged", closed_day=TODAY
    )
    actions.answer_station(by=to.member, station=before, seen="waiting", to=UNDER_WAY, at=AT)
    assert Row.objects.get(verb="visit.station_marked").subject == stays.code


def test_what_is_open_of_a_merged_case_goes_on_in_the_one_that_stays(
    office: CaseOffice, case: Case
) -> None:
    stays, row = opened(office), visit(office, case)
    Case.objects.filter(pk=case.pk).update(
        merged_into=stays, state="closed", closed_for="merged", closed_day=TODAY
    )
    assert queries.visits_of(stays) == [row]
    row = Visit.objects.get(pk=row.pk)
    mark(office, row, 1, "waiting", "under_way")
    row.refresh_from_db()
    assert row.case == stays
    assert verbs(stays) == ["visit.station_marked"]


def test_her_own_ticket_tells_the_day_if_she_wants_it_and_nothing_more(
    office: CaseOffice,
) -> None:
    own, other = a_report(office.team), a_report(office.team, door="other")
    case = opened(office, own, other)
    assessed(office, case)
    own.ticket.refresh_from_db()
    promised = own.ticket.by_day
    row = visit(office, case, day=TODAY + timedelta(days=1))
    own.ticket.refresh_from_db()
    assert own.ticket.by_day == promised  # she did not ask for it
    actions.call_off_visit(by=office.melati, visit=row, why=VisitEnd.HER_CHOICE, at=AT)
    again = visit(office, case, day=TODAY + timedelta(days=1), told=True)
    for one in (own, other):
        one.ticket.refresh_from_db()
    assert (own.ticket.by_day, other.ticket.by_day) == (again.day, None)
    actions.call_off_visit(by=office.melati, visit=again, why=VisitEnd.UNSAFE, at=AT)
    own.ticket.refresh_from_db()
    assert own.ticket.by_day == promised


def test_what_was_told_once_is_listed_with_who_may_read_it(office: CaseOffice, case: Case) -> None:
    to = partner()
    row = two_stations(office, case, to)
    stops = queries.stops_of(row, AT)
    assert [one.reads + one.closed for one in queries.heard_at(row, case, stops, AT)] == [[], []]
    for name in ("needs", "psych"):
        item = sealed_item(case, "cases.note.text").item
        Part.objects.create(case=case, part=name, item=item, day=TODAY, member=office.manager)
    ours, theirs = queries.heard_at(row, case, stops, AT)
    assert (ours.reads, ours.closed) == (["Kebutuhan"], ["Perasaan dan pikiran"])
    assert (theirs.reads, len(theirs.closed), theirs.readers) == ([], 2, [])


def test_the_pages_of_a_visit_show_it_and_keep_what_was_typed(
    office: CaseOffice, case: Case
) -> None:
    client, now = signed_in(Client(), office.melati), timezone.now()
    to, day = partner(), local_day(now)
    page = reverse("services:visits", args=[case.code])
    sent = {
        "day": f"{day}",
        "transport": "office",
        "needs": "sign",
        "childcare": "on",
        "pos1-service": "svc_legal",
        "pos1-who": "m-melati",
        "pos1-begins": "09:00",
        "pos1-ends": "10:00",
        "pos2-service": "svc_medical",
        "pos2-who": f"p-{to.provider.code}",
        "pos2-begins": "09:30",
        "pos2-ends": "11:00",
    }
    answer = client.post(page, sent)
    assert answer.status_code == 422
    assert "09:30" in answer.content.decode()
    answer = client.post(page, {**sent, "pos2-begins": "10:00"})
    assert answer.status_code == 422
    assert "Tanyakan dulu" in answer.content.decode()
    assert client.post(page, {**sent, "pos2-begins": "10:00", "agreed": "on"}).status_code == 302
    row = Visit.objects.get()
    own = reverse("services:visit", args=[case.code, row.code])
    shown = client.get(own).content.decode()
    assert "juru bahasa isyarat" in shown
    live = client.get(reverse("services:visit_now", args=[case.code, row.code]))
    assert "csrf" not in live.content.decode()
    marked = reverse("services:mark_station", args=[case.code, row.code])
    assert client.post(marked, {"pos": "1 waiting under_way"}).status_code == 302
    assert client.post(marked, {"pos": "1 waiting skipped"}).status_code == 409
    assert client.post(marked, {"pos": "9 waiting skipped"}).status_code == 404
    theirs = signed_in(Client(), to.member)
    listed = theirs.get(reverse("services:stations")).content.decode()
    assert row.code in listed
    assert case.code not in listed
    assert "Bantuan dan pendampingan hukum" not in listed
    mine = reverse("services:answer_station", args=[row.code])
    assert theirs.post(mine, {"pos": "2 waiting under_way"}).status_code == 302
    assert theirs.post(mine, {"pos": "1 under_way done"}).status_code == 404
    for_her = client.get(reverse("services:visit_print", args=[case.code, row.code]))
    paper = for_her.content.decode().partition("<section")[2]
    assert "Bantuan" not in paper
    assert case.code not in paper
    assert to.provider.name not in paper


def test_the_page_of_a_visit_asks_the_same_whatever_it_has(office: CaseOffice, case: Case) -> None:
    client, now = signed_in(Client(), office.melati), timezone.now()
    counted = []
    for n in range(2):
        providers = [partner().provider for _n in range(3 * n + 1)]
        stations = [
            at_nine(office, provider=one, begins=time(9 + i), ends=time(10 + i))
            for i, one in enumerate(providers)
        ]
        day = local_day(now) + timedelta(days=n)
        visit(office, case, *stations, at=now, day=day, agreed=True)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("services:visits", args=[case.code]))
        counted.append(len(asked))
        with CaptureQueriesContext(connection) as asked:
            signed_in(Client(), partner().member).get(reverse("services:stations"))
        counted.append(len(asked))
    assert counted[:2] == counted[2:]
