"""The way a case goes: steps, team, and what the holders of its tickets read."""

import pytest
from django.test import Client

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import actions, queries, rules
from teduh.cases.actions.working import PUBLIC
from teduh.cases.models import Crew
from teduh.cases.words import CrewRole, State
from teduh.sop.models import Promise
from teduh.tickets.models import Ticket
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.cases import AT, CaseOffice, a_report, assessed, at_state, opened

pytestmark = pytest.mark.django_db


def test_a_move_outside_the_table_changes_nothing(office: CaseOffice) -> None:
    case = opened(office)
    for to in (State.MONITORING, State.REOPENED, State.CLOSED):
        with pytest.raises(rules.WrongMove):
            actions.move(by=office.melati, case=case, to=to, at=AT)
    assert [step.to for step in case.steps.all()] == [State.OPEN]


def test_every_state_is_told_and_only_her_own_ticket_follows(office: CaseOffice) -> None:
    own, other = a_report(office.team), a_report(office.team, door="other")
    case = at_state(opened(office, own, other), "planned")
    actions.move(by=office.melati, case=case, to=State.IN_SERVICE, at=AT)
    assert set(PUBLIC) == set(State)
    stages = dict(Ticket.objects.values_list("own", "stage"))
    assert stages == {True: "running", False: "running"}
    assert other.ticket.own is False  # its page shows no more than "taken on": tickets/rules.py


def test_a_new_manager_takes_over_and_the_old_one_leaves(office: CaseOffice) -> None:
    case = opened(office)
    actions.join(
        by=office.supervisor, case=case, member=office.outsider, role=CrewRole.MANAGER, at=AT
    )
    case.refresh_from_db()
    assert case.manager == office.outsider
    held = Crew.objects.filter(case=case, role=CrewRole.MANAGER, until__isnull=True)
    assert [place.member for place in held] == [office.outsider]


def test_the_same_place_twice_is_one_place(office: CaseOffice) -> None:
    case = opened(office)
    for _time in range(2):
        actions.join(
            by=office.melati, case=case, member=office.outsider, role=CrewRole.COUNSELLOR, at=AT
        )
    assert Crew.objects.filter(case=case, member=office.outsider).count() == 1


def test_nobody_of_another_team_joins(office: CaseOffice) -> None:
    stranger = MemberFactory(role="counsellor", team=TeamFactory(agency=office.team.agency))
    with pytest.raises(Forbidden):
        actions.join(
            by=office.melati, case=opened(office), member=stranger, role=CrewRole.COUNSELLOR, at=AT
        )


def test_the_manager_is_replaced_never_let_go(office: CaseOffice) -> None:
    case = opened(office)
    [manager] = Crew.objects.filter(case=case, role=CrewRole.MANAGER)
    with pytest.raises(rules.WrongMove):
        actions.leave(by=office.melati, place=manager, at=AT)
    [officer] = Crew.objects.filter(case=case, role=CrewRole.OFFICER)
    actions.leave(by=office.manager, place=officer, at=AT)
    assert not queries.opens(office.melati, case, AT)


def test_the_load_counts_cases_that_go_on(office: CaseOffice) -> None:
    opened(office)
    at_state(opened(office), "closed")
    loads = {one.member: one.cases for one in queries.loads(office.team.code, AT, "")}
    assert loads[office.manager] == 1
    assert loads[office.melati] == 0
    assert next(iter(loads)) != office.manager  # the least loaded first


def test_a_conference_that_waits_is_held_once_and_kept(office: CaseOffice) -> None:
    case = opened(office)
    with pytest.raises(rules.WrongMove):  # nothing was promised yet
        actions.hold_conference(by=office.melati, case=case, at=AT)
    assessed(office, case, computed="high")
    with pytest.raises(Forbidden):
        actions.hold_conference(by=office.outsider, case=case, at=AT)
    actions.hold_conference(by=office.melati, case=case, at=AT)
    assert Promise.objects.get(subject=case.code, step="conference").met_at == AT
    assert Row.objects.filter(verb="case.conference_held", subject=case.code).count() == 1
    with pytest.raises(rules.WrongMove):
        actions.hold_conference(by=office.melati, case=case, at=AT)


def test_the_page_asks_for_the_conference_only_while_one_waits(office: CaseOffice) -> None:
    case, client = opened(office), signed_in(Client(), office.melati)
    page = f"/kantor/kasus/{case.code}/"
    held = f"{page}rapat/"
    assert held not in client.get(page).content.decode()
    assert client.post(held).status_code == 409
    assessed(office, case, computed="high")
    assert held in client.get(page).content.decode()
    assert client.post(held).status_code == 302
    assert held not in client.get(page).content.decode()
