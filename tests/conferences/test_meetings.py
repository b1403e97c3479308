"""Meetings with people at the table: the declaration, begun, closed, what each page shows."""

from datetime import time, timedelta

import pytest
from django.test import Client

from teduh.access.models import Conflict
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases.actions.promising import promise
from teduh.cases.models import Case, Incident
from teduh.conferences import actions, declaration, queries
from teduh.conferences.models import AgendaItem, TableSeat
from teduh.conferences.rules import NotDeclared, NotReady, WrongMove
from teduh.conferences.words import Judgement, Kind, State, TakenOff
from teduh.lib.timing import local_day
from teduh.sop.models import Promise
from tests.factories import signed_in
from tests.factories.cases import AT, opened
from tests.factories.conferences import (
    DAY,
    AtTable,
    accepted,
    decided,
    fed_back,
    held,
    planned,
    present,
    spoken_of,
    under_way,
    wish,
)

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
SOON = AT + timedelta(days=7)


def test_only_who_works_on_cases_plans_one_and_only_a_supervisor_one_of_the_city(
    table: AtTable,
) -> None:
    office, partner = table.office, table.others.bakung
    for by, kind in ((partner, Kind.CASE), (office.melati, Kind.CITY), (partner, Kind.CITY)):
        plan = actions.Plan(kind, office.team.code, DAY, time(9), "office")  # type: ignore[arg-type]
        with pytest.raises(Forbidden):
            actions.plan(by=by, told=plan, seats=[], at=AT)
    assert planned(office, kind=Kind.CITY).chair == office.supervisor


def test_the_declaration_is_accepted_in_the_words_that_stand_now(table: AtTable) -> None:
    seat = TableSeat.objects.get(conference=table.conference, member=table.others.bakung)
    now = declaration.in_force(DAY)
    assert (seat.version, seat.sha, seat.accepted_at) == (now.version, now.sha, AT)
    assert Row.objects.filter(verb="conference.accepted").count() == 4
    accepted(table.conference)  # the same again
    assert Row.objects.filter(verb="conference.accepted").count() == 4
    with pytest.raises(NotDeclared):
        actions.accept(by=table.others.bakung, conference=table.conference, sha="0" * 64, at=AT)
    with pytest.raises(Forbidden):
        actions.accept(by=table.others.cendana, conference=table.conference, sha=now.sha, at=AT)


def test_who_has_accepted_other_words_accepts_again(table: AtTable) -> None:
    seat = TableSeat.objects.get(conference=table.conference, member=table.office.melati)
    assert queries.declared(seat, table.conference, DAY)
    seat.sha = "0" * 64  # an older text
    assert not queries.declared(seat, table.conference, DAY)
    table.conference.state = State.HELD
    assert queries.declared(seat, table.conference, DAY)


def test_what_an_officer_sees_comes_to_the_agenda_and_off_it_with_a_reason(
    table: AtTable,
) -> None:
    office, made = table.office, table.conference
    case = opened(office)
    add = {"by": office.melati, "conference": made, "case": case, "at": AT}
    item = actions.add(**add, judgement=Judgement.STRANGLED)  # type: ignore[arg-type]
    assert (item.number, item.triggers, item.judgement) == (2, "judgement", "strangled")
    actions.take_off(by=office.melati, item=item, reason=TakenOff.NO_YES, at=AT)
    item.refresh_from_db()
    assert (item.state, item.why_off) == ("off", "no_yes")
    assert actions.refill(by=office.melati, conference=made, at=AT) == 0  # what is off stays so
    with pytest.raises(WrongMove):
        actions.take_off(by=office.melati, item=item, reason=TakenOff.LATER, at=AT)
    back = actions.add(**add, judgement=Judgement.FEAR)  # type: ignore[arg-type]
    assert (back.pk, back.state, back.judgement) == (item.pk, "waiting", "fear")
    with pytest.raises(Forbidden):
        actions.add(**{**add, "by": office.outsider}, judgement=Judgement.FEAR)  # type: ignore[arg-type]


def test_a_case_that_has_ended_leaves_the_agenda(table: AtTable) -> None:
    Case.objects.filter(pk=table.case.pk).update(state="closed", closed_day=DAY)
    actions.refill(by=table.office.melati, conference=table.conference, at=AT)
    assert (table.item.state, table.item.why_off) == ("off", "ended")


def test_it_is_closed_when_each_case_was_seen_to_and_meets_the_promise(table: AtTable) -> None:
    office, made = table.office, table.conference
    promise(by=office.melati, case=table.case, event="risk.high", at=AT)
    waiting = Promise.objects.running().filter(subject=table.case.code, step="conference")
    assert waiting.count() == 1
    wish(under_way(table))
    close = {"by": office.melati, "conference": made, "at": AT}
    with pytest.raises(NotReady) as error:
        actions.close(**close)  # type: ignore[arg-type]
    assert error.value.lacks == ("waiting",)
    actions.discuss(by=office.melati, item=table.item, at=AT)
    with pytest.raises(NotReady) as error:
        actions.close(**close)  # type: ignore[arg-type]
    assert error.value.lacks == ("feedback",)
    assert waiting.exists()
    fed_back(table)
    assert actions.close(**close).state == State.HELD  # type: ignore[arg-type]
    assert not waiting.exists()
    with pytest.raises(WrongMove):
        actions.close(**close)  # type: ignore[arg-type]
    with pytest.raises(WrongMove):
        decided(table)


@pytest.mark.parametrize("discussed", [False, True])
def test_a_case_merged_meanwhile_keeps_no_meeting_open(table: AtTable, *, discussed: bool) -> None:
    wish(under_way(table))
    if discussed:
        actions.discuss(by=table.office.melati, item=table.item, at=AT)
    Case.objects.filter(pk=table.case.pk).update(
        state="closed", closed_for="merged", closed_day=DAY, merged_into=opened(table.office)
    )
    made = actions.close(by=table.office.melati, conference=table.conference, at=AT)
    assert made.state == State.HELD
    assert table.item.state == ("discussed" if discussed else "off")


def test_a_new_incident_within_a_year_brings_it_back(table: AtTable) -> None:
    held(table)
    later = AT + timedelta(days=200)
    Case.objects.filter(pk=table.case.pk).update(band="low", urgency=3)
    made = planned(table.office, day=local_day(later), at=later)
    accepted(made, at=later)
    refill = {"by": table.office.melati, "conference": made, "at": later}
    assert actions.refill(**refill) == 0  # type: ignore[arg-type]
    day = local_day(later) - timedelta(days=1)
    Incident.objects.create(case=table.case, number=9, main_kind="physical", day=day)
    assert actions.refill(**refill) == 1  # type: ignore[arg-type]
    assert AgendaItem.objects.get(conference=made).triggers == "repeat"


def test_what_was_discussed_of_a_merged_case_counts_for_the_one_that_stays(
    table: AtTable,
) -> None:
    held(table)
    stays = opened(table.office)
    Case.objects.filter(pk=table.case.pk).update(
        state="closed", closed_for="merged", closed_day=DAY, merged_into=stays
    )
    Case.objects.filter(pk=stays.pk).update(band="high", urgency=1)
    made = planned(table.office)
    assert [one.case for one in queries.called_for(made, DAY)] == []


def test_the_pages_of_a_meeting(table: AtTable, client: Client) -> None:
    code, page = table.case.code, f"/kantor/rapat/{table.conference.code}/"
    signed_in(client, table.office.melati)
    assert table.conference.code in client.get("/kantor/rapat/").content.decode()
    assert code in client.get(page).content.decode()
    outside = signed_in(Client(), table.office.outsider)  # of the team, and not at the table
    shown = outside.get(page)
    assert shown.status_code == 200
    assert code not in shown.content.decode()
    assert signed_in(Client(), table.others.cendana).get(page).status_code == 404


def test_before_the_declaration_nothing_of_the_agenda_is_shown(table: AtTable) -> None:
    TableSeat.objects.filter(conference=table.conference).update(
        accepted_at=None, version="", sha=""
    )
    client = signed_in(Client(), table.office.melati)
    page = f"/kantor/rapat/{table.conference.code}/"
    shown = client.get(page).content.decode()
    assert declaration.in_force(DAY).sha in shown
    assert table.case.code not in shown
    item = client.get(f"/kantor/rapat/kasus/{table.case.code}/{table.conference.code}/")
    assert "lembaga-" not in item.content.decode()
    assert client.post(f"{page}setuju/", {"teks": "0" * 64}).status_code == 409
    assert client.post(f"{page}setuju/", {"teks": declaration.in_force(DAY).sha}).status_code == 302
    assert table.case.code in client.get(page).content.decode()


def test_whom_a_conflict_keeps_from_a_case_does_not_see_it_on_the_agenda(table: AtTable) -> None:
    present(table.office, table.conference, table.office.manager)
    for member in (table.office.manager, table.others.bakung):
        Conflict.objects.create(
            subject=table.case.code,
            root=table.case.code,
            team_code=table.office.team.code,
            member=member,
            kind="friend",
            told_by=member,
            day=DAY,
        )
        page = f"/kantor/rapat/{table.conference.code}/"
        answer = signed_in(Client(), member).get(page)
        assert answer.status_code == 200
        assert table.case.code not in answer.content.decode()


def test_no_number_on_the_agenda_tells_that_other_cases_stand_there(table: AtTable) -> None:
    spoken_of(table)
    AgendaItem.objects.update(number=7)
    partner = signed_in(Client(), table.others.bakung)
    page = f"/kantor/rapat/{table.conference.code}/"
    shown = partner.get(page).content.decode()
    part = f"{page}bagian/{table.case.code}/"
    assert part in shown
    assert partner.get(part).status_code == 200
    assert "/7/" not in shown
    hidden = opened(table.office)
    AgendaItem.objects.create(conference=table.conference, case=hidden, number=8, triggers="score")
    answers = [partner.get(f"{page}bagian/{one}/") for one in (hidden.code, "KSS-0000-0000", "8")]
    assert [one.status_code for one in answers] == [404, 404, 404]
