"""Opening a case: what it begins with, who may, and that nothing half-opened stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import actions, queries, rules
from teduh.cases.models import Case, Crew, Person, Task
from teduh.cases.words import PersonRole, State
from teduh.intake.models import Report
from teduh.lib.timing import local_day
from teduh.sop.models import Promise
from teduh.vault.models import Envelope
from teduh.vault.rules import Refused
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.cases import (
    AT,
    CaseOffice,
    a_report,
    new_case,
    opened,
    sealed_item,
)

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 26  # of the first page of a case, what every page of the office costs among them


def steps_of(case: Case) -> set[str]:
    """What is promised in a case."""
    return set(Promise.objects.filter(subject=case.code).values_list("step", flat=True))


def test_a_case_begins_with_its_report_its_people_and_its_clocks(office: CaseOffice) -> None:
    report = a_report(office.team, at=AT - timedelta(hours=5), danger="unsafe")
    case = opened(office, report, incident=actions.IncidentFacts("physical", place="home_victim"))
    assert (case.state, case.band, case.manager) == (State.OPEN, "extreme", office.manager)
    assert {place.role for place in Crew.objects.filter(case=case)} == {"manager", "officer"}
    assert [person.role for person in queries.people_of(case)] == [PersonRole.SURVIVOR]
    assert [one.main_kind for one in queries.incidents_of(case)] == ["physical"]
    report.refresh_from_db()
    assert report.state == "case"
    assert queries.case_of(report) == case
    assert "risk_assessment" in steps_of(case)
    verbs = Row.objects.filter(subject=case.code).values_list("verb", flat=True)
    assert {"case.opened", "vault.case_made", "promise.made"} <= set(verbs)


def test_the_risk_assessment_counts_from_the_first_report(office: CaseOffice) -> None:
    first = a_report(office.team, at=AT - timedelta(hours=9))
    case = opened(office, a_report(office.team, at=AT - timedelta(hours=2)), first)
    promise = Promise.objects.get(subject=case.code, step="risk_assessment")
    assert promise.began_at == AT - timedelta(hours=9)
    assert promise.due_at == AT + timedelta(hours=15)  # 24 h for medium (code list 4.14)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [(("physical",), True), (("psychological", "sexual"), True), (("neglect",), False)],
)
def test_only_bodily_violence_starts_the_clock_of_the_visum(
    office: CaseOffice, kinds: tuple[str, ...], *, expected: bool
) -> None:
    facts = actions.IncidentFacts(kinds[0], several={"kinds": kinds[1:]})
    case = opened(office, incident=facts)
    assert any(step.startswith("visum") for step in steps_of(case)) is expected


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        (actions.IncidentFacts("economic"), 1),
        (actions.IncidentFacts("physical", several={"kinds": ["economic"]}), 1),
        (actions.IncidentFacts("other", several={"exploitation": ["ex_income"]}), 1),
        (actions.IncidentFacts("physical", several={"exploitation": ["ex_other"]}), 0),
    ],
)
def test_whoever_was_left_without_means_is_offered_support(
    office: CaseOffice, facts: actions.IncidentFacts, asked: int
) -> None:
    case = opened(office, incident=facts)
    actions.add_incident(by=office.melati, case=case, facts=facts, at=AT)
    tasks = Task.objects.filter(case=case, kind="support")
    assert [(one.who, one.due) for one in tasks] == asked * [
        (case.manager, local_day(AT) + timedelta(days=3))
    ]


def test_the_card_of_the_survivor_is_kept_sealed(office: CaseOffice) -> None:
    case = opened(office)
    person = actions.add_person(
        by=office.melati,
        case=case,
        facts=actions.PersonFacts(role=PersonRole.CHILD, age_band="6-12"),
        items=[card := sealed_item(case)],
        at=AT,
    )
    assert (person.number, person.item) == (2, card.item)
    assert Envelope.objects.get(item=card.item).compartment.comp == "identity"


def test_a_card_somebody_else_has_mended_meanwhile_is_not_written_over(office: CaseOffice) -> None:
    case = opened(office)
    person = Person.objects.get(case=case)
    told = {"by": office.melati, "person": person, "facts": actions.PersonFacts(sex="L"), "at": AT}
    actions.mend_person(**told, items=[sealed_item(case)], seen="")
    with pytest.raises(rules.ChangedMeanwhile):
        actions.mend_person(**told, items=[sealed_item(case)], seen="")
    assert Envelope.objects.filter(compartment__subject=case.code).count() == 1


def test_nobody_opens_a_case_of_another_team_or_without_the_right(office: CaseOffice) -> None:
    new = new_case(office)
    other = TeamFactory(agency=office.team.agency)
    for member in (
        MemberFactory(role="officer", team=other),
        MemberFactory(role="data_officer", team=office.team),
    ):
        with pytest.raises(Forbidden):
            actions.open_case(by=member, new=new, at=AT)
    assert not Case.objects.exists()


def test_a_person_brings_a_card_and_nothing_else(office: CaseOffice) -> None:
    case = opened(office)
    person, facts = case.people.get(), actions.PersonFacts()
    other = sealed_item(case, "cases.note.text", "Contoh")
    for items in ([other], [sealed_item(case), other], [sealed_item(case), sealed_item(case)]):
        with pytest.raises(Refused, match="items"):
            actions.add_person(by=office.melati, case=case, facts=facts, items=items, at=AT)
        with pytest.raises(Refused, match="items"):
            actions.mend_person(
                by=office.melati, person=person, facts=facts, items=items, seen="", at=AT
            )
    assert not Envelope.objects.filter(compartment__subject=case.code).exists()


def test_what_the_vault_refuses_leaves_nothing_behind(office: CaseOffice) -> None:
    new = new_case(office)
    with pytest.raises(Refused):
        actions.open_case(by=office.melati, new=replace(new, made=new.made[:-1]), at=AT)
    assert not Case.objects.exists()
    assert Report.objects.get().state == "new"
    assert not Promise.objects.filter(subject=new.code).exists()


def test_a_report_has_one_case_and_a_code_one_too(office: CaseOffice) -> None:
    case = opened(office)
    report = queries.reports_of(case)[0]
    with pytest.raises(rules.InAnotherCase):
        opened(office, report)
    with pytest.raises(rules.InAnotherCase):
        actions.tell_also(by=office.melati, case=case, report=report, at=AT)
    assert Case.objects.count() == 1


def test_a_second_report_joins_and_keeps_its_own_ticket(office: CaseOffice) -> None:
    case, second = opened(office), a_report(office.team)
    actions.tell_also(by=office.melati, case=case, report=second, at=AT)
    assert len(queries.reports_of(case)) == 2
    second.refresh_from_db()
    assert second.state == "case"


def test_a_page_with_more_in_it_costs_no_more_statements(office: CaseOffice) -> None:
    few, many = opened(office), opened(office, *(a_report(office.team) for _n in range(3)))
    for _one in range(3):
        actions.add_person(
            by=office.melati, case=many, facts=actions.PersonFacts(role="child"), items=[], at=AT
        )
        actions.add_incident(
            by=office.melati, case=many, facts=actions.IncidentFacts("physical"), at=AT
        )
    client, costs = signed_in(Client(), office.melati), []
    for case in (few, many, few, many):
        with CaptureQueriesContext(connection) as told:
            assert client.get(f"/kantor/kasus/{case.code}/").status_code == 200
        costs.append(len(told))
    assert costs[2] == costs[3] <= MOST_STATEMENTS


def test_every_report_of_a_new_case_is_locked_before_the_trail(office: CaseOffice) -> None:
    reports = [a_report(office.team) for _n in range(2)]
    numbers = sorted(one.pk for one in reports)
    with CaptureQueriesContext(connection) as told:
        opened(office, *reports)
    said = [one["sql"] for one in told.captured_queries]
    lock = next(n for n, sql in enumerate(said) if f"IN ({numbers[0]}, {numbers[1]})" in sql)
    trail = next(n for n, sql in enumerate(said) if "FROM audit_head" in sql)
    assert lock < trail
    assert 'ORDER BY "intake_report"."id" ASC' in said[lock]


def test_somebody_outside_the_team_of_a_case_changes_nothing(office: CaseOffice) -> None:
    case = opened(office)
    assert queries.one(office.outsider, case.code) == case  # knows that it is there
    assert not queries.opens(office.outsider, case, AT)
    with pytest.raises(Forbidden):
        actions.tell_also(by=office.outsider, case=case, report=a_report(office.team), at=AT)
