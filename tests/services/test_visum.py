"""Visum: what is known of each step, money that was asked, evidence from hand to hand."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import ConflictKind
from teduh.audit.models import Row
from teduh.cases import actions as cases
from teduh.cases import rules as case_rules
from teduh.cases.models import Case, VisumStep
from teduh.cases.words import VisumDelay, VisumStatus
from teduh.outbox.models import Message
from teduh.services import rules
from teduh.services.actions import visum as actions
from teduh.services.models import FeeAnswer, Handing, Particulars
from teduh.services.queries import health as queries
from teduh.services.words import FeeOutcome, Hand, Thing
from teduh.sop.models import Promise
from teduh.vault import units
from teduh.vault.actions import units_covering
from teduh.vault.models import Envelope
from teduh.vault.rules import Refused
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import AT, CaseOffice, at_state, opened, sealed_item
from tests.factories.directory import provider

pytestmark = pytest.mark.django_db
DAY, TOMORROW = AT.date(), AT.date() + timedelta(days=1)
NUMBER = '{"number":"LP/B/12/XI/2026 Contoh"}'
SHA = "0123456789abcdef" * 4


@pytest.fixture
def case(office: CaseOffice) -> Case:
    """A case of sexual violence of today."""
    return opened(office, incident=cases.IncidentFacts("sexual", day=DAY))


def step(office: CaseOffice, case: Case, to: str, **facts: object) -> VisumStep:
    """Melati keeps a step."""
    items = facts.pop("items", ())
    told = actions.StepFacts(**{"day": DAY, **facts})  # type: ignore[arg-type]
    return actions.visum_step(
        by=office.melati,
        case=case,
        to=VisumStatus(to),
        facts=told,
        items=items,  # type: ignore[arg-type]
        at=AT,
    )


def met(case: Case, key: str) -> bool:
    """Whether a promise of this step was met."""
    return Promise.objects.get(subject=case.code, step=key).met_at is not None


def test_the_whole_way_meets_its_promises_once(office: CaseOffice, case: Case) -> None:
    where = provider("svc_visum")
    letter = sealed_item(case, actions.LETTER, NUMBER)
    step(office, case, "emergency_care", provider=where)
    assert met(case, "visum_contact")
    assert not met(case, "visum_examination")
    step(office, case, "lp_made", items=[letter])
    step(office, case, "spv_requested", who=Hand.OFFICE)
    step(office, case, "spv_issued", who=Hand.INVESTIGATOR)
    step(office, case, "exam_done", provider=where)
    assert met(case, "visum_examination")
    assert met(case, "visum_window")
    step(office, case, "result_sent")
    step(office, case, "result_confirmed", who=Hand.INVESTIGATOR)
    told = Particulars.objects.get(step__to="lp_made")
    assert told.item == letter.item
    assert Envelope.objects.get(item=letter.item).compartment.comp == "legal"
    assert [one.to for one in queries.steps(case)][-1] == "result_confirmed"
    assert Row.objects.filter(subject=case.code, verb="case.visum").count() == 7


def test_an_examination_quiets_the_swabs_of_what_was_done_before_it(
    office: CaseOffice, case: Case
) -> None:
    def quiet(at: datetime) -> str:
        shown = queries.possible(case, (), at).windows
        return next(one.settled for one in shown if one.window.key == "swab")

    assert quiet(AT) == ""
    step(office, case, "exam_done", day=DAY - timedelta(days=1))  # of something before
    assert quiet(AT) == ""
    step(office, case, "exam_done")
    assert quiet(AT) == "Pemeriksaan selesai"
    later = AT + timedelta(days=2)
    facts = cases.IncidentFacts("sexual", day=later.date())
    cases.add_incident(by=office.melati, case=case, facts=facts, at=later)
    assert quiet(later) == ""


def test_what_comes_too_soon_leaves_nothing_sealed_behind(office: CaseOffice, case: Case) -> None:
    letter = sealed_item(case, actions.LETTER, NUMBER)
    with pytest.raises(case_rules.TooSoon):
        step(office, case, "spv_issued", items=[letter])
    assert not Envelope.objects.filter(item=letter.item).exists()
    assert not VisumStep.objects.exists()


@pytest.mark.parametrize(
    ("to", "day"), [("exam_scheduled", TOMORROW), ("lp_made", DAY - timedelta(days=9))]
)
def test_a_step_has_its_own_day(office: CaseOffice, case: Case, to: str, day: date) -> None:
    step(office, case, to, day=day)
    assert Particulars.objects.get().day == day


@pytest.mark.parametrize("to", ["exam_done", "lp_made"])
def test_only_an_appointment_lies_ahead(office: CaseOffice, case: Case, to: str) -> None:
    with pytest.raises(rules.WrongDay):
        step(office, case, to, day=TOMORROW)
    assert not VisumStep.objects.exists()


def test_a_place_gives_what_is_asked_of_it(office: CaseOffice, case: Case) -> None:
    with pytest.raises(rules.NotOffered):
        step(office, case, "exam_done", provider=provider("svc_legal"))
    step(office, case, "psych_report", provider=provider("svc_psych_mid"))
    assert not met(case, "visum_examination")


def test_nothing_else_is_sealed_into_a_step(office: CaseOffice, case: Case) -> None:
    wrong = sealed_item(case, "services.health.result", "Contoh")
    for to in ("lp_made", "offered"):
        with pytest.raises(Refused):
            step(office, case, to, items=[wrong])
    with pytest.raises(Refused):  # an offer has no letter
        step(office, case, "offered", items=[sealed_item(case, actions.LETTER, NUMBER)])


def test_who_is_not_in_the_team_keeps_no_step(office: CaseOffice, case: Case) -> None:
    with pytest.raises(Forbidden):
        actions.visum_step(
            by=office.outsider,
            case=case,
            to=VisumStatus.OFFERED,
            facts=actions.StepFacts(),
            items=(),
            at=AT,
        )


def test_money_that_was_asked_reaches_the_supervisor_and_is_put_right_once(
    office: CaseOffice, case: Case
) -> None:
    Message.objects.all().delete()  # what the report itself sent
    kept = step(office, case, "delayed", day=None, delay=VisumDelay.FEE)
    assert Message.objects.count() == 1
    assert "fee_asked" in Row.objects.get(subject=case.code, verb="case.visum").detail
    rows = queries.fees(office.supervisor)
    assert queries.fees_counted(rows) == queries.FeesCounted(asked=1, waiting=1)
    answered = {"step": kept, "outcome": FeeOutcome.RETURNED, "at": AT}
    with pytest.raises(Forbidden):
        actions.answer_fee(by=office.melati, **answered)  # type: ignore[arg-type]
    actions.answer_fee(by=office.supervisor, **answered)  # type: ignore[arg-type]
    with pytest.raises(rules.WrongMove):
        actions.answer_fee(by=office.supervisor, **answered)  # type: ignore[arg-type]
    assert queries.fees_counted(rows).waiting == 0
    assert FeeAnswer.objects.get().member == office.supervisor


def given(office: CaseOffice, case: Case, **told: object) -> Handing:
    """Melati writes down who handed what to whom."""
    facts = {
        "thing": Thing.SWAB,
        "given_by": Hand.DOCTOR,
        "taken_by": Hand.UNIT,
        "day": DAY,
        **told,
    }
    return actions.hand_on(
        by=office.melati,
        case=case,
        facts=actions.HandingFacts(**facts),  # type: ignore[arg-type]
        items=(),
        at=AT,
    )


def test_the_chain_is_numbered_without_a_gap(office: CaseOffice, case: Case) -> None:
    other = opened(office)
    given(office, case)
    with pytest.raises(rules.WrongMove):
        given(office, case, thing=Thing.FILE)  # a sealed file without its SHA-256
    with pytest.raises(rules.WrongMove):
        given(office, case, mends=2)  # which is not there
    with pytest.raises(rules.WrongDay):
        given(office, case, day=TOMORROW)
    given(office, case, thing=Thing.FILE, sha=SHA)
    given(office, other)
    given(office, case, mends=1)
    assert [one.number for one in queries.custody(case)] == [1, 2, 3]
    assert [one.number for one in queries.custody(other)] == [1]
    assert queries.custody(case)[2].mends == 1
    shown = [row.detail for row in Row.objects.filter(verb="visum.handed_on").order_by("id")]
    assert [json.loads(one)["sha"] for one in shown] == ["", SHA, "", ""]


def test_whom_a_conflict_keeps_from_a_case_learns_of_no_fee(office: CaseOffice, case: Case) -> None:
    kept = step(office, case, "offered", fee_asked=True)
    cases.declare_conflict(
        by=office.supervisor, case=case, member=office.supervisor, kind=ConflictKind.FRIEND, at=AT
    )
    member = Member.objects.get(pk=office.supervisor.pk)
    assert not queries.fees(member).exists()
    with pytest.raises(Forbidden):
        actions.answer_fee(by=member, step=kept, outcome=FeeOutcome.RETURNED, at=AT)


def test_an_erased_case_keeps_codes_and_days_and_takes_nothing_more(
    office: CaseOffice, case: Case, django_capture_on_commit_callbacks: Any
) -> None:
    letter = sealed_item(case, actions.LETTER, NUMBER)
    step(office, case, "lp_made", items=[letter])
    given(office, case)
    keeper = MemberFactory(role="head", agency=office.team.agency)
    assert units.find_many(units_covering(case.code))
    with django_capture_on_commit_callbacks(execute=True):
        cases.erase(by=keeper, case=at_state(case, "closed"), at=AT)
    assert Particulars.objects.get().item == letter.item
    assert not units.find_many(units_covering(case.code))  # and nobody opens it
    for act in (lambda: step(office, case, "offered"), lambda: given(office, case)):
        with pytest.raises(Forbidden):
            act()


def test_the_database_holds_the_chain_too(office: CaseOffice, case: Case) -> None:
    first = given(office, case)
    for changed in ({"number": 1}, {"number": 2, "mends": 2}, {"number": 2, "thing": "file"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            fields = {"thing": "swab", "given_by": "doctor", "taken_by": "unit", **changed}
            Handing.objects.create(case=case, day=DAY, member=first.member, **fields)
    second = given(office, case)
    for wrong in (
        lambda: Handing.objects.filter(pk=first.pk).update(thing="photo"),
        lambda: Handing.objects.filter(pk=second.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


@pytest.mark.parametrize("sha", ["", "abc", SHA[:-1], SHA.upper(), SHA + "0", "g" * 64])
def test_a_sealed_file_has_a_whole_sha(sha: str) -> None:
    assert not rules.sha_fits("file", sha)
    assert rules.sha_fits("file", SHA)
    assert rules.sha_fits("swab", sha) == (not sha)


def test_a_step_is_sent_by_its_page(office: CaseOffice, case: Case) -> None:
    client = signed_in(Client(), office.melati)
    where = provider("svc_visum")
    page = reverse("services:visum_step", args=[case.code, "exam_done"])
    assert 'name="who"' not in client.get(page).content.decode()
    wrong = client.post(page, {"day": str(TOMORROW + timedelta(days=9999))})
    assert wrong.status_code == 422
    sent = client.post(page, {"day": "2026-11-24", "provider": where.code})
    assert sent.json() == {"to": reverse("services:health", args=[case.code])}
    shown = client.get(reverse("services:health", args=[case.code])).content.decode()
    assert where.name in shown
    early = client.post(
        reverse("services:visum_step", args=[case.code, "result_sent"]), {"day": "2026-11-24"}
    )
    assert early.status_code == 422
    assert "Surat permintaan visum terbit" in early.json()["wrong"][0][1]
    assert client.get(reverse("services:visum_step", args=[case.code, "lain"])).status_code == 404


def test_the_chain_is_sent_shown_and_printed(office: CaseOffice, case: Case) -> None:
    client = signed_in(Client(), office.melati)
    page = reverse("services:custody", args=[case.code])
    told = {"thing": "file", "given_by": "doctor", "taken_by": "investigator", "day": "2026-11-24"}
    assert client.post(page, told).status_code == 422
    spoken = " ".join(SHA[n : n + 4] for n in range(0, 64, 4)).upper()
    assert client.post(page, {**told, "sha": spoken}).json() == {"to": page}
    for one in (page, reverse("services:custody_print", args=[case.code])):
        assert SHA in client.get(one).content.decode()


def test_a_supervisor_puts_a_fee_right_on_its_page(office: CaseOffice, case: Case) -> None:
    kept = step(office, case, "offered", fee_asked=True)
    client = signed_in(Client(), office.supervisor)
    page, answer = reverse("services:fees"), reverse("services:answer_fee", args=[kept.pk])
    assert "1 kali diminta, 1 belum diselesaikan." in client.get(page).content.decode()
    assert client.post(answer, {"outcome": ""}).status_code == 422
    assert client.post(answer, {"outcome": "cancelled"}).status_code == 302
    assert "0 belum diselesaikan" in client.get(page).content.decode()
    newer = step(office, case, "offered", fee_asked=True)
    step(office, case, "offered")
    assert [row.pk for row in queries.fees(office.supervisor)] == [newer.pk, kept.pk]
    third = step(office, case, "offered", fee_asked=True)
    actions.answer_fee(by=office.supervisor, step=third, outcome=FeeOutcome.RETURNED, at=AT)
    assert queries.fees(office.supervisor)[0] == newer  # nobody has put it right


def test_the_list_of_fees_asks_as_little_of_many_as_of_few(office: CaseOffice, case: Case) -> None:
    def asks() -> int:
        with CaptureQueriesContext(connection) as found:
            list(queries.fees(office.supervisor))
        return len(found)

    step(office, case, "offered", fee_asked=True)
    few = asks()
    for _number in range(4):
        kept = step(office, case, "offered", fee_asked=True, provider=None)
        actions.answer_fee(by=office.supervisor, step=kept, outcome=FeeOutcome.RETURNED, at=AT)
    assert asks() == few
