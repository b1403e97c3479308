"""Visum, police, court, protection: what the law says, what is kept, what it meets."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import actions, queries, rules
from teduh.cases.actions import legal
from teduh.cases.models import Case, JusticeStep, Person, Protection, VisumStep
from teduh.cases.words import (
    JusticeStage,
    ProtectionKind,
    VisumDelay,
    VisumStatus,
    WaitReason,
)
from teduh.sop.models import Promise
from tests.factories import signed_in
from tests.factories.cases import AT, CaseOffice, opened

pytestmark = pytest.mark.django_db
BODILY = actions.IncidentFacts("sexual", several={"kinds": ["physical"]})
DAY = date(2026, 11, 24)


@pytest.fixture
def case(office: CaseOffice) -> Case:
    """A case of bodily violence."""
    return opened(office, incident=BODILY)


def stands(case: Case, step: str) -> str:
    """How a promise stands: running, met, or the reason for which it ended."""
    row = Promise.objects.filter(subject=case.code, step=step).latest("id")
    return "met" if row.met_at else row.ended or "running"


@pytest.mark.parametrize(
    ("to", "contact", "examined"),
    [
        ("offered", "met", "running"),
        ("emergency_care", "met", "running"),
        ("exam_done", "met", "met"),
        ("psych_report", "running", "running"),  # what hurts inside says nothing of the body
        ("declined", "declined", "declined"),
        ("not_needed", "no_need", "no_need"),
    ],
)
def test_a_step_of_the_visum_meets_or_ends_its_promises(
    office: CaseOffice, case: Case, to: str, contact: str, examined: str
) -> None:
    legal.visum(by=office.melati, case=case, to=VisumStatus(to), at=AT)
    assert stands(case, "visum_contact") == contact
    assert stands(case, "visum_examination") == examined
    assert Row.objects.filter(subject=case.code, verb="case.visum").count() == 1


def test_a_delay_has_a_reason_and_keeps_the_clock_running(office: CaseOffice, case: Case) -> None:
    told = {"by": office.melati, "case": case, "to": VisumStatus.DELAYED, "at": AT}
    with pytest.raises(rules.WrongMove):
        legal.visum(**told)
    step = legal.visum(**told, delay=VisumDelay.FEE)
    assert step.fee_asked  # money asked of a survivor is a wrong by itself
    assert stands(case, "visum_examination") == "running"


def test_every_status_is_placed() -> None:
    apart = {"delayed", "psych_report", "declined", "not_needed"}
    assert rules.VISUM_CALLED | rules.VISUM_DONE | apart == set(VisumStatus.values)
    assert set(rules.VISUM_NEEDS) == set(VisumStatus.values)


@pytest.mark.parametrize("to", ["emergency_care", "offered", "exam_done", "delayed", "declined"])
def test_neither_care_nor_examination_waits_for_a_letter(to: str) -> None:
    assert rules.visum_lacks(to, ()) == frozenset()


@pytest.mark.parametrize(
    ("to", "stood", "lacks"),
    [
        ("spv_issued", (), {"lp_made"}),
        ("spv_issued", ("lp_made",), set()),
        ("result_sent", ("spv_issued",), {"exam_done", "emergency_care"}),
        ("result_sent", ("exam_done",), {"spv_issued"}),
        ("result_sent", ("emergency_care", "lp_made", "spv_issued"), set()),  # retrospective
        ("result_confirmed", ("exam_done", "spv_issued"), {"result_sent"}),
        ("result_confirmed", ("psych_report", "result_sent"), set()),
    ],
)
def test_a_result_comes_after_a_letter_and_somebody_who_looked(
    to: str, stood: tuple[str, ...], lacks: set[str]
) -> None:
    assert rules.visum_lacks(to, stood) == lacks


@given(st.permutations(VisumStatus.values))
def test_more_that_stands_never_forbids_a_step(order: list[str]) -> None:
    free = [[not rules.visum_lacks(to, order[:n]) for n in range(len(order) + 1)] for to in order]
    assert all(one == sorted(one) for one in free)
    assert all(one[-1] for one in free)


def test_a_step_that_comes_too_soon_leaves_nothing_behind(office: CaseOffice, case: Case) -> None:
    with pytest.raises(rules.TooSoon):
        legal.visum(by=office.melati, case=case, to=VisumStatus.SENT, at=AT)
    assert not VisumStep.objects.exists()
    assert not Row.objects.filter(subject=case.code, verb="case.visum").exists()
    assert stands(case, "visum_contact") == "running"


def test_the_page_says_what_is_to_be_written_down_first(office: CaseOffice, case: Case) -> None:
    client = signed_in(Client(), office.melati)
    answer = client.post(reverse("cases:visum", args=[case.code]), {"to": "spv_issued"})
    assert answer.status_code == 409
    assert "Catat dulu: Laporan polisi dibuat." in answer.content.decode()


def test_a_police_report_keeps_the_three_days(office: CaseOffice, case: Case) -> None:
    legal.justice(by=office.melati, case=case, stage=JusticeStage.REPORTED, day=DAY, at=AT)
    assert stands(case, "police_told") == "met"


def test_not_pursuing_does_not_tell_the_police(office: CaseOffice, case: Case) -> None:
    legal.justice(by=office.melati, case=case, stage=JusticeStage.NOT_PURSUED, day=DAY, at=AT)
    assert stands(case, "police_told") == "running"


def test_only_a_supervisor_decides_to_wait(office: CaseOffice, case: Case) -> None:
    with pytest.raises(Forbidden):
        legal.police_later(by=office.melati, case=case, reason=WaitReason.ASKED, at=AT)
    with pytest.raises(rules.WrongMove):
        legal.justice(by=office.melati, case=case, stage=JusticeStage.WAITS, day=DAY, at=AT)
    assert not JusticeStep.objects.exists()
    legal.police_later(by=office.supervisor, case=case, reason=WaitReason.ASKED, at=AT)
    assert stands(case, "police_told") == "met"


@pytest.mark.parametrize(("kind", "days"), list(rules.PROTECTION_DAYS.items()))
def test_an_order_lasts_as_long_as_its_law_allows(
    office: CaseOffice, case: Case, kind: str, days: int
) -> None:
    told = {"by": office.melati, "case": case, "kind": ProtectionKind(kind), "since": DAY, "at": AT}
    for wrong in (DAY, DAY + timedelta(days=days + 1)):
        with pytest.raises(rules.WrongMove):
            legal.protect(**told, until=wrong)
    assert not Protection.objects.exists()
    legal.protect(**told, until=DAY + timedelta(days=days))
    begun = Promise.objects.filter(subject=case.code, step__startswith="protection")
    assert begun.count() == 1


def test_the_warning_comes_before_the_day_the_order_names(office: CaseOffice, case: Case) -> None:
    until = DAY + timedelta(days=5)
    row = legal.protect(
        by=office.melati, case=case, kind=ProtectionKind.TPKS, since=DAY, until=until, at=AT
    )
    promise = Promise.objects.get(subject=case.code, step="protection_end")
    assert promise.due_at.astimezone().date() <= until
    legal.protection_over(by=office.melati, row=row, at=AT)
    legal.protection_over(by=office.melati, row=row, at=AT)
    assert stands(case, "protection_end") == "met"
    assert Row.objects.filter(verb="case.protection_over").count() == 1
    assert legal.asked_of(by=office.melati, case=case, whom="lpsk", at=AT) == 1
    assert stands(case, "lpsk_request") == "met"


def test_one_order_more_or_over_leaves_the_warning_of_the_other(
    office: CaseOffice, case: Case
) -> None:
    told = {"by": office.melati, "case": case, "since": DAY, "until": DAY + timedelta(days=5)}
    first = legal.protect(**told, kind=ProtectionKind.TPKS, at=AT)
    home = legal.protect(**told, kind=ProtectionKind.HOME, at=AT)
    assert stands(case, "protection_end") == stands(case, "protection_end_home") == "running"
    legal.protection_over(by=office.melati, row=home, at=AT)
    assert stands(case, "protection_end_home") == "met"
    assert stands(case, "protection_end") == "running"
    with pytest.raises(rules.WrongMove):
        legal.protect(**told, kind=ProtectionKind.TPKS, at=AT, replaces=home)
    legal.protect(**told, kind=ProtectionKind.TPKS, at=AT, replaces=first)
    ends = Promise.objects.filter(subject=case.code, step="protection_end")
    assert [one.met_at is None for one in ends.order_by("id")] == [False, True]


def test_a_second_order_of_a_kind_takes_no_warning_from_the_first(
    office: CaseOffice, case: Case
) -> None:
    told = {"by": office.melati, "case": case, "since": DAY, "kind": ProtectionKind.TPKS, "at": AT}
    first = legal.protect(**told, until=DAY + timedelta(days=5))
    second = legal.protect(**told, until=DAY + timedelta(days=9))
    ends = Promise.objects.running().filter(subject=case.code, step="protection_end")
    assert [one.about for one in ends.order_by("due_at")] == [first.code, second.code]
    legal.protection_over(by=office.melati, row=first, at=AT)
    assert ends.get().about == second.code
    legal.protection_over(by=office.melati, row=second, at=AT)
    assert not ends.exists()


def test_the_page_asks_whether_an_order_takes_the_place_of_one_that_stands(
    office: CaseOffice, case: Case
) -> None:
    kind = ProtectionKind.TPKS
    until = DAY + timedelta(days=5)
    first = legal.protect(by=office.melati, case=case, kind=kind, since=DAY, until=until, at=AT)
    client, sent = signed_in(Client(), office.melati), {"kind": "tpks", "since": str(DAY)}
    sent["until"] = str(DAY + timedelta(days=9))
    address = reverse("cases:protection", args=[case.code])
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert "Pilih pelindungan sejenis yang diganti, atau bukan." in answer.content.decode()
    assert client.post(address, {**sent, "replaces": str(first.pk)}).status_code == 302
    first.refresh_from_db()
    assert first.over is not None
    assert client.post(address, {**sent, "replaces": "lain"}).status_code == 302
    assert Protection.objects.filter(over__isnull=True).count() == 2


def test_nobody_outside_the_case_team_writes_any_of_it(office: CaseOffice, case: Case) -> None:
    with pytest.raises(Forbidden):
        legal.visum(by=office.outsider, case=case, to=VisumStatus.OFFERED, at=AT)
    assert not VisumStep.objects.exists()


@pytest.mark.parametrize(
    ("kinds", "child"), list(product([(), ("physical",), ("sexual", "physical")], [False, True]))
)
def test_sexual_violence_is_never_settled_outside_court(
    kinds: tuple[str, ...], *, child: bool
) -> None:
    assert rules.may_mediate(kinds, accused_is_child=child) is ("sexual" not in kinds or child)


def test_what_the_law_says_of_a_child_whose_father_is_accused(office: CaseOffice) -> None:
    case = opened(office, incident=BODILY, person=actions.PersonFacts(age_band="13-17"))
    Person.objects.create(case=case, number=2, role="accused", relation="parent", age_band="25-44")
    facts = queries.legal_facts(case)
    assert facts.bodily
    assert facts.guardian_in_conflict
    assert not facts.mediation
    assert facts.accused_paths == ()


@pytest.mark.parametrize(
    ("band", "path"),
    [("0-5", "care"), ("6-12", "edge"), ("13-17", "juvenile"), ("18-24", ""), ("", "")],
)
def test_the_path_of_an_accused_child(band: str, path: str) -> None:
    assert rules.path_of_accused(band) == path


def test_the_page_keeps_what_was_chosen_and_says_what_to_mend(
    office: CaseOffice, case: Case
) -> None:
    client = signed_in(Client(), office.melati)
    sent = {"to": "delayed", "delay": ""}
    answer = client.post(reverse("cases:visum", args=[case.code]), sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert '<option value="delayed" selected>' in page
    assert "Pilih mengapa tertunda." in page
    sent = {"kind": "tpks", "since": "2026-11-24", "until": "2027-11-24"}
    answer = client.post(reverse("cases:protection", args=[case.code]), sent)
    assert answer.status_code == 422
    assert "2026-12-08" in answer.content.decode()
