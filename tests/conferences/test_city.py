"""The screen of a meeting of the city: names of that meeting alone, and nothing that tells a case."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases.models import Case
from teduh.conferences import actions, queries
from teduh.conferences.models import Conference, Veil
from teduh.conferences.rules import NotDeclared, NotReady
from teduh.conferences.words import Blocker, Kind
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import AT, CaseOffice, opened
from tests.factories.conferences import accepted, planned

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
CASES = 6
NAMED = re.compile(r"<h1>(.*?)</h1>")
ABOUT = re.compile(r"<dl>.*?</dl>", re.DOTALL)


@pytest.fixture
def running(office: CaseOffice) -> Conference:
    """A meeting of the city about six cases, begun."""
    for _n in range(CASES):
        opened(office)
    return begun(office)


def begun(office: CaseOffice) -> Conference:
    made = planned(office, office.manager, kind=Kind.CITY)
    accepted(made)
    return actions.begin(by=office.supervisor, conference=made, at=AT)


def screens(office: CaseOffice, made: Conference) -> list[tuple[str, str]]:
    """Name and content of every screen of a case, in the order of the meeting."""
    client, page = signed_in(Client(), office.manager), f"/kantor/rapat/{made.code}/layar/"
    found = []
    for number in range(1, CASES + 1):
        shown = client.get(page, {"hal": number}).content.decode()
        found.append((NAMED.findall(shown)[0], ABOUT.findall(shown)[0]))
    return found


def test_from_two_meetings_nothing_links_the_same_case(
    office: CaseOffice, running: Conference
) -> None:
    first = screens(office, running)
    actions.close(by=office.supervisor, conference=running, at=AT)
    second = screens(office, begun(office))
    for found in (first, second):
        assert len({name for name, _told in found}) == CASES
    assert [name for name, _told in first] != [name for name, _told in second]
    # What is told of each is the same, and so many cases say the same that no name goes with it.
    assert sorted(told for _name, told in first) == sorted(told for _name, told in second)
    known = list(Case.objects.values_list("code", "manager__name"))
    for name, told in (*first, *second):
        assert not any(code in name + told or who in name + told for code, who in known)
        assert not re.search(r"\d", told)  # no day, no number, no place


def test_the_names_are_gone_when_the_meeting_is_closed(
    office: CaseOffice, running: Conference
) -> None:
    assert Veil.objects.count() == CASES
    actions.close(by=office.supervisor, conference=running, at=AT)
    assert not Veil.objects.exists()
    page = f"/kantor/rapat/{running.code}/layar/"
    assert signed_in(Client(), office.manager).get(page).status_code == 404


def test_it_opens_while_the_meeting_runs_for_who_sits_there_and_has_accepted(
    office: CaseOffice, running: Conference
) -> None:
    with pytest.raises(NotDeclared):
        actions.look(by=office.outsider, conference=running, at=AT)
    waiting = planned(office, kind=Kind.CITY)
    accepted(waiting)
    with pytest.raises(Forbidden):
        actions.look(by=office.supervisor, conference=waiting, at=AT)
    partner = signed_in(Client(), MemberFactory(role="partner_officer"))
    assert partner.get(f"/kantor/rapat/{running.code}/layar/").status_code == 404


def test_every_look_is_written_down_without_saying_at_which_case(
    office: CaseOffice, running: Conference
) -> None:
    screens(office, running)
    rows = Row.objects.filter(verb="conference.screen_seen", subject=running.code)
    assert {(row.by_code, row.detail) for row in rows} == {(office.manager.code, "{}")}
    assert rows.count() == CASES


def test_the_name_of_who_looks_stands_across_the_page(
    office: CaseOffice, running: Conference
) -> None:
    client = signed_in(Client(), office.manager)
    shown = client.get(f"/kantor/rapat/{running.code}/layar/").content.decode()
    mark = re.search(r"<svg class=\"watermark\".*?</svg>", shown)
    assert mark
    assert office.manager.name in mark[0]


def test_too_few_cases_are_no_meeting(office: CaseOffice) -> None:
    for _n in range(4):
        opened(office)
    made = planned(office, kind=Kind.CITY)
    accepted(made)
    with pytest.raises(NotReady) as error:
        actions.begin(by=office.supervisor, conference=made, at=AT)
    assert error.value.lacks == ("few",)
    assert not Veil.objects.exists()


def test_small_numbers_stay_away_from_the_overview(office: CaseOffice, running: Conference) -> None:
    Case.objects.filter(pk__in=Case.objects.values("pk")[:2]).update(state="planned")
    totals = queries.totals_of(queries.veils_for(office.supervisor, running))
    assert totals.cases == CASES
    assert totals.by_stage == []  # 4 and 2
    assert totals.by_kind == [("Kekerasan psikis", CASES)]


def barred(office: CaseOffice, case: Case) -> None:
    """The manager is kept from it."""
    office.manager.conflicts.create(
        subject=case.code,
        root=case.code,
        team_code=office.team.code,
        kind="friend",
        told_by=office.manager,
        day=AT.date(),
    )


def test_whom_a_conflict_keeps_from_a_case_does_not_see_it_go_by(
    office: CaseOffice, running: Conference
) -> None:
    case = Case.objects.first()
    assert case
    barred(office, case)
    seen = actions.look(by=office.manager, conference=running, at=AT + timedelta(hours=1))
    assert len(seen) == CASES - 1
    assert case.pk not in {one.case_id for one in seen}
    client, page = signed_in(Client(), office.manager), f"/kantor/rapat/{running.code}/layar/"
    assert f"<b>{CASES - 1}</b>" in client.get(page).content.decode()  # nor does a count tell
    last, past = (client.get(page, {"hal": hal}).content.decode() for hal in (CASES - 1, CASES))
    assert NAMED.findall(last) == NAMED.findall(past)


def test_too_few_that_somebody_may_see_are_no_screen_for_them(
    office: CaseOffice, running: Conference
) -> None:
    for case in Case.objects.all()[:2]:
        barred(office, case)
    with pytest.raises(Forbidden):
        actions.look(by=office.manager, conference=running, at=AT)
    page = f"/kantor/rapat/{running.code}/layar/"
    assert signed_in(Client(), office.manager).get(page).status_code == 404
    assert not Row.objects.filter(verb="conference.screen_seen").exists()


def test_the_page_of_a_case_does_not_give_back_what_the_counts_hide(
    office: CaseOffice, running: Conference
) -> None:
    rare, *_others = Case.objects.all()
    Case.objects.filter(pk=rare.pk).update(
        state="planned", manager=None, opened_day=AT.date() - timedelta(days=200)
    )
    about = {told for _name, told in screens(office, running)}
    assert len(about) == 1
    assert "lainnya" in about.pop()
    Case.objects.update(manager=None)
    assert all(str(Blocker.ALONE.label) in told for _name, told in screens(office, running))


def test_the_screens_of_many_cases_cost_as_much_as_those_of_few(
    office: CaseOffice, running: Conference
) -> None:
    veils = queries.veils_for(office.supervisor, running)
    with CaptureQueriesContext(connection) as few:
        queries.screens_of(veils[:1], AT.date())
    with CaptureQueriesContext(connection) as many:
        queries.screens_of(veils, AT.date())
    assert len(many) == len(few)
