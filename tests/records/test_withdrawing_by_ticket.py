"""A survivor takes back by her own ticket what she agreed to: at once, all of it, and nobody else can."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases.models import Case
from teduh.intake.models import Report
from teduh.outbox.models import Message
from teduh.records import queries
from teduh.records.actions.consenting import withdraw_by_ticket
from teduh.records.models import Consent
from teduh.records.rules import NoCase
from teduh.records.words import Duty, Purpose
from teduh.tickets import remembering
from teduh.tickets.rules import PAGE, PART
from teduh.vault.models import GrantWrap
from teduh.vault.rules import Tried
from tests.factories.cases import AT, CaseOffice, a_report, case_office, opened
from tests.factories.grants import Partners, agreed, granted, partners, read
from tests.factories.links import linked, tried
from tests.tickets.test_views import as_a_script

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
PATH, LATER = "/status/data/", AT + timedelta(hours=1)


@pytest.fixture
def office() -> CaseOffice:
    """A team with keys."""
    return case_office()


@pytest.fixture
def others(office: CaseOffice) -> Partners:
    """Partners whose keys the office's list names."""
    return partners()


@pytest.fixture
def report(office: CaseOffice) -> Report:
    """A survivor's own report that became a case."""
    made = a_report(office.team)
    opened(office, made)
    return made


def case_of(report: Report) -> Case:
    """The case that goes on with it."""
    case = queries.case_of(report.ticket)
    assert case
    return case


def test_what_she_agreed_to_ends_at_once_and_the_office_hears(
    office: CaseOffice, others: Partners, report: Report
) -> None:
    case = case_of(report)
    consent = agreed(office, case, others.hospital)
    granted(office, consent, others.flamboyan)
    link = linked(office, consent)
    tried(link)
    Message.objects.all().delete()
    assert withdraw_by_ticket(ticket=report.ticket, at=LATER) == 1
    consent.refresh_from_db()
    assert (consent.withdrawn_by, consent.withdrawn_at) == ("survivor", LATER)
    with pytest.raises(Forbidden):
        read(others.flamboyan, case, LATER)
    assert tried(link, at=LATER).tried == Tried.OVER
    assert not GrantWrap.objects.exists()
    line = Row.objects.get(verb="consent.withdrawn")
    assert (line.by_kind, line.by_code) == ("reporter", report.ticket.number)
    assert Message.objects.count() >= 2  # whoever wrote it down, and whoever reads no more
    assert withdraw_by_ticket(ticket=report.ticket, at=LATER) == 0


def test_what_the_law_obliges_stays(office: CaseOffice, others: Partners, report: Report) -> None:
    case = case_of(report)
    told = {"purpose": Purpose.POLICE, "comps": ("identity",), "given_by": "self"}
    agreed(office, case, others.bakung.agency, **told)
    duty = {"given_by": "duty", "how": "duty", "duty": Duty.LIFE}
    Consent.objects.filter(case=case).update(**duty)
    assert withdraw_by_ticket(ticket=report.ticket, at=LATER) == 0
    assert Consent.objects.get().withdrawn_at is None


def test_nobody_takes_back_by_another_ticket_or_with_a_code_that_staff_know(
    office: CaseOffice, others: Partners, report: Report
) -> None:
    agreed(office, case_of(report), others.hospital)
    neighbour = a_report(office.team, door="other")
    with pytest.raises(Forbidden):
        withdraw_by_ticket(ticket=neighbour.ticket, at=LATER)
    with pytest.raises(NoCase):
        withdraw_by_ticket(ticket=a_report(office.team).ticket, at=LATER)
    report.ticket.issued_on = AT.date()
    with pytest.raises(Forbidden):
        withdraw_by_ticket(ticket=report.ticket, at=LATER)
    assert Consent.objects.get().withdrawn_at is None


@time_machine.travel(AT, tick=False)
@pytest.mark.parametrize(("way", "size"), [("script", PART), ("none", PAGE)])
def test_her_page_does_it_with_script_and_without_in_one_size(
    office: CaseOffice, others: Partners, report: Report, way: str, size: int
) -> None:
    """Whether there was anything to take back, its size does not tell; nor whom it was given."""
    client = Client()
    wish = {"keinginan": remembering.wish_of(report.ticket, AT)}
    sent = as_a_script(report) if way == "script" else wish
    before = client.post(PATH, {**sent, "data": "1", "kind": "withdraw"})
    agreed(office, case_of(report), others.hospital)
    for kind in ("copy", "correct", "limit", "erase"):
        client.post(PATH, {**sent, "data": "1", "kind": kind})
    after = client.post(PATH, {**sent, "data": "1", "kind": "withdraw"})
    assert Consent.objects.get().withdrawn_by == "survivor"
    assert "RS Contoh" not in after.content.decode()
    assert "Sudah ditarik" in after.content.decode()
    assert {len(before.content), len(after.content)} == {size}
