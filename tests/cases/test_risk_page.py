"""The page of the risk: what it hands out, what it answers, who decides; and its picture."""

import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from teduh.access.models import Member
from teduh.cases import rules
from teduh.cases.charting import LEFT, RIGHT, step_chart
from teduh.cases.models import Assessment, Case, Retaliation
from teduh.vault.packages import SealedItem, b64
from tests.factories import signed_in
from tests.factories.cases import CaseOffice, assessed, assessment, opened

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


@pytest.fixture
def case(office: CaseOffice) -> Case:
    """A case that stands."""
    return opened(office)


def sent(told: dict[str, Any]) -> dict[str, str]:
    """The fields of the form, as a browser sends them."""
    [item] = told["items"]
    return {
        **asdict(told["facts"]),
        "sealed": as_text(item),
        "statement": told["statement"],
        "seen": told["seen"],
    }


def as_text(item: SealedItem) -> str:
    """An envelope as a form field."""
    return json.dumps({"hdr": b64(item.hdr), "ct": b64(item.ct), "sig": b64(item.sig)})


def post(member: Member, name: str, case: Case, told: dict[str, str]) -> Any:
    """The answer to a form."""
    return signed_in(Client(), member).post(reverse(name, args=[case.code]), told)


def page_of(member: Member, case: Case) -> str:
    """The page as a member sees it."""
    return signed_in(Client(), member).get(reverse("cases:risk", args=[case.code])).content.decode()


def test_the_page_asks_every_question_with_four_answers_and_no_name(
    office: CaseOffice, case: Case
) -> None:
    shown = page_of(office.melati, case)
    assert shown.count('type="radio"') == 4 * 23
    assert shown.count(' name="weapon"') == 0
    assert '"unanswered": "medium"' in shown
    assert "belum dinilai" in shown


def test_what_a_browser_sends_is_kept_and_drawn(office: CaseOffice, case: Case) -> None:
    told = assessment(case, timezone.now())
    answer = post(office.melati, "cases:risk", case, sent(told))
    assert answer.json() == {"to": reverse("cases:risk", args=[case.code])}
    shown = page_of(office.melati, case)
    assert "<svg" in shown
    assert 'what="cases.risk.answers"' in shown
    assert "data-fill" in shown
    assert '"weapon":"yes"' not in shown


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"score": ""}, 422),
        ({"score": "-1"}, 422),
        ({"final": "worse"}, 422),
        ({"final": "low"}, 422),  # no reason
        ({"final": "low", "reason": "safe"}, 409),  # not what was signed
        ({"seen": "another"}, 409),
        ({"sealed": "{}"}, 409),
        ({"statement": ""}, 409),
        ({"version": "1999-1"}, 409),
    ],
)
def test_what_is_to_mend_is_said_and_what_does_not_fit_refused(
    office: CaseOffice, case: Case, change: dict[str, str], status: int
) -> None:
    told = sent(assessment(case)) | change
    answer = post(office.melati, "cases:risk", case, told)
    assert answer.status_code == status
    assert bool(answer.json().get("wrong")) is (status == 422)
    assert not Assessment.objects.exists()


def test_only_a_supervisor_who_did_not_assess_is_offered_the_decision(
    office: CaseOffice, case: Case
) -> None:
    row = assessed(office, case, final="medium", reason="away")
    assert 'value="setuju"' in page_of(office.supervisor, case)
    assert 'value="setuju"' not in page_of(office.manager, case)
    Assessment.objects.filter(pk=row.pk).update(member=office.supervisor)
    assert 'value="setuju"' not in page_of(office.supervisor, case)


def test_a_supervisor_decides_once(office: CaseOffice, case: Case) -> None:
    assessed(office, case, final="medium", reason="away")
    told = {"putusan": "setuju"}
    assert post(office.supervisor, "cases:decide_risk", case, told).status_code == 302
    assert post(office.supervisor, "cases:decide_risk", case, told).status_code == 409
    assert post(office.supervisor, "cases:decide_risk", case, {}).status_code == 409
    assert Case.objects.get().band == "medium"


def test_retaliation_is_one_button_with_its_kind(office: CaseOffice, case: Case) -> None:
    assert post(office.melati, "cases:retaliation", case, {"bentuk": "other"}).status_code == 422
    answer = post(office.melati, "cases:retaliation", case, {"bentuk": "threat"})
    assert answer.status_code == 302
    assert Retaliation.objects.get().kind == "threat"
    client = signed_in(Client(), office.melati)
    way = client.get(reverse("cases:case", args=[case.code])).content.decode()
    assert "Diancam" in way


def test_whoever_is_not_in_the_team_of_the_case_sees_no_score(
    office: CaseOffice, case: Case
) -> None:
    assessed(office, case)
    shown = page_of(office.outsider, case)
    assert '<svg class="chart"' not in shown
    assert "Perjalanan risiko" not in shown


def test_a_closed_case_has_no_form(office: CaseOffice, case: Case) -> None:
    Case.objects.update(state="closed")
    assert "data-risk-form" not in page_of(office.melati, case)


def test_a_chart_steps_and_does_not_slope() -> None:
    points = [(DAY, "high"), (DAY + timedelta(days=5), "low")]
    chart = step_chart(points, [DAY + timedelta(days=5)], DAY + timedelta(days=10))
    assert chart.path == "M96 44H213V100H330"
    assert chart.marks == (213,)
    assert (chart.first, chart.last) == (DAY, DAY + timedelta(days=10))


@given(
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from(rules.BANDS)), min_size=1, max_size=9),
    st.lists(st.integers(-20, 500), max_size=4),
)
def test_whatever_happened_is_drawn_inside_the_picture(
    steps: list[tuple[int, str]], marks: list[int]
) -> None:
    points = [(DAY + timedelta(days=n), band) for n, band in sorted(steps, key=lambda one: one[0])]
    chart = step_chart(points, [DAY + timedelta(days=n) for n in marks], points[-1][0])
    across = [x for x, _y in chart.dots]
    assert across == sorted(across)
    assert all(LEFT <= x <= RIGHT for x in (*across, *chart.marks))
