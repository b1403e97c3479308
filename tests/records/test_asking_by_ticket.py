"""What a survivor asks of her data by her own ticket: kept once, with its hours, seen by nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases.models import Case
from teduh.intake.models import Report
from teduh.outbox.models import Message
from teduh.records import queries, rules
from teduh.records.actions import asking as actions
from teduh.records.models import DataRequest, Erasure
from teduh.records.words import Ask, Outcome
from teduh.sop.models import Promise
from teduh.tickets import remembering
from teduh.tickets.rules import PAGE, PART
from teduh.vault.codes import spell_digits
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import AT, CaseOffice, a_report, at_state, opened
from tests.factories.reports import CODE
from tests.tickets.test_views import as_a_script

pytestmark = pytest.mark.django_db
PATH = "/status/data/"


@pytest.fixture
def report(office: CaseOffice) -> Report:
    """A survivor's own report that became a case."""
    made = a_report(office.team)
    opened(office, made)
    return made


def ask(report: Report, kind: Ask = Ask.COPY) -> DataRequest:
    """What she asks by her ticket."""
    return actions.ask_by_ticket(ticket=report.ticket, kind=kind, at=AT)


def test_her_wish_waits_for_a_supervisor_with_its_clock(office: CaseOffice, report: Report) -> None:
    Message.objects.all().delete()
    row = ask(report)
    assert (row.due_at, row.came, row.ticket) == (
        AT + timedelta(hours=72),
        "code",
        report.ticket.number,
    )
    assert list(queries.requests(office.supervisor)) == [row]
    assert Message.objects.count() == 1
    line = Row.objects.get(verb="request.registered")
    assert (line.by_kind, line.by_code) == ("reporter", report.ticket.number)
    actions.answer(by=office.supervisor, asked=row, outcome=Outcome.GRANTED, because=None, at=AT)
    row.refresh_from_db()
    assert row.answerer == office.supervisor  # her code was the first hand


def test_an_erasure_she_asked_herself_still_takes_two(office: CaseOffice, report: Report) -> None:
    Case.objects.update(closed_day=AT.date())
    Promise.objects.all().delete()  # the way it ended is not the point here
    at_state(Case.objects.get(), "closed")
    row = ask(report, Ask.ERASE)
    actions.answer(by=office.supervisor, asked=row, outcome=Outcome.GRANTED, because=None, at=AT)
    assert Erasure.objects.get().asker == office.supervisor


def test_the_same_wish_waits_once_and_may_come_again_after_its_answer(
    office: CaseOffice, report: Report
) -> None:
    row = ask(report)
    with pytest.raises(rules.AlreadyAsked):
        ask(report)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataRequest.objects.filter(pk=ask(report, Ask.LIMIT).pk).update(kind=Ask.COPY)
    actions.answer(by=office.supervisor, asked=row, outcome=Outcome.GRANTED, because=None, at=AT)
    ask(report)
    assert DataRequest.objects.filter(kind=Ask.COPY).count() == 2


def test_nobody_asks_by_somebody_elses_ticket_or_before_there_is_a_case(
    office: CaseOffice,
) -> None:
    with pytest.raises(rules.NoCase):
        ask(a_report(office.team))
    neighbour = a_report(office.team, door="other")
    case = opened(office, neighbour)
    with pytest.raises(Forbidden):
        ask(neighbour)
    hers = a_report(office.team)
    from_now = opened(office, hers)
    Case.objects.filter(pk=from_now.pk).update(erased_day=AT.date())
    with pytest.raises(rules.NoCase):
        ask(hers)
    assert case.data_requests.count() == 0


@time_machine.travel(AT, tick=False)
def test_without_script_she_asks_from_her_page_and_finds_it_there_again(report: Report) -> None:
    client = Client()
    typed = {"ticket": report.ticket.number, "code": spell_digits(CODE)}
    assert PATH in client.post("/status/", typed, follow=True).content.decode()
    sent = {"keinginan": remembering.wish_of(report.ticket, AT), "data": "0"}
    page = client.post(PATH, sent)
    assert len(page.content) == PAGE
    assert 'value="erase"' in page.content.decode()
    assert not DataRequest.objects.exists()
    refused = client.post(PATH, sent | {"data": "1", "kind": "semua"})
    assert refused.status_code == 422
    for _twice in range(2):
        page = client.post(PATH, sent | {"data": "1", "kind": "erase"})
    assert DataRequest.objects.get().kind == "erase"
    assert "27 November 2026" in page.content.decode()
    assert len(page.content) == PAGE
    back = client.post(PATH, sent | {"data": "kembali"}, follow=True)
    assert back.redirect_chain == [("/status/", 303)]
    assert report.ticket.number in back.content.decode()


@time_machine.travel(AT, tick=False)
def test_a_script_gets_it_as_a_part_of_its_own_page_in_one_size(report: Report) -> None:
    client = Client()
    assert PATH in client.post("/status/", as_a_script(report)).content.decode()
    sizes = {len(client.post("/status/", as_a_script(report)).content)}
    sizes.add(len(client.post(PATH, as_a_script(report, data="0")).content))
    for kind in Ask:
        part = client.post(PATH, as_a_script(report, data="1", kind=kind))
        sizes.add(len(part.content))
    assert "<html" not in part.content.decode()
    assert part.content.decode().count("27 November 2026") == len(Ask)
    assert sizes == {PART}


def test_another_ticket_shows_nothing_of_it_and_keeps_nothing(office: CaseOffice) -> None:
    neighbour = a_report(office.team, door="other")
    opened(office, neighbour, a_report(office.team))
    for sent in (as_a_script(neighbour), as_a_script(neighbour, data="1", kind="copy")):
        page = Client().post(PATH, sent)
        assert PATH not in page.content.decode()
        assert len(page.content) == PART
    assert Client().post(PATH, {"ticket": neighbour.ticket.number, "code": "1"}).status_code == 403
    assert not DataRequest.objects.exists()


def test_two_survivors_of_one_case_see_their_own_wishes_only(office: CaseOffice) -> None:
    one, other = a_report(office.team), a_report(office.team)
    opened(office, one, other)
    ask(one)
    assert queries.asked_by(other.ticket) == []
    ask(other)
    assert DataRequest.objects.count() == 2


def test_officers_see_whose_ticket_asked_and_cannot_say_it_for_her(
    office: CaseOffice, report: Report
) -> None:
    row = ask(report)
    page = signed_in(Client(), office.supervisor).get(f"/kantor/data/kasus/{row.case.code}/")
    assert "Sendiri, dengan tiket dan kodenya" in page.content.decode()
    assert 'value="code"' not in page.content.decode()
    head = MemberFactory(role="head", agency=office.team.agency)
    assert (
        report.ticket.number
        in signed_in(Client(), head).get("/kantor/data/permintaan/").content.decode()
    )


def test_with_a_code_that_staff_know_nothing_is_asked(report: Report) -> None:
    report.ticket.issued_on = AT.date()
    report.ticket.save()
    page = Client().post(PATH, as_a_script(report, data="1", kind=Ask.COPY))
    assert 'name="kind"' not in page.content.decode()
    assert DataRequest.objects.count() == 0
