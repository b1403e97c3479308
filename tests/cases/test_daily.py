"""Notes, and attempts to reach the survivor: what is kept, what it meets, what is refused."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import rules
from teduh.cases.actions import daily
from teduh.cases.models import Case, Contact, Note
from teduh.cases.words import ContactOutcome, ContactWay
from teduh.lib.actors import reporter
from teduh.lib.timing import local_day
from teduh.sop.models import Promise
from teduh.tickets.actions import ask_quiet
from teduh.vault.models import Envelope
from teduh.vault.rules import Refused
from tests.factories import signed_in
from tests.factories.cases import AT, CaseOffice, a_report, opened, sealed_item

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=2)


@pytest.fixture
def case(office: CaseOffice) -> Case:
    """A case of one report."""
    return opened(office, a_report(office.team))


def attempt(office: CaseOffice, case: Case, outcome: str = "reached", **told: object) -> Contact:
    return daily.contacted(
        **{  # type: ignore[arg-type]  # each test says only what it is about
            "by": office.melati,
            "case": case,
            "way": ContactWay.PHONE,
            "outcome": ContactOutcome(outcome),
            "followed": True,
            "items": [],
            "at": LATER,
            **told,
        }
    )


def test_a_note_keeps_its_words_sealed(office: CaseOffice, case: Case) -> None:
    item = sealed_item(case, "cases.note.text", "Contoh catatan")
    note = daily.note(by=office.melati, case=case, items=[item], at=LATER)
    assert (note.item, note.day) == (item.item, local_day(LATER))
    assert Envelope.objects.filter(item=item.item).exists()
    assert Row.objects.filter(subject=case.code, verb="case.noted").count() == 1


@pytest.mark.parametrize("whats", [[], ["cases.contact.note"], ["cases.note.text"] * 2])
def test_a_note_is_one_note(office: CaseOffice, case: Case, whats: list[str]) -> None:
    items = [sealed_item(case, what, "Contoh") for what in whats]
    with pytest.raises(Refused):
        daily.note(by=office.melati, case=case, items=items, at=LATER)
    assert not Note.objects.exists()
    assert not Envelope.objects.filter(item__in=[one.item for one in items]).exists()


def test_only_who_walks_with_her_writes(office: CaseOffice, case: Case) -> None:
    item = sealed_item(case, "cases.note.text", "Contoh")
    with pytest.raises(Forbidden):
        daily.note(by=office.outsider, case=case, items=[item], at=LATER)
    with pytest.raises(Forbidden):
        attempt(office, case, by=office.outsider)
    assert not Note.objects.exists()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("outcome", ContactOutcome.values)
def test_only_reaching_her_is_contact_but_every_safe_attempt_meets_the_first(
    office: CaseOffice, case: Case, outcome: str
) -> None:
    attempt(office, case, outcome)
    case.refresh_from_db()
    assert case.contact_day == (local_day(LATER) if outcome == "reached" else None)
    ticket = case.told.get().report.ticket.number
    assert Promise.objects.get(subject=ticket, step="first_contact").met_at == LATER
    row = Row.objects.get(subject=case.code, verb="case.contacted")
    assert f'"outcome":"{outcome}"' in row.detail.replace(" ", "")


def test_an_attempt_against_her_plan_is_not_kept(office: CaseOffice, case: Case) -> None:
    item = sealed_item(case, "cases.contact.note", "Contoh")
    with pytest.raises(rules.NotReady):
        attempt(office, case, followed=False, items=[item])
    assert not Contact.objects.exists()
    assert not Envelope.objects.filter(item=item.item).exists()
    assert Promise.objects.get(step="first_contact").met_at is None


@pytest.mark.parametrize(
    ("way", "kept"),
    [("phone", False), ("text", False), ("visit", False), ("ticket", True), ("met", True)],
)
def test_whoever_asked_not_to_be_contacted_is_reached_only_by_ticket(
    office: CaseOffice, case: Case, way: str, *, kept: bool
) -> None:
    ticket = case.told.get().report.ticket
    ask_quiet(by=reporter(ticket.number), ticket=ticket, quiet=True, at=AT)
    told = {"way": way, "outcome": "reached", "followed": "on"}
    answer = signed_in(Client(), office.melati).post(
        f"/kantor/kasus/{case.code}/catatan/kontak/", told
    )
    assert answer.status_code == (200 if kept else 422)
    assert Contact.objects.exists() == kept
    ask_quiet(by=reporter(ticket.number), ticket=ticket, quiet=False, at=AT)
    assert attempt(office, case, way=ContactWay(way)).way == way


def test_the_safe_way_stands_above_the_form_and_the_number(office: CaseOffice) -> None:
    case = opened(office, a_report(office.team, contact_via="none"))
    page = signed_in(Client(), office.melati).get(f"/kantor/kasus/{case.code}/catatan/")
    text = page.content.decode()
    assert "Jangan menelepon" in text
    assert text.index("Jangan menelepon") < text.index('id="kontak"')
    assert 'data-never="' in text
    assert "suka sama suka" in text


def test_what_is_missing_is_said_and_nothing_kept(office: CaseOffice, case: Case) -> None:
    client = signed_in(Client(), office.melati)
    path = f"/kantor/kasus/{case.code}/catatan/"
    answer = client.post(f"{path}kontak/", {"way": "phone", "outcome": ""})
    assert answer.status_code == 422
    assert [field for field, _text in answer.json()["wrong"]] == ["outcome", "followed"]
    assert client.post(path, {"sealed": "x"}).status_code == 409
    told = {"way": "phone", "outcome": "no_answer", "followed": "on"}
    assert client.post(f"{path}kontak/", told).json() == {"to": path}
    assert Contact.objects.count() == 1


def test_many_notes_cost_no_more_statements(office: CaseOffice, case: Case) -> None:
    client, costs = signed_in(Client(), office.melati), []
    path = f"/kantor/kasus/{case.code}/catatan/"
    for _turn in range(3):
        item = sealed_item(case, "cases.note.text", "Contoh")
        daily.note(by=office.melati, case=case, items=[item], at=LATER)
        attempt(office, case)
        with CaptureQueriesContext(connection) as seen:
            assert item.item in client.get(path).content.decode()
        costs.append(len(seen))
    assert costs[1] == costs[2]
