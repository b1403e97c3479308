"""Meetings planned, again and again; agendas that fill themselves."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases.models import Case, Incident, JusticeStep
from teduh.conferences import actions, queries
from teduh.conferences.models import AgendaItem, Conference, Series, TableSeat
from teduh.conferences.rules import NotDeclared, WrongDay, WrongMove
from teduh.conferences.words import Presence, State, WhyOff
from teduh.config import clock
from teduh.lib.timing import local_day
from teduh.outbox.models import Message
from teduh.sop.models import Promise
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import AT, CaseOffice, opened
from tests.factories.conferences import (
    DAY,
    accepted,
    planned,
)

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
SOON = AT + timedelta(days=7)


def told(verb: str, subject: str) -> int:
    return Row.objects.filter(verb=verb, subject=subject).count()


def test_a_meeting_is_planned_and_everybody_asked_hears_without_a_word_of_it(
    office: CaseOffice,
) -> None:
    made = planned(office, office.manager)
    assert made.code.startswith("RPT-")
    assert (made.state, made.chair, made.day) == (State.PLANNED, office.melati, DAY)
    assert set(made.seats.values_list("member", flat=True)) == {
        office.melati.pk,
        office.manager.pk,
    }
    assert told("conference.planned", made.code) == 1
    assert [one.template for one in Message.objects.all()] == ["work"]


@pytest.mark.parametrize(("days", "every"), [(-1, 0), (366, 0), (0, 14), (0, -1)])
def test_no_meeting_is_planned_for_a_day_that_is_over(
    office: CaseOffice, days: int, every: int
) -> None:
    with pytest.raises(WrongDay):
        planned(office, day=DAY + timedelta(days=days), every=every)
    assert not Conference.objects.exists()
    assert not Series.objects.exists()


def test_who_may_not_sit_there_is_not_asked(office: CaseOffice) -> None:
    auditor = MemberFactory(role="auditor")
    made = planned(office, auditor)
    assert not made.seats.filter(member=auditor).exists()


def test_every_second_week_comes_by_itself_with_the_same_people(office: CaseOffice) -> None:
    first = planned(office, office.manager, every=2)
    days = [one.day for one in Conference.objects.order_by("day")]
    assert days == [DAY + timedelta(weeks=2 * n) for n in range(3)]
    assert actions.plan_ahead(at=AT) == 0
    actions.plan_ahead(at=AT + timedelta(weeks=2))
    last = Conference.objects.order_by("day").last()
    assert last
    assert last.day == DAY + timedelta(weeks=6)
    assert set(last.seats.values_list("member", flat=True)) == {
        one.member_id for one in queries.seats_of(first)
    }
    assert first.series
    actions.end_series(by=office.melati, series=first.series, at=AT)
    assert actions.plan_ahead(at=AT + timedelta(weeks=20)) == 0


def test_a_meeting_called_off_stays_and_is_not_planned_again(office: CaseOffice) -> None:
    made = planned(office, office.manager, every=2)
    actions.call_off(by=office.melati, conference=made, reason=WhyOff.FEW, at=AT)
    made.refresh_from_db()
    assert (made.state, made.why_off) == (State.CALLED_OFF, "few")
    assert actions.plan_ahead(at=AT) == 0
    with pytest.raises(WrongMove):
        actions.call_off(by=office.melati, conference=made, reason=WhyOff.FEW, at=AT)
    with pytest.raises(WrongMove):
        actions.invite(by=office.melati, conference=made, members=[office.outsider], at=AT)


def test_only_its_chair_or_a_supervisor_leads_it(office: CaseOffice) -> None:
    made = planned(office, office.manager, office.supervisor)
    accepted(made)
    with pytest.raises(Forbidden):
        actions.begin(by=office.manager, conference=made, at=AT)
    with pytest.raises(Forbidden):
        actions.invite(by=office.outsider, conference=made, members=[], at=AT)
    assert actions.begin(by=office.supervisor, conference=made, at=AT).state == State.UNDER_WAY


def test_nobody_is_there_who_has_not_accepted(office: CaseOffice) -> None:
    made = planned(office, office.manager)
    seat = TableSeat.objects.get(conference=made, member=office.manager)
    with pytest.raises(NotDeclared):
        actions.attend(by=office.melati, seat=seat, presence=Presence.PRESENT, at=AT)
    actions.attend(by=office.melati, seat=seat, presence=Presence.APOLOGY, at=AT)
    seat.refresh_from_db()
    assert seat.presence == Presence.APOLOGY
    with pytest.raises(NotDeclared):
        actions.begin(by=office.melati, conference=made, at=AT)


def test_the_agenda_fills_itself_with_what_calls_for_it(office: CaseOffice) -> None:
    calm, law, often, grave = (opened(office) for _n in range(4))
    Case.objects.filter(pk=grave.pk).update(band="extreme", urgency=0)
    JusticeStep.objects.create(case=law, stage="penyidikan", day=DAY, member=office.melati)
    for number in (2, 3, 4):
        day = DAY - timedelta(days=number)
        Incident.objects.create(case=often, number=number, main_kind="physical", day=day)
    made = planned(office, day=local_day(SOON))
    actions.prepare(at=AT)
    assert any("prepare" in one.__code__.co_names for one in clock.CHORES)
    found = {one.case_id: one.triggers for one in AgendaItem.objects.filter(conference=made)}
    assert found == {grave.pk: "score", law.pk: "legal", often.pk: "escalation"}
    assert calm.pk not in found
    assert made.seats.filter(member=office.manager).exists()  # whoever walks with them
    assert told("conference.called_for", grave.code) == 1
    Case.objects.filter(pk=calm.pk).update(band="high", urgency=1)
    actions.prepare(at=AT + timedelta(hours=1))  # once a day
    assert AgendaItem.objects.filter(conference=made).count() == 3
    actions.prepare(at=AT + timedelta(days=1))
    assert AgendaItem.objects.filter(conference=made).count() == 4


def test_a_promise_that_is_stuck_at_the_head_calls_for_it(office: CaseOffice) -> None:
    case = opened(office)
    promise = {"subject": case.code, "team_code": office.team.code, "book": "penanganan"}
    Promise.objects.filter(subject=case.code).delete()
    row = Promise.objects.create(
        **promise,
        version="2026-1",
        step="triage",
        band="high",
        began_at=AT,
        due_at=AT,
        missed_at=AT,
        next_at=AT,
        moment=2,
    )
    made = planned(office)
    accepted(made)
    assert actions.refill(by=office.melati, conference=made, at=AT) == 0
    Promise.objects.filter(pk=row.pk).update(next_at=None, moment=4)
    assert actions.refill(by=office.melati, conference=made, at=AT) == 1
    assert AgendaItem.objects.get().triggers == "stuck"


def test_filling_costs_the_same_for_many_cases(office: CaseOffice) -> None:
    made = planned(office)
    spent = []
    for _n in range(2):
        opened(office)
        with CaptureQueriesContext(connection) as asked:
            queries.called_for(made, DAY)
        spent.append(len(asked))
    assert spent == [7, 7]


def test_a_refused_plan_keeps_what_was_chosen(office: CaseOffice, client: Client) -> None:
    signed_in(client, office.melati)
    sent = {
        "kind": "case",
        "team": office.team.code,
        "day": "2020-01-01",
        "hour": "10:30",
        "place": "office",
        "every": "2",
        "seats": [office.manager.code],
    }
    answer = client.post("/kantor/rapat/baru/", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="2020-01-01"' in page
    assert 'value="10:30"' in page
    assert f'value="{office.manager.code}" checked' in page


def test_days_of_another_zone_do_not_shift_a_meeting(office: CaseOffice) -> None:
    late = datetime(2026, 11, 24, 18, 0, tzinfo=AT.tzinfo)  # the 25th in the city
    assert planned(office, at=late).day == date(2026, 11, 25)
