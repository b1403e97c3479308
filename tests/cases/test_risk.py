"""How dangerous it is: what counts, what follows, who agrees to less, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import actions, queries, rules
from teduh.cases.facts import way_of
from teduh.cases.models import Assessment, Case, Retaliation
from teduh.cases.words import RetaliationKind, State
from teduh.intake.instruments import UnknownInstrument
from teduh.outbox.models import Message
from teduh.outbox.secrets import twin_of
from teduh.outbox.words import Channel, Template
from teduh.sop.models import Promise
from teduh.vault.models import Envelope
from teduh.vault.rules import Refused
from tests.factories import MemberFactory
from tests.factories.cases import (
    AT,
    CaseOffice,
    assessed,
    assessment,
    opened,
    sealed_item,
)

pytestmark = pytest.mark.django_db
LOWER = {"computed": "high", "final": "medium", "reason": "safe"}


@pytest.fixture
def case(office: CaseOffice) -> Case:
    """A case that nobody has assessed, of medium danger as its report said."""
    return opened(office)


def now(case: Case) -> Case:
    """The case as it is kept."""
    return Case.objects.get(pk=case.pk)


def running(case: Case) -> set[str]:
    """What is promised and not yet met."""
    rows = Promise.objects.running().filter(subject=case.code)
    return set(rows.values_list("step", flat=True))


def verbs(case: Case) -> list[str]:
    """What the trail says of a case."""
    return list(Row.objects.filter(subject=case.code).order_by("id").values_list("verb", flat=True))


def rung(member: Member) -> bool:
    """Whether word that does not wait for morning is on its way to somebody."""
    twin = twin_of(Channel.EMAIL, Template.WORK, member.email)
    return Message.objects.filter(twin=twin, danger=True).exists()


def test_less_than_computed_counts_only_once_it_is_confirmed() -> None:
    for computed, final in product(rules.BANDS, rules.BANDS):
        assert rules.counting(computed, final, confirmed=True) == final
        waiting = rules.counting(computed, final, confirmed=False)
        assert waiting == rules.highest([computed, final])


def test_the_first_assessment_moves_the_case_its_band_and_its_promises(
    office: CaseOffice, case: Case
) -> None:
    row = assessed(office, case)
    fresh = now(case)
    assert (fresh.state, fresh.band, fresh.urgency) == (State.ASSESSED, "high", 1)
    assert (row.number, row.score, row.counts, row.lowering) == (1, 14, "high", "")
    assert not Promise.objects.running().filter(step="risk_assessment").exists()
    assert {"plan", "review", "conference"} <= running(case)
    assert Promise.objects.get(step="plan").due_at == AT + timedelta(days=3)
    assert Promise.objects.get(step="review").owner == office.manager.code
    assert {"case.risk_assessed", "case.assessed", "vault.item_kept"} <= set(verbs(case))
    assert Envelope.objects.get(item=row.item).compartment.comp == "care"


def test_low_danger_asks_for_no_conference_and_rings_nobody(office: CaseOffice, case: Case) -> None:
    assessed(office, case, score="0", computed="low")
    assert now(case).band == "low"
    assert "conference" not in running(case)
    assert not Message.objects.filter(danger=True).exists()


def test_extreme_danger_is_told_to_the_supervisor_at_once(office: CaseOffice, case: Case) -> None:
    assert not rung(office.supervisor)
    assessed(office, case, computed="high", final="extreme")
    assert rung(office.supervisor)
    assert now(case).urgency == 0


def test_a_rise_brings_promises_nearer_and_asks_for_a_conference(
    office: CaseOffice, case: Case
) -> None:
    assessed(office, case, score="5", computed="medium")
    due = Promise.objects.get(step="plan").due_at
    assert "conference" not in running(case)
    later = AT + timedelta(hours=3)
    assessed(office, case, at=later, score="26", computed="extreme")
    assert Promise.objects.get(step="plan").due_at < due
    assert "conference" in running(case)
    assert [row.counts for row in queries.assessments_of(case)] == ["medium", "extreme"]


def test_the_same_again_starts_nothing_anew(office: CaseOffice, case: Case) -> None:
    assessed(office, case)
    Promise.objects.filter(step="conference").update(met_at=AT, next_at=None)
    assessed(office, case, at=AT + timedelta(days=3))
    assert "conference" not in running(case)
    assert verbs(case).count("case.assessed") == 1


def test_less_danger_waits_for_a_supervisor_and_meanwhile_the_higher_band_counts(
    office: CaseOffice, case: Case
) -> None:
    row = assessed(office, case, **LOWER)
    assert (row.lowering, row.reason, now(case).band) == ("asked", "safe", "high")
    promised = running(case)
    row = actions.confirm_lower(by=office.supervisor, case=case, at=AT)
    assert (row.counts, now(case).band, now(case).urgency) == ("medium", "medium", 2)
    assert row.decided_by == office.supervisor
    assert running(case) == promised
    assert verbs(case)[-1] == "case.risk_lowered"
    with pytest.raises(rules.WrongMove):
        actions.refuse_lower(by=office.supervisor, case=case, at=AT)


def test_the_way_of_a_case_tells_steps_risk_and_retaliation_by_day(
    office: CaseOffice, case: Case
) -> None:
    later = AT + timedelta(days=2)
    actions.retaliation(by=office.melati, case=case, kind=RetaliationKind.THREAT, at=AT)
    assessed(office, case, at=later, **LOWER)
    told = [(one.day, one.text, one.danger) for one in way_of(case)]
    assert told == [
        (AT.date(), str(State.OPEN.label), False),
        (AT.date(), f"Pembalasan: {RetaliationKind.THREAT.label}", True),
        (later.date(), str(State.ASSESSED.label), False),
        (later.date(), "Risiko: Tinggi", False),
    ]
    assert {one.who for one in way_of(case)} == {office.melati.name}
    actions.confirm_lower(by=office.supervisor, case=case, at=later)
    assert way_of(case)[-1].text == "Risiko: Sedang"


def test_a_supervisor_may_leave_the_computed_band_standing(office: CaseOffice, case: Case) -> None:
    assessed(office, case, **LOWER)
    row = actions.refuse_lower(by=office.supervisor, case=case, at=AT)
    assert (row.lowering, row.counts, now(case).band) == ("refused", "high", "high")
    assert verbs(case)[-1] == "case.risk_kept"


def test_nobody_but_a_supervisor_and_nobody_for_their_own_agrees_to_less(
    office: CaseOffice, case: Case
) -> None:
    row = assessed(office, case, **LOWER)
    for member in (office.melati, office.manager, MemberFactory(role="supervisor")):
        with pytest.raises(Forbidden):
            actions.confirm_lower(by=member, case=case, at=AT)
    Assessment.objects.filter(pk=row.pk).update(member=office.supervisor)
    with pytest.raises(Forbidden):
        actions.confirm_lower(by=office.supervisor, case=case, at=AT)
    assert now(case).band == "high"


def test_once_assessed_again_the_earlier_wish_for_less_is_over(
    office: CaseOffice, case: Case
) -> None:
    assessed(office, case, **LOWER)
    assessed(office, case, at=AT + timedelta(hours=1))
    with pytest.raises(rules.WrongMove):
        actions.confirm_lower(by=office.supervisor, case=case, at=AT)


def test_more_danger_than_computed_needs_no_reason_and_nobody(
    office: CaseOffice, case: Case
) -> None:
    row = assessed(office, case, score="0", computed="low", final="high", reason="safe")
    assert (row.counts, row.lowering, row.reason) == ("high", "", "")


Change = Callable[[Case, dict[str, Any]], dict[str, Any]]


def facts(**change: str) -> Change:
    """Other open facts than those that were signed."""
    return lambda _case, told: {"facts": replace(told["facts"], **change)}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (facts(final="low", reason="safe"), Refused),
        (facts(score="15"), Refused),
        (facts(score="9999"), rules.WrongScore),
        (facts(score="-1"), rules.WrongScore),
        (facts(score="26"), rules.WrongScore),  # computed too low for it
        (facts(computed="worse"), rules.WrongScore),
        (facts(final="worse"), rules.WrongScore),
        (facts(final="low"), rules.ReasonMissing),
        (facts(version="1999-1"), UnknownInstrument),
        (lambda _case, _told: {"statement": '{"body":"e30","sig":""}'}, Refused),
        (lambda _case, _told: {"statement": ""}, Refused),
        (lambda _case, _told: {"seen": "another"}, rules.ChangedMeanwhile),
        (lambda _case, _told: {"items": []}, rules.WrongScore),
        (
            lambda case, _told: {"items": [sealed_item(case, "cases.risk.answers", "{}")]},
            Refused,  # other answers under the same signature
        ),
    ],
)
def test_what_was_not_signed_so_or_cannot_be_leaves_nothing(
    office: CaseOffice, case: Case, change: Change, error: type[Exception]
) -> None:
    told, promised = assessment(case), running(case)
    with pytest.raises(error):
        actions.assess(by=office.melati, case=case, **told | change(case, told))
    assert not Assessment.objects.exists()
    assert not Envelope.objects.filter(what="cases.risk.answers").exists()
    assert (now(case).state, now(case).band, running(case)) == (State.OPEN, "medium", promised)


def test_nobody_signs_for_another_or_outside_the_team_of_the_case(
    office: CaseOffice, case: Case
) -> None:
    with pytest.raises(Refused):
        actions.assess(by=office.manager, case=case, **assessment(case))
    with pytest.raises(Forbidden):
        actions.assess(by=office.outsider, case=case, **assessment(case))
    with pytest.raises(Forbidden):
        actions.retaliation(by=office.outsider, case=case, kind=RetaliationKind.THREAT, at=AT)


def test_a_closed_case_is_reopened_before_it_is_assessed(office: CaseOffice, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(state=State.CLOSED)
    with pytest.raises(rules.WrongMove):
        assessed(office, case)


def test_retaliation_asks_for_a_new_assessment_at_once_and_rings(
    office: CaseOffice, case: Case
) -> None:
    assessed(office, case)
    later = AT + timedelta(days=2)
    for _time in range(2):
        actions.retaliation(by=office.melati, case=case, kind=RetaliationKind.THREAT, at=later)
    assert Retaliation.objects.count() == 1
    assert Promise.objects.get(step="rescore").due_at == later + timedelta(hours=1)
    assert rung(office.supervisor)
    assert verbs(case).count("case.retaliation") == 1
    assessed(office, case, at=later)
    assert "rescore" not in running(case)
