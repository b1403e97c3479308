"""Medical care: asked within its window, given or not wanted, its result sealed."""

import json
import logging
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import actions as cases
from teduh.cases.models import Case
from teduh.cases.rules import WrongMove as NoMore
from teduh.cases.words import MergeReason
from teduh.lib.timing import begin_of
from teduh.services import rules
from teduh.services.actions import health as actions
from teduh.services.models import MedicalOrder
from teduh.services.queries import health as queries
from teduh.services.words import HealthKind, HealthOutcome, HealthState
from teduh.sop.models import Promise
from teduh.vault.models import Envelope
from teduh.vault.packages import SealedItem, b64
from teduh.vault.rules import Refused
from tests.factories import signed_in
from tests.factories.cases import AT, CaseOffice, at_state, opened, sealed_item
from tests.factories.directory import provider
from tests.factories.sop import adopt_next

pytestmark = pytest.mark.django_db
DAY, HOUR = AT.date(), timedelta(hours=1)
SECRET = "Contoh hasil rahasia 7731"


@pytest.fixture
def case(office: CaseOffice) -> Case:
    """A case of sexual violence of today, under the procedure that promises medical care."""
    adopt_next(office.team, since=date(2026, 11, 20))
    return opened(office, incident=cases.IncidentFacts("sexual", day=DAY))


def asked(
    office: CaseOffice, case: Case, kind: HealthKind = HealthKind.HIV, at: datetime = AT
) -> MedicalOrder:
    """Melati asks."""
    return actions.ask_health(by=office.melati, case=case, kind=kind, at=at)


def as_text(item: SealedItem) -> str:
    """An envelope as a form field."""
    return json.dumps({"hdr": b64(item.hdr), "ct": b64(item.ct), "sig": b64(item.sig)})


def promised(order: MedicalOrder) -> Promise:
    """What was promised of it."""
    return Promise.objects.get(about=order.code, step="health_order")


def test_care_is_promised_before_its_window_closes(office: CaseOffice, case: Case) -> None:
    ends = begin_of(DAY) + 72 * HOUR
    order = asked(office, case, at=ends - 2 * HOUR)
    assert order.until == ends
    assert promised(order).due_at == ends
    wounds = asked(office, case, HealthKind.WOUNDS)
    assert wounds.until is None
    assert promised(wounds).due_at > AT


def test_care_after_its_window_is_promised_too(office: CaseOffice, case: Case) -> None:
    late = begin_of(DAY) + 1000 * HOUR
    order = asked(office, case, at=late)
    assert order.until is None
    assert promised(order).due_at > late


def test_at_the_edge_it_is_promised_before_the_last_hour(office: CaseOffice, case: Case) -> None:
    order = asked(office, case, at=begin_of(DAY) + 80 * HOUR)
    assert order.until == begin_of(DAY) + 96 * HOUR


def test_what_is_given_keeps_only_its_own_promise(office: CaseOffice, case: Case) -> None:
    order, other = asked(office, case), asked(office, case, HealthKind.CONTRACEPTION)
    result = sealed_item(case, actions.RESULT, SECRET)
    actions.answer_health(
        by=office.melati,
        order=order,
        state=HealthState.GIVEN,
        outcome=HealthOutcome.COURSE,
        items=[result],
        at=AT + HOUR,
    )
    assert promised(order).met_at == AT + HOUR
    assert promised(other).met_at is None
    assert Envelope.objects.get(item=result.item).compartment.comp == "medical"
    detail = Row.objects.get(verb="health.answered").detail
    assert "given" in detail
    assert "course" not in detail  # how it goes on is nobody's to read in the trail


@pytest.mark.parametrize(("state", "ended"), [("declined", "declined"), ("not_needed", "no_need")])
def test_her_no_closes_it_without_a_miss(
    office: CaseOffice, case: Case, state: str, ended: str
) -> None:
    order = asked(office, case)
    actions.answer_health(by=office.melati, order=order, state=HealthState(state), at=AT)
    row = promised(order)
    assert (row.ended, row.missed_at, row.asks_reason) == (ended, None, False)
    shown = {
        one.window.key: one for one in queries.possible(case, queries.orders(case), AT).windows
    }
    assert shown["hiv"].order == order  # and its window alarms nobody any more
    assert shown["contraception"].order is None
    asked(office, case)  # and she may ask again


def test_what_was_given_before_says_nothing_of_what_was_done_since(
    office: CaseOffice, case: Case
) -> None:
    order = asked(office, case)
    actions.answer_health(by=office.melati, order=order, state=HealthState.DECLINED, at=AT)

    def settled(at: datetime) -> bool:
        shown = queries.possible(case, queries.orders(case), at).windows
        return next(one for one in shown if one.window.key == "hiv").order is not None

    assert settled(AT)
    again = cases.IncidentFacts("sexual", day=DAY + timedelta(days=3))
    cases.add_incident(by=office.melati, case=case, facts=again, at=AT + 73 * HOUR)
    assert not settled(AT + 73 * HOUR)  # she was hurt again: it alarms anew
    asked(office, case, at=AT + 73 * HOUR)


def test_too_late_is_said_only_when_it_is_certain(office: CaseOffice, case: Case) -> None:
    order = asked(office, case)
    told = {"by": office.melati, "order": order, "state": HealthState.TOO_LATE}
    for hours in (1, 80):
        with pytest.raises(rules.NotYetLate):
            actions.answer_health(**told, at=begin_of(DAY) + hours * HOUR)  # type: ignore[arg-type]
    actions.answer_health(**told, at=begin_of(DAY) + 97 * HOUR)  # type: ignore[arg-type]
    assert promised(order).ended == "no_need"
    wounds = asked(office, case, HealthKind.WOUNDS)
    with pytest.raises(rules.NotYetLate):  # never
        actions.answer_health(
            by=office.melati, order=wounds, state=HealthState.TOO_LATE, at=AT + 9000 * HOUR
        )


def test_an_answer_is_given_once_and_whole(office: CaseOffice, case: Case) -> None:
    order = asked(office, case)
    told = {"by": office.melati, "order": order, "at": AT}
    for wrong in (
        {"state": HealthState.GIVEN},
        {"state": HealthState.ASKED},
        {"state": HealthState.DECLINED, "outcome": HealthOutcome.DONE},
    ):
        with pytest.raises(rules.WrongMove):
            actions.answer_health(**told, **wrong)  # type: ignore[arg-type]
    item = sealed_item(case, actions.RESULT, SECRET)
    with pytest.raises(Refused):  # no result of what was not given
        actions.answer_health(**told, state=HealthState.DECLINED, items=[item])  # type: ignore[arg-type]
    assert promised(order).ended == ""
    actions.answer_health(**told, state=HealthState.DECLINED)  # type: ignore[arg-type]
    with pytest.raises(rules.WrongMove):
        actions.answer_health(**told, state=HealthState.NOT_NEEDED)  # type: ignore[arg-type]


def test_the_same_is_asked_once_at_a_time(office: CaseOffice, case: Case) -> None:
    order = asked(office, case)
    with pytest.raises(rules.AskedAlready):
        asked(office, case)
    asked(office, case, HealthKind.FOLLOW_UP)
    asked(office, case, HealthKind.FOLLOW_UP)
    with pytest.raises(IntegrityError), transaction.atomic():
        MedicalOrder.objects.create(
            code="PLK-0000-0009", case=case, kind="hiv", day=DAY, member=order.member
        )


def test_only_who_walks_with_her_asks_of_who_gives_it(office: CaseOffice, case: Case) -> None:
    with pytest.raises(Forbidden):
        actions.ask_health(by=office.outsider, case=case, kind=HealthKind.HIV, at=AT)
    with pytest.raises(rules.NotOffered):
        actions.ask_health(
            by=office.melati,
            case=case,
            kind=HealthKind.HIV,
            provider=provider("svc_legal"),
            at=AT,
        )
    with pytest.raises(NoMore):
        asked(office, at_state(case, "closed"))
    assert not MedicalOrder.objects.exists()
    assert not Row.objects.filter(verb="health.asked").exists()


def test_without_the_new_procedure_nothing_is_promised_and_nothing_refused(
    office: CaseOffice,
) -> None:
    order = asked(office, opened(office))
    assert not Promise.objects.filter(about=order.code).exists()
    actions.answer_health(by=office.melati, order=order, state=HealthState.DECLINED, at=AT)


def test_what_waits_in_a_merged_case_goes_on_in_the_one_that_stays(
    office: CaseOffice, case: Case
) -> None:
    stays = opened(office)
    order = asked(office, case)
    merge = cases.ask_merge(
        by=office.melati, case=case, into=stays, reason=MergeReason.SHE_SAID, at=AT
    )
    cases.approve_merge(by=office.supervisor, merge=merge, at=AT)
    found = queries.order(stays, order.code)
    assert found is not None
    assert promised(order).subject == stays.code
    actions.answer_health(
        by=office.melati,
        order=found,
        state=HealthState.GIVEN,
        outcome=HealthOutcome.DONE,
        items=[sealed_item(stays, actions.RESULT, SECRET)],
        at=AT,
    )
    assert MedicalOrder.objects.get().case == stays
    assert promised(order).met_at == AT


def test_the_page_asks_and_answers(office: CaseOffice, case: Case) -> None:
    client, where = signed_in(Client(), office.melati), provider("svc_medical")
    page = reverse("services:health", args=[case.code])
    ask = reverse("services:ask_health", args=[case.code])
    assert client.post(ask, {"kind": ""}).status_code == 422
    assert client.post(ask, {"kind": "hiv", "provider": where.code}).status_code == 302
    assert client.post(ask, {"kind": "hiv"}).status_code == 409
    order = MedicalOrder.objects.get()
    answer = reverse("services:answer_health", args=[case.code, order.code])
    assert where.name in client.get(answer).content.decode()
    assert client.post(answer, {"state": "given"}).status_code == 422
    assert client.post(answer, {"state": "declined"}).json() == {"to": page}
    assert "ia memilih tidak" in client.get(page).content.decode()
    assert client.get(reverse("services:answer_health", args=[case.code, "PLK"])).status_code == 404


def test_the_page_of_all_help_tells_it_in_short(office: CaseOffice, case: Case) -> None:
    client = signed_in(Client(), office.melati)
    page = reverse("services:of_case", args=[case.code])
    assert "Kontrasepsi darurat" in client.get(page).content.decode()
    order = asked(office, case, HealthKind.CONTRACEPTION)
    brief = queries.brief(case, AT)
    assert brief is not None
    assert brief.waiting == [order]
    actions.answer_health(by=office.melati, order=order, state=HealthState.DECLINED, at=AT)
    assert "Kontrasepsi darurat" not in client.get(page).content.decode()
    assert queries.brief(opened(office), AT) is None


def test_a_page_of_many_rows_asks_as_little_as_one_of_few(office: CaseOffice, case: Case) -> None:
    client = signed_in(Client(), office.melati)
    page = reverse("services:health", args=[case.code])

    def asks() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(page).status_code == 200
        return len(found)

    asked(office, case, HealthKind.FOLLOW_UP)
    client.get(page)
    few = asks()
    for _number in range(5):
        asked(office, case, HealthKind.FOLLOW_UP)
    assert asks() == few


def test_no_result_reaches_a_log_an_address_or_a_table(
    office: CaseOffice, case: Case, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    order = asked(office, case)
    item = sealed_item(case, actions.RESULT, SECRET)
    client = signed_in(Client(), office.melati)
    answer = reverse("services:answer_health", args=[case.code, order.code])
    sent = {"state": "given", "outcome": "done", "sealed": as_text(item), "hasil": SECRET}
    said = client.post(answer, sent)
    assert said.status_code == 200
    assert SECRET not in said.content.decode() + client.get(answer).content.decode()
    assert SECRET not in caplog.text
    kept = [str(vars(row)) for model in (MedicalOrder, Row, Promise) for row in model.objects.all()]
    assert SECRET not in "".join(kept)
