"""The pages of the budget: what they show, what they refuse and keep, what leaves as a file."""

import csv
import io

import pytest
from django.forms import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from teduh.access.models import Member
from teduh.audit.models import Row
from teduh.funding import actions
from teduh.funding.forms import RupiahField
from teduh.funding.models import Entry, Line
from teduh.funding.rules import Balance, shares
from teduh.funding.words import Memo
from tests.factories import AgencyFactory, MemberFactory, signed_in
from tests.factories.money import AT, a_line, proven

pytestmark = pytest.mark.django_db
KEY = "a" * 20


@pytest.fixture
def head() -> Member:
    """Who keeps the money."""
    return MemberFactory(role="head", agency=AgencyFactory())


def test_the_year_shows_what_is_planned_promised_paid_and_left(
    head: Member, client: Client
) -> None:
    line = a_line(head, planned=1_500_000)
    actions.commit(by=head, line=line, amount=400_000, memo=Memo.SUPPORT, key="a", at=AT)
    page = signed_in(client, head).get("/kantor/anggaran/?tahun=2026").content.decode()
    for said in ("Rp1.500.000", "Rp400.000", "Rp1.100.000", line.name):
        assert said in page
    assert line.name not in client.get("/kantor/anggaran/?tahun=2027").content.decode()


def test_the_list_costs_as_much_for_many_lines_as_for_one(
    head: Member, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(6):
        a_line(head)
    signed_in(client, head).get("/kantor/anggaran/")
    with django_assert_num_queries(6):
        client.get("/kantor/anggaran/?tahun=2026")


def test_a_ledger_costs_as_much_for_many_entries_as_for_one(
    head: Member, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    line = a_line(head, planned=1_000)
    told = {"by": head, "memo": Memo.OTHER, "at": AT}
    for number in range(6):
        paid = actions.spend(**told, line=line, amount=10, key=f"{number}")
        actions.reverse(**told, entry=paid, key=f"b{number}")
    signed_in(client, head)
    with django_assert_num_queries(6):
        client.get(f"/kantor/anggaran/{line.pk}/")


def test_what_is_sent_twice_is_entered_once(head: Member, client: Client) -> None:
    line = a_line(head, planned=1_000_000)
    sent = {"kind": "spent", "amount": "Rp250.000", "memo": "goods", "key": KEY}
    for _time in range(2):
        answer = signed_in(client, head).post(f"/kantor/anggaran/{line.pk}/catat/", sent)
        assert answer.status_code == 302
    assert proven(line).spent == 250_000


def test_too_much_is_refused_and_what_was_typed_stays(head: Member, client: Client) -> None:
    line = a_line(head, planned=1_000)
    sent = {"kind": "spent", "amount": "1.001", "memo": "goods", "key": KEY}
    answer = signed_in(client, head).post(f"/kantor/anggaran/{line.pk}/catat/", sent)
    assert answer.status_code == 409
    assert 'value="1.001"' in answer.content.decode()
    assert proven(line).spent == 0


def test_a_mistake_is_taken_back_on_the_page_but_not_what_a_support_was_promised(
    head: Member, client: Client
) -> None:
    line = a_line(head, planned=1_000)
    told = {"by": head, "line": line, "amount": 100, "at": AT}
    paid = actions.spend(**told, memo=Memo.GOODS, key="a")
    promised = actions.commit(**told, memo=Memo.SUPPORT, key="b", subject="DKG-AAAA-BBBB")
    page = f"/kantor/anggaran/{line.pk}/batal/"
    assert signed_in(client, head).post(page, {"catatan": paid.pk}).status_code == 302
    assert client.post(page, {"catatan": paid.pk}).status_code == 302  # again: the same entry
    assert client.post(page, {"catatan": promised.pk}).status_code == 404
    assert proven(line).balance == Balance(1_000, 100, 0)


def test_a_code_is_taken_once_a_year(head: Member, client: Client) -> None:
    line = a_line(head)
    sent = {
        "year": 2026,
        "account": line.code,
        "name": "Contoh lain",
        "purpose": "tests",
        "source": line.source_id,
    }
    signed_in(client, head)
    assert client.post("/kantor/anggaran/baru/", sent).status_code == 409
    assert client.post("/kantor/anggaran/baru/", sent | {"year": 2027}).status_code == 302
    assert Line.objects.filter(name="Contoh lain").count() == 1


def test_no_line_takes_the_source_of_another_agency(head: Member, client: Client) -> None:
    other = a_line(MemberFactory(role="head", agency=AgencyFactory(), second_factor=False))
    sent = {
        "year": 2026,
        "account": "9",
        "name": "x",
        "purpose": "tests",
        "source": other.source_id,
    }
    assert signed_in(client, head).post("/kantor/anggaran/baru/", sent).status_code == 422


def test_a_file_holds_the_ledger_and_no_formula(head: Member, client: Client) -> None:
    line = a_line(head, planned=1_000)
    Line.objects.filter(pk=line.pk).update(name="=HYPERLINK(1)")
    actions.spend(by=head, line=line, amount=10, memo=Memo.GOODS, key="a", at=AT)
    told = signed_in(client, head).get("/kantor/anggaran/csv/?tahun=2026").content.decode()
    [_head, row] = csv.reader(io.StringIO(told.removeprefix("\ufeff")))
    assert row[2:] == ["'=HYPERLINK(1)", *row[3:5], "1000", "0", "10", "990"]
    told = client.get(f"/kantor/anggaran/{line.pk}/csv/").content.decode()
    rows = list(csv.reader(io.StringIO(told)))
    assert [one[2] for one in rows[1:]] == ["1000", "10"]
    assert Row.objects.filter(verb="money.exported").count() == 2
    assert Entry.objects.count() == 2


def test_neither_page_nor_file_says_whose_support_was_paid(head: Member, client: Client) -> None:
    """Who keeps the money may be barred from the case of a support, which the budget cannot know."""
    line = a_line(head, planned=1_000)
    promised = actions.commit(
        by=head, line=line, amount=10, memo=Memo.SUPPORT, key="a", subject="DKG-AAAA-BBBB", at=AT
    )
    actions.reverse(by=head, entry=promised, memo=Memo.MISTAKE, key="b", at=AT)
    page = f"/kantor/anggaran/{line.pk}/"
    for address in (page, f"{page}csv/"):
        told = signed_in(client, head).get(address).content.decode()
        assert told.count("dukungan") == 2
        assert "DKG-" not in told


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1500000", 1_500_000), ("Rp 1.500.000", 1_500_000), ("1", 1), (" 25.000 ", 25_000)],
)
def test_rupiah_are_read_as_people_write_them(typed: str, read: int) -> None:
    assert RupiahField().clean(typed) == read


@pytest.mark.parametrize("typed", ["0", "-5", "1,5", "banyak", "", "9" * 14])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        RupiahField().clean(typed)


@pytest.mark.parametrize(
    ("balance", "expected"),
    [
        (Balance(), (0, 0, 0)),
        (Balance(3, 1, 1), (33, 33, 34)),
        (Balance(100, 0, 100), (100, 0, 0)),
    ],
)
def test_a_bar_is_full(balance: Balance, expected: tuple[int, int, int]) -> None:
    assert shares(balance) == expected
