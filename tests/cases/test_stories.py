"""What people complain about (field_facts.md 2.11), made impossible: each story on a running clock.

Four of them once more in the browser: tests/walks/test_stories.py (scripts/test --long).
"""

from datetime import datetime, timedelta

import pytest

from teduh.access.models import Duty, Member
from teduh.cases import actions, queries
from teduh.cases.actions import legal
from teduh.cases.models import Case, VisumStep
from teduh.cases.words import PersonRole, State, VisumDelay, VisumStatus
from teduh.intake import actions as intake
from teduh.intake.words import State as ReportState
from teduh.outbox.models import Message
from teduh.sop import actions as sop
from teduh.sop.models import Miss, Promise
from teduh.tickets.models import Ticket
from tests.factories import MemberFactory
from tests.factories.cases import AT, CaseOffice, a_report, assessed, case_office, opened

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def office() -> CaseOffice:
    """A team with keys, a head of office, and melati on duty for two weeks."""
    found = case_office()
    MemberFactory(role="head", agency=found.team.agency, name="Contoh Teratai")
    Duty.objects.create(team=found.team, member=found.melati, starts=AT, ends=AT + 14 * DAY)
    return found


def let_pass(since: datetime, until: datetime) -> None:
    """The clock beats every half hour."""
    while since <= until:
        sop.tick(at=since)
        since += HOUR / 2


def promise(subject: str, step: str) -> Promise:
    """The newest promise of a step."""
    return Promise.objects.filter(subject=subject, step=step).latest("id")


def test_the_child_need_not_come(office: CaseOffice) -> None:
    """Baubau: a neighbour tells, a case stands with a child in it whom nobody has called in."""
    report = a_report(office.team, door="other", age_band="6-12", relation="parent")
    person = actions.PersonFacts(age_band="6-12")
    case = opened(office, report, person=person, incident=actions.IncidentFacts("neglect"))
    assert case.child
    assert case.band == "high"  # a child's report is never less, whoever tells it
    assert [one.item for one in queries.people_of(case)] == [""]  # no name, no form, no visit
    assert queries.legal_facts(case).guardian_in_conflict  # the father is not asked for consent
    assert promise(case.code, "risk_assessment").due_at <= AT + 6 * HOUR


def test_eight_days_of_silence_cannot_be(office: CaseOffice) -> None:
    """Makassar: nobody moves; the supervisor and the head hear of it within the first two days."""
    report = a_report(office.team, danger="unsure")
    let_pass(AT, AT + 8 * DAY)
    row = promise(report.ticket.number, "triage")
    assert row.missed_at == row.due_at
    told = Miss.objects.filter(promise=row).order_by("moment")
    assert [one.moment for one in told] == [1, 2, 3]  # missed, supervisor, head: each once
    assert told.last().noticed_at < AT + 2 * DAY  # type: ignore[union-attr]  # there are three
    assert Message.objects.count() >= 3
    before = Miss.objects.count()
    let_pass(AT + 8 * DAY, AT + 9 * DAY)
    assert Miss.objects.count() == before


def test_whoever_knows_of_it_stops_the_ladder_but_not_the_time(office: CaseOffice) -> None:
    report = a_report(office.team, danger="unsure")
    row = promise(report.ticket.number, "triage")
    let_pass(AT, row.due_at)
    sop.hear(by=office.supervisor, promise=promise(row.subject, "triage"), at=row.due_at)
    let_pass(row.due_at, row.due_at + 3 * DAY)
    assert Miss.objects.filter(promise=row).count() == 1
    intake.move(by=office.melati, report=report, to=ReportState.TAKEN, at=row.due_at + DAY)
    late = promise(row.subject, "triage")
    assert late.missed_at
    assert late.met_at


def test_no_visum_is_demanded_first_and_money_asked_for_is_kept(office: CaseOffice) -> None:
    """North Jakarta: help does not wait for the letter, and who asked for money is on record."""
    case = opened(office, incident=actions.IncidentFacts("physical"))
    legal.visum(
        by=office.melati, case=case, to=VisumStatus.DELAYED, delay=VisumDelay.FEE, at=AT + HOUR
    )
    assert VisumStep.objects.get().fee_asked
    assessed(office, case, at=AT + 2 * HOUR)  # risk is assessed, the case goes on without it
    assert Case.objects.get(pk=case.pk).state == State.ASSESSED
    let_pass(AT, AT + 26 * HOUR)
    row = promise(case.code, "visum_examination")
    assert row.missed_at  # a delay stops no clock: the supervisor hears of the fee
    legal.visum(by=office.melati, case=case, to=VisumStatus.EMERGENCY, at=AT + 27 * HOUR)
    assert promise(case.code, "visum_contact").met_at


def test_threats_force_a_danger_assessment(office: CaseOffice) -> None:
    """Purwakarta: one threat to kill makes the case high; not assessing it climbs to the head."""
    report = a_report(office.team, danger="unsafe")
    case = opened(office, report)
    assert case.band == "extreme"
    row = promise(case.code, "risk_assessment")
    assert row.due_at == AT + 2 * HOUR
    let_pass(AT, AT + 2 * DAY)
    assert Miss.objects.filter(promise=row).count() >= 3
    assessed(office, case, at=AT + 2 * DAY, computed="extreme", score="20")
    met = promise(case.code, "risk_assessment")
    assert met.met_at
    assert met.missed_at
    assert promise(case.code, "review").due_at <= AT + 3 * DAY  # daily while it is extreme


def test_a_family_that_presses_is_seen_and_nothing_sexual_is_settled(office: CaseOffice) -> None:
    """North Maluku: withdrawn under pressure is a coded fact, not the end of the case."""
    case = opened(office, incident=actions.IncidentFacts("sexual"))
    day = AT.date()
    for stage, pressure in (
        (legal.JusticeStage.REPORTED, False),
        (legal.JusticeStage.WITHDRAWN, True),
    ):
        legal.justice(
            by=office.melati, case=case, stage=stage, day=day, pressure=pressure, at=AT + HOUR
        )
    assert [one.pressure for one in queries.justice_of(case)] == [False, True]
    assert not queries.legal_facts(case).mediation
    assert Case.objects.get(pk=case.pk).state == State.OPEN


def test_only_her_own_ticket_tells_how_far_it_is(office: CaseOffice) -> None:
    hers, others = a_report(office.team), a_report(office.team, door="other")
    case = opened(office, hers, others)
    assessed(office, case)
    steps = dict(Ticket.objects.values_list("own", "next_step"))
    assert steps == {True: "plan", False: "plan"}  # the page of another shows less: tickets/rules
    assert {one.role for one in queries.people_of(case)} == {PersonRole.SURVIVOR}
    assert Member.objects.filter(crews__case=case).count() == 2
