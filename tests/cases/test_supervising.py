"""Cases drawn for review without names, and how much everybody carries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from teduh.access.rules import Forbidden
from teduh.access.words import ConflictKind
from teduh.audit.models import Row
from teduh.cases import actions, queries, rules, watching
from teduh.cases.models import Case, Sample, SampleAnswer
from teduh.cases.words import FollowUp, Found, ReviewQuestion
from teduh.sop.models import Promise
from teduh.vault.actions import hand_out
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import AT, CaseOffice, opened

pytestmark = pytest.mark.django_db
DRAWN = "/kantor/kasus/contoh/"
FINE = dict.fromkeys(ReviewQuestion, Found.YES)


def test_as_many_are_drawn_as_a_review_takes_and_a_reload_draws_no_others(
    office: CaseOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "SAMPLES", 2)
    cases = [opened(office) for _number in range(3)]
    client = signed_in(Client(), office.supervisor)
    for _time in range(2):
        client.post(DRAWN)
    drawn = list(Sample.objects.values_list("case", flat=True))
    assert len(drawn) == 2
    assert {case.pk for case in cases} > set(drawn)
    client.get(DRAWN)
    assert list(Sample.objects.values_list("case", flat=True)) == drawn
    line = Row.objects.get(verb="case.sampled")
    assert line.detail.count("KSS-") == 2


def test_a_drawn_case_shows_neither_its_code_nor_anybody_in_it(office: CaseOffice) -> None:
    case = opened(office)
    actions.draw_samples(by=office.supervisor, at=AT)
    client, page = (
        signed_in(Client(), office.supervisor),
        f"{DRAWN}{Sample.objects.get().pk}/",
    )
    shown = client.get(page).content.decode() + client.get(DRAWN).content.decode()
    assert case.code not in shown
    assert office.manager.name not in shown
    half = {"risk": "no", "follow_up": "talk"}
    refused = client.post(page, half)
    assert refused.status_code == 422
    assert '<option value="no" selected>' in refused.content.decode()
    whole = {**dict.fromkeys(ReviewQuestion.values, "yes"), **half}
    answer = client.post(page, whole, follow=True)
    assert case.code in answer.content.decode()
    assert SampleAnswer.objects.get(question="risk").found == Found.NO
    assert Row.objects.get(verb="case.sample_reviewed").subject == case.code
    assert client.get(page).status_code == 404


def test_nobody_else_reviews_it_nor_one_kept_from_the_case(office: CaseOffice) -> None:
    case = opened(office)
    other = MemberFactory(role="supervisor", team=office.team)
    actions.draw_samples(by=office.supervisor, at=AT)
    told = {
        "sample": Sample.objects.get(),
        "found": FINE,
        "follow_up": FollowUp.NONE,
        "at": AT,
    }
    for by in (other, office.melati):
        with pytest.raises(Forbidden):
            actions.review_sample(by=by, **told)
    with pytest.raises(Forbidden):
        actions.draw_samples(by=office.melati, at=AT)
    actions.declare_conflict(
        by=office.supervisor,
        case=case,
        member=office.supervisor,
        kind=ConflictKind.FRIEND,
        at=AT,
    )
    assert not queries.samples(office.supervisor).exists()
    assert not queries.to_sample(office.supervisor).exists()


def test_what_is_seen_of_a_case_tells_promises_kept_and_late(office: CaseOffice) -> None:
    case = opened(office)
    Promise.objects.filter(subject=case.code, step="risk_assessment").update(
        met_at=AT + timedelta(hours=2), due_at=AT + timedelta(hours=3), next_at=None
    )
    Promise.objects.filter(subject=case.code, step="rights_told").update(missed_at=AT)
    seen = watching.seen(Case.objects.get(), AT)
    assert (seen.kept, seen.late) == (1, 1)
    assert (seen.assessed_in_time, seen.rights_told) == (True, False)


def test_a_burden_is_counted_alike_for_few_and_many_and_only_ones_own_is_shown(
    office: CaseOffice, settings: pytest.FixtureRequest
) -> None:
    settings.TEDUH_GRAVE_CASES_EACH = 1  # type: ignore[attr-defined]
    for _number in range(2):
        case = opened(office)
        hand_out(by=office.manager, subject=case.code, at=AT)
        hand_out(by=office.manager, subject=case.code, at=AT)
    Case.objects.update(band="high")
    rows = {one.member: one for one in watching.burdens(office.supervisor, AT)}
    carried = rows[office.manager]
    assert (carried.cases, carried.grave, carried.opened, carried.over) == (2, 2, 2, True)
    assert (rows[office.outsider].cases, rows[office.outsider].over) == (0, False)
    assert watching.burdens(office.supervisor, AT + 8 * timedelta(days=1))[0].opened == 0
    with CaptureQueriesContext(connection) as few:
        watching.burdens(office.supervisor, AT)
    for _number in range(3):
        MemberFactory(role="officer", team=office.team)
    with CaptureQueriesContext(connection) as many:
        watching.burdens(office.supervisor, AT)
    assert len(few) == len(many)
    page = signed_in(Client(), office.melati).get("/kantor/kasus/beban/").content.decode()
    assert "Anda sendiri" in page
    assert "2 kasus, 2 berisiko tinggi, 0 cerita dibuka" in page
    assert "Ini banyak." in page
    assert office.manager.name not in page
