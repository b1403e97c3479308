"""Pages of economic support: what each hand sees and may do; a refused form keeps what was typed."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from teduh.access.models import Member
from teduh.cases.models import Case
from teduh.funding.rules import Balance
from teduh.lib.timing import local_day
from teduh.services.actions import supporting as actions
from teduh.services.models import Beneficiary, Payment, Support
from teduh.services.support_words import SupportOutcome
from teduh.vault.packages import SealedItem, b64
from tests.factories import signed_in
from tests.factories.cases import AT, CaseOffice, opened, sealed_item
from tests.factories.money import a_line, proven
from tests.factories.supports import approved, asked, assessed, keeper

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
SENT = {
    "kind": "living",
    "amount": "Rp 900.000",
    "instalments": "3",
    "until": str(local_day(AT) + timedelta(days=90)),
    "whose": "penyintas",
}


@pytest.fixture
def case(office: CaseOffice) -> Case:
    """A case that goes on."""
    return opened(office)


@pytest.fixture
def head(office: CaseOffice) -> Member:
    """Who keeps the money."""
    return keeper(office)


def packed(item: SealedItem) -> str:
    """An item as a form sends it."""
    return json.dumps({"hdr": b64(item.hdr), "ct": b64(item.ct), "sig": b64(item.sig)})


def now(until: int = 90) -> dict[str, str]:
    """The form, sent today."""
    return SENT | {"until": str(local_day(timezone.now()) + timedelta(days=until))}


def test_support_is_asked_for_on_the_page_of_the_case(
    office: CaseOffice, case: Case, client: Client
) -> None:
    page = f"/kantor/layanan/kasus/{case.code}/dukungan/"
    assert signed_in(client, office.melati).post(f"{page}minta/", now()).status_code == 302
    row = Support.objects.get()
    assert (row.amount, row.instalments, row.asker) == (900_000, 3, office.melati)
    assert row.code in client.get(page).content.decode()


@pytest.mark.parametrize(
    "changed", [{"amount": "banyak"}, {"instalments": "13"}, {"until": "besok"}, {"whose": "9"}]
)
def test_what_was_typed_stays_where_it_is_refused(
    office: CaseOffice, case: Case, client: Client, changed: dict[str, str]
) -> None:
    sent = now() | changed
    page = f"/kantor/layanan/kasus/{case.code}/dukungan/minta/"
    answer = signed_in(client, office.melati).post(page, sent)
    assert answer.status_code == 422
    assert f'value="{sent["amount"]}"' in answer.content.decode()
    assert not Support.objects.exists()


def test_support_cannot_last_for_more_than_a_year(
    office: CaseOffice, case: Case, client: Client
) -> None:
    page = f"/kantor/layanan/kasus/{case.code}/dukungan/minta/"
    assert signed_in(client, office.melati).post(page, now(400)).status_code == 422


def test_somebody_of_the_household_is_named_sealed(
    office: CaseOffice, case: Case, client: Client
) -> None:
    item = packed(sealed_item(case, actions.NAME, "Contoh Melur"))
    page = f"/kantor/layanan/kasus/{case.code}/dukungan/keluarga/"
    sent = {"relation": "child", "age_band": "6-12", "sealed": item}
    assert signed_in(client, office.melati).post(page, sent).json()["to"]
    assert Beneficiary.objects.get().item
    assert client.post(page, sent | {"relation": "x"}).status_code == 422


def test_the_head_decides_by_codes_alone_and_pays(
    office: CaseOffice, case: Case, head: Member, client: Client
) -> None:
    row, line = assessed(office, case), a_line(head, planned=1_000_000, year=_year())
    page = f"/kantor/layanan/dukungan/{row.code}/"
    signed_in(client, head)
    listed = client.get("/kantor/layanan/dukungan/").content.decode()
    shown = client.get(page).content.decode()
    assert row.code in listed
    assert case.code not in listed + shown
    assert client.post(f"{page}setujui/", {"line": line.pk}).status_code == 302
    sent = {"number": 1, "proof": "transfer", "receipt": "TRF/2026-01"}
    assert client.post(f"{page}bayar/", sent | {"receipt": "Ibu Contoh"}).status_code == 422
    assert client.post(f"{page}bayar/", sent).status_code == 302
    assert client.post(f"{page}bayar/", sent).status_code == 409
    assert Payment.objects.filter(paid_day__isnull=False).count() == 1
    assert client.post(f"{page}akhiri/", {"outcome": "stands"}).status_code == 302
    assert proven(line).balance == Balance(1_000_000, 0, 300_000)


def test_too_little_money_and_the_own_hand_are_said(
    office: CaseOffice, case: Case, head: Member, client: Client
) -> None:
    row, line = assessed(office, case), a_line(head, planned=10, year=_year())
    page = f"/kantor/layanan/dukungan/{row.code}/"
    answer = signed_in(client, head).post(f"{page}setujui/", {"line": line.pk})
    assert answer.status_code == 409
    assert "tidak cukup" in answer.content.decode()
    Support.objects.filter(pk=row.pk).update(asker=head)
    assert client.post(f"{page}belum/", {"reason": "no_money"}).status_code == 409
    assert client.post(f"{page}belum/", {"reason": ""}).status_code == 422
    assert Support.objects.get().state == "assessed"


def test_the_team_sees_what_was_decided_and_ends_it(
    office: CaseOffice, case: Case, head: Member, client: Client
) -> None:
    row = approved(office, case, head)
    page = f"/kantor/layanan/kasus/{case.code}/dukungan/"
    assert "Rp300.000" in signed_in(client, office.melati).get(page).content.decode()
    assert client.post(f"{page}{row.code}/akhiri/", {"outcome": ""}).status_code == 422
    assert client.post(f"{page}{row.code}/akhiri/", {"outcome": "met"}).status_code == 302
    assert client.post(f"{page}{row.code}/akhiri/", {"outcome": "met"}).status_code == 409
    assert client.get(f"{page}DKG-9999-9999/nilai/").status_code == 404


def test_the_page_of_a_case_costs_as_much_for_many_as_for_one(
    office: CaseOffice,
    case: Case,
    head: Member,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    page = f"/kantor/layanan/kasus/{case.code}/dukungan/"
    approved(office, case, head)
    signed_in(client, office.melati).get(page)
    few = _count(client, page)
    line = a_line(head, planned=5_000_000)
    for _number in range(3):
        row = approved(office, case, head, line)
    actions.end(by=head, support=row, outcome=SupportOutcome.MET, at=AT)
    asked(office, case)
    assert _count(client, page) == few
    listed = signed_in(client, head)
    with django_assert_num_queries(5):
        listed.get("/kantor/layanan/dukungan/")


def _count(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as asked_of:
        assert client.get(page).status_code == 200
    return len(asked_of)


def _year() -> int:
    return local_day(timezone.now()).year
