"""Reviews until recovery holds, and the end of a case: by two hands, with nothing forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import queries, rules
from teduh.cases.actions import recovery as actions
from teduh.cases.actions.planning import set_goal
from teduh.cases.actions.rights import tell_all_rights
from teduh.cases.models import Case, Closure, Goal, Review
from teduh.cases.rules import ClosingFacts, Reviewed
from teduh.cases.words import (
    ClosureReason,
    GoalState,
    RefusalReason,
    ReopenReason,
    State,
)
from teduh.sop import actions as sop
from teduh.sop.models import Promise
from teduh.sop.words import Ended
from teduh.tickets.models import Ticket
from tests.factories import signed_in
from tests.factories.cases import (
    AT,
    CaseOffice,
    at_state,
    opened,
    planned,
    sealed_item,
)

GOOD = Reviewed("low", 4, 3, 3)


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        ([], False),
        ([GOOD], False),
        ([GOOD, GOOD], True),
        ([GOOD, Reviewed("medium", 4, 4, 5), GOOD], False),
        ([GOOD, GOOD, Reviewed("low", 4, 2, 3)], False),
        ([GOOD, Reviewed("low", 4, 4, 2)], False),
        ([Reviewed("low", 4, 4, None), Reviewed("low", 4, 4, None)], True),
        ([Reviewed("low", 4, 4, 4), Reviewed("low", 4, 4, None), Reviewed("low", 4, 4, 3)], False),
        ([Reviewed("low", 0, 0, 5), Reviewed("low", 0, 0, 5)], False),
    ],
)
def test_recovery_holds_after_two_good_reviews_in_a_row(
    reviews: list[Reviewed],
    expected: bool,  # noqa: FBT001
) -> None:
    assert rules.sustained(reviews) is expected


REVIEWS = st.builds(
    Reviewed,
    st.sampled_from(rules.BANDS),
    st.integers(0, 5),
    st.integers(0, 5),
    st.none() | st.integers(1, 5),
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a machine with other work to do
@given(st.lists(REVIEWS, max_size=6), REVIEWS)
def test_one_review_never_makes_recovery_hold_and_one_that_is_not_good_ends_it(
    before: list[Reviewed], last: Reviewed
) -> None:
    if rules.sustained([*before, last]):
        assert len(before) >= 1
        assert {one.band for one in (before[-1], last)} == {"low"}
    if last.band != "low":
        assert not rules.sustained([*before, last])


NOTHING = ClosingFacts((), (), 0, 0, 1, 0)
FACTS = st.builds(
    ClosingFacts,
    st.sets(st.sampled_from(["police_told", "rights_told"])),
    st.sets(st.sampled_from(["plan", "review", "closure_review"])),
    *[st.integers(0, 2)] * 4,
)


@given(st.sampled_from(ClosureReason), FACTS)
def test_what_a_law_asks_and_what_she_wrote_is_never_left_behind(
    reason: ClosureReason, facts: ClosingFacts
) -> None:
    gaps = rules.closure_gaps(reason, facts)
    assert rules.closure_gaps(reason, NOTHING) == []
    if facts.messages:
        assert "messages" in gaps
    if facts.lawful and reason not in rules.LIFTS_LAW:
        assert "promises" in gaps
    if reason in rules.RECOVERED and ("plan" in facts.own or facts.goals):
        assert gaps


@pytest.mark.parametrize("step", ["stay_end", "hearing", "conference_decision"])
@pytest.mark.parametrize("reason", ClosureReason)
def test_no_closure_ends_a_stay_a_hearing_or_what_a_table_decided(
    reason: ClosureReason, step: str
) -> None:
    assert "promises" in rules.closure_gaps(reason, replace(NOTHING, own=[step]))


@pytest.mark.parametrize("step", ["takedown", "health_order", "session_missed", "support_decision"])
def test_what_still_runs_for_her_keeps_a_recovered_case_open(step: str) -> None:
    facts = replace(NOTHING, own=[step])
    assert rules.closure_gaps(ClosureReason.GOALS_MET, facts) == ["promises"]
    assert rules.closure_gaps(ClosureReason.SELF, facts) == []


def review(office: CaseOffice, case: Case, rating: int | None = 4) -> Review:
    """Melati looks with the survivor at how she is."""
    items = [sealed_item(case, actions.REVIEW_NOTE, "Contoh.")]
    return actions.review(by=office.melati, case=case, rating=rating, items=items, at=AT)


def ask(office: CaseOffice, case: Case, reason: ClosureReason = ClosureReason.GOALS_MET) -> Closure:
    """Melati asks to close."""
    items = [sealed_item(case, actions.CLOSURE_NOTE, "Contoh.")]
    return actions.ask_closure(by=office.melati, case=case, reason=reason, items=items, at=AT)


def ready(office: CaseOffice) -> Case:
    """A case with every goal reached, rights told, a review, and no promise left but the next."""
    case = at_state(planned(office), "monitoring")
    for goal in Goal.objects.filter(case=case):
        set_goal(by=office.melati, goal=goal, state=GoalState.REACHED, at=AT)
    tell_all_rights(by=office.melati, case=case, at=AT)
    sop.happened(by=office.melati.actor, event="risk.assessed", subject=case.code, at=AT)
    review(office, case)
    return case


pytestmark = pytest.mark.django_db


def test_a_review_keeps_its_promise_and_asks_for_the_next(office: CaseOffice) -> None:
    case = planned(office)
    row = review(office, case)
    assert (row.agreed, row.reached, row.rating, row.band) == (1, 0, 4, case.band)
    review(office, case, None)
    promises = list(Promise.objects.filter(subject=case.code, step="review").order_by("id"))
    assert [one.met_at is None for one in promises] == [False, True]
    assert promises[-1].due_at == AT + timedelta(days=14)  # medium risk, code list 4.14


def test_nothing_ends_while_something_is_still_to_be_done(office: CaseOffice) -> None:
    case = at_state(planned(office), "monitoring")
    with pytest.raises(rules.NotReady, match="promises,goals,review,rights"):
        ask(office, case)
    assert not Closure.objects.exists()


def test_a_case_ends_by_two_hands_and_its_tickets_say_how_to_come_back(office: CaseOffice) -> None:
    case = ready(office)
    ask(office, case)
    actions.approve_closure(by=office.supervisor, case=case, at=AT)
    case.refresh_from_db()
    assert (case.state, case.closed_for, case.closed_day) == (State.CLOSED, "goals_met", AT.date())
    assert not Promise.objects.running().filter(subject=case.code).exists()
    assert Promise.objects.get(subject=case.code, step="closure_review").met_at == AT
    assert list(Ticket.objects.values_list("stage", "next_step")) == [("done", "return")]


def test_whoever_asked_does_not_answer_and_an_officer_never_does(office: CaseOffice) -> None:
    case = ready(office)
    closure = ask(office, case)
    with pytest.raises(Forbidden):
        actions.approve_closure(by=office.manager, case=case, at=AT)
    Closure.objects.filter(pk=closure.pk).update(asker=office.supervisor)
    with pytest.raises(rules.SameHand):
        actions.approve_closure(by=office.supervisor, case=case, at=AT)
    assert Closure.objects.get().answer == ""


def test_a_refusal_has_a_reason_and_the_case_goes_on(office: CaseOffice) -> None:
    case = ready(office)
    ask(office, case)
    with pytest.raises(rules.WrongMove):
        ask(office, case)
    actions.refuse_closure(by=office.supervisor, case=case, reason=RefusalReason.RISK, at=AT)
    assert Closure.objects.get().refusal == "risk"
    assert Row.objects.filter(subject=case.code, verb="case.closure_refused").exists()
    ask(office, case)  # may be asked again
    assert Case.objects.get().state == State.MONITORING


def test_what_came_in_after_the_asking_stops_the_end(office: CaseOffice) -> None:
    case = ready(office)
    ask(office, case)
    report = queries.reports_of(case)[0]
    report.unread = 1
    report.save()
    with pytest.raises(rules.NotReady, match="messages"):
        actions.approve_closure(by=office.supervisor, case=case, at=AT)
    assert Closure.objects.get().answer == ""


def test_her_own_wish_ends_what_the_office_promised_but_not_what_the_law_asks(
    office: CaseOffice,
) -> None:
    case = opened(office)
    with pytest.raises(rules.NotReady, match="promises"):
        ask(office, case, ClosureReason.SELF)  # her rights were not told
    tell_all_rights(by=office.melati, case=case, at=AT)
    ask(office, case, ClosureReason.SELF)
    actions.approve_closure(by=office.supervisor, case=case, at=AT)
    assert Promise.objects.get(subject=case.code, step="risk_assessment").ended == "declined"


def test_a_case_that_is_taken_up_again_promises_risk_and_rights_anew(office: CaseOffice) -> None:
    case = at_state(opened(office), "closed")
    sop.end(by=office.melati.actor, subject=case.code, reason=Ended.NO_NEED, at=AT)
    actions.reopen(by=office.melati, case=case, reason=ReopenReason.AGAIN, at=AT)
    case.refresh_from_db()
    assert (case.state, case.closed_day) == (State.REOPENED, None)
    running = Promise.objects.running().filter(subject=case.code).values_list("step", flat=True)
    assert {"risk_assessment", "rights_told"} <= set(running)
    with pytest.raises(rules.WrongMove):
        actions.reopen(by=office.melati, case=case, reason=ReopenReason.AGAIN, at=AT)


def test_the_pages_say_what_is_missing_and_keep_what_was_typed(office: CaseOffice) -> None:
    case = planned(office)
    client, base = signed_in(Client(), office.melati), f"/kantor/kasus/{case.code}"
    answer = client.post(f"{base}/selesai/", {"reason": "goals_met"})
    assert answer.status_code == 422
    assert answer.json()["wrong"][0][0] == "reason"
    assert client.post(f"{base}/selesai/", {"reason": "laporan palsu"}).status_code == 422
    assert client.post(f"{base}/tinjauan/", {"rating": "9"}).status_code == 422
    assert client.post(f"{base}/tinjauan/", {"rating": ""}).status_code == 200
    assert Review.objects.get().rating is None
    page = client.get(f"{base}/tinjauan/").content.decode()
    assert "<svg" in page
    assert "palsu" not in client.get(f"{base}/selesai/").content.decode()
    assert client.post(f"{base}/buka-kembali/", {"alasan": "again"}).status_code == 409
