"""The plan: what two officers write at once, when it is agreed, what may leave the office."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import actions, queries, rules
from teduh.cases.models import Case, Goal, Plan
from teduh.cases.words import GoalState, State
from teduh.sop import actions as sop
from teduh.sop.models import Promise
from teduh.vault.models import Envelope
from teduh.vault.packages import b64
from teduh.vault.rules import Refused
from tests.factories import signed_in
from tests.factories.cases import (
    AT,
    GOAL,
    SAFETY,
    WISHES,
    CaseOffice,
    a_goal,
    at_state,
    opened,
    planned,
    sealed_item,
)

pytestmark = pytest.mark.django_db


def keep(
    office: CaseOffice, case: Case, what: str = SAFETY, seen: int = 0, **facts: object
) -> Plan:
    """Melati writes one part of the plan."""
    return actions.keep_plan(
        by=office.melati,
        case=case,
        facts=actions.PlanFacts(**facts),  # type: ignore[arg-type]
        items=[sealed_item(case, what, '{"danger":"Contoh."}')],
        seen=seen,
        at=AT,
    )


def test_a_plan_is_kept_sealed_and_no_copy_leaves_unless_somebody_says_so(
    office: CaseOffice,
) -> None:
    case = opened(office)
    plan = keep(office, case)
    assert (plan.copy, plan.edition) == ("no", 1)
    assert Envelope.objects.get(what=SAFETY).compartment.comp == "care"
    assert Row.objects.filter(subject=case.code, verb="case.plan_written").exists()


def test_whoever_has_not_seen_the_last_edition_writes_nothing(office: CaseOffice) -> None:
    case = opened(office)
    keep(office, case)
    with pytest.raises(rules.ChangedMeanwhile):
        keep(office, case, copy="safe")
    plan = queries.plan_of(case)
    assert (plan.copy, plan.edition, Envelope.objects.filter(what=SAFETY).count()) == ("no", 1, 1)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda case: [sealed_item(case, "cases.person.card")],
        lambda case: [sealed_item(case, WISHES), sealed_item(case, WISHES)],
    ],
)
def test_a_plan_takes_its_own_two_parts_once(
    office: CaseOffice, spoil: Callable[[Case], list[object]]
) -> None:
    case = opened(office)
    with pytest.raises(Refused):
        actions.keep_plan(
            by=office.melati,
            case=case,
            facts=actions.PlanFacts(),
            items=spoil(case),  # type: ignore[arg-type]
            seen=0,
            at=AT,
        )
    assert not Plan.objects.exists()


def test_an_agreed_plan_keeps_its_promise_and_moves_the_case(office: CaseOffice) -> None:
    case = at_state(opened(office), "assessed")
    sop.start(
        by=office.melati.actor,
        event="risk.assessed",
        subject=case.code,
        team_code=case.team_code,
        band=case.band,
        at=AT,
    )
    keep(office, case, WISHES)
    a_goal(office, case)
    actions.agree_plan(by=office.melati, case=case, at=AT)
    case.refresh_from_db()
    assert case.state == State.PLANNED
    assert Promise.objects.get(subject=case.code, step="plan").met_at == AT
    assert queries.plan_of(case).agreed_day == date(2026, 11, 24)


def test_a_changed_plan_is_agreed_again_without_a_step_back(office: CaseOffice) -> None:
    case = at_state(planned(office), "in_service")
    keep(office, case, WISHES, seen=1)
    assert actions.agree_plan(by=office.melati, case=case, at=AT).state == State.IN_SERVICE


@pytest.mark.parametrize(
    ("state", "wrong"), [("open", rules.WrongMove), ("closed", rules.WrongMove)]
)
def test_nothing_is_agreed_before_the_assessment_or_after_the_end(
    office: CaseOffice, state: str, wrong: type[Exception]
) -> None:
    case = at_state(opened(office), "assessed")
    keep(office, case)
    a_goal(office, case)
    at_state(case, state)
    with pytest.raises(wrong):
        actions.agree_plan(by=office.melati, case=case, at=AT)
    assert queries.plan_of(case).agreed_day is None


def test_there_must_be_something_to_agree_with(office: CaseOffice) -> None:
    case = at_state(opened(office), "assessed")
    with pytest.raises(rules.NotReady, match="plan"):
        actions.agree_plan(by=office.melati, case=case, at=AT)
    keep(office, case)
    with pytest.raises(rules.NotReady, match="goal"):
        actions.agree_plan(by=office.melati, case=case, at=AT)


def test_a_goal_goes_on_ends_and_goes_on_again(office: CaseOffice) -> None:
    case = opened(office)
    goal = a_goal(office, case)
    for state, ended in ((GoalState.REACHED, date(2026, 11, 24)), (GoalState.OPEN, None)):
        actions.set_goal(by=office.melati, goal=goal, state=state, at=AT)
        goal.refresh_from_db()
        assert (goal.state, goal.ended_day) == (state, ended)


def test_a_goal_is_not_written_over_unseen(office: CaseOffice) -> None:
    case = opened(office)
    goal = a_goal(office, case)
    told = {"by": office.melati, "goal": goal, "facts": actions.GoalFacts(who="survivor"), "at": AT}
    actions.mend_goal(**told, items=[sealed_item(case, GOAL)], seen=goal.item)
    with pytest.raises(rules.ChangedMeanwhile):
        actions.mend_goal(**told, items=[sealed_item(case, GOAL)], seen=goal.item)
    assert Goal.objects.get().who == "survivor"


def test_sexual_violence_is_never_mediated(office: CaseOffice) -> None:
    facts = actions.IncidentFacts("physical", several={"kinds": ("sexual",)})
    case = opened(office, incident=facts)
    with pytest.raises(rules.NotReady, match="mediation"):
        actions.add_goal(
            by=office.melati,
            case=case,
            facts=actions.GoalFacts(service="svc_mediation"),
            items=[sealed_item(case, GOAL)],
            at=AT,
        )
    assert not Goal.objects.exists()


def test_somebody_outside_the_team_of_a_case_plans_nothing(office: CaseOffice) -> None:
    case = planned(office)
    with pytest.raises(Forbidden):
        actions.agree_plan(by=office.outsider, case=case, at=AT)


def sent(case: Case, **more: object) -> dict[str, object]:
    return {"copy": "no", "review_day": "", "seen": "0", **more}


def test_the_second_to_save_hears_it_and_gets_the_other_text_beside(office: CaseOffice) -> None:
    case = opened(office)
    keep(office, case)
    client = signed_in(Client(), office.melati)
    answer = client.post(f"/kantor/kasus/{case.code}/rencana/", sent(case))
    assert answer.status_code == 409
    assert answer.json()["seen"] == "1"
    part = client.get(answer.json()["beside"]).content.decode()
    assert b64(bytes(Envelope.objects.get(what=SAFETY).hdr)) in part
    assert "sealed-parts" in part
    again = client.post(f"/kantor/kasus/{case.code}/rencana/", sent(case, seen="1"))
    assert again.status_code == 200


def test_a_wrong_day_is_told_with_its_field(office: CaseOffice) -> None:
    case = opened(office)
    client = signed_in(Client(), office.melati)
    answer = client.post(f"/kantor/kasus/{case.code}/rencana/", sent(case, review_day="besok"))
    assert answer.status_code == 422
    assert answer.json()["wrong"][0][0] == "review_day"


def test_a_copy_is_printed_only_where_that_is_safe_and_says_nothing_of_us(
    office: CaseOffice,
) -> None:
    case = opened(office)
    client, path = signed_in(Client(), office.melati), f"/kantor/kasus/{case.code}/rencana/cetak/"
    keep(office, case)
    assert client.get(path).status_code == 302
    keep(office, case, seen=1, copy="safe")
    page = client.get(path).content.decode()
    assert f"<h1>{case.code}</h1>" not in page
    assert "sealed-parts" in page


def test_what_was_told_in_the_report_is_not_asked_again(office: CaseOffice) -> None:
    case = opened(office)
    client = signed_in(Client(), office.melati)
    page = client.get(f"/kantor/kasus/{case.code}/rencana/").content.decode()
    assert 'what="intake.report.hopes"' in page
    keep(office, case, WISHES)
    page = client.get(f"/kantor/kasus/{case.code}/rencana/").content.decode()
    assert 'what="intake.report.hopes"' not in page
