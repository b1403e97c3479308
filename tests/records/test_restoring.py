"""After a restore: nothing is given to partners, and three things are gone through, until it is said."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from teduh.access.models import Conflict, Member
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases.models import Case
from teduh.config import health
from teduh.config.rules import Level
from teduh.records import queries
from teduh.records.actions import packing
from teduh.records.actions import restoring as actions
from teduh.records.models import RestoreCheck
from teduh.records.rules import NotGranted, NotHolding
from teduh.records.words import Answer, Basis, Receiver, Recheck
from teduh.vault.models import Grant
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import AT, CaseOffice, case_office, opened
from tests.factories.grants import Partners, agreed, granted, partners

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
PAGE, WAITS = "/kantor/data/pemulihan/", "belum diperiksa semua"
BACKUP = AT - timedelta(days=2)


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """The day of the office's keys."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def office() -> CaseOffice:
    """A team with keys."""
    return case_office()


@pytest.fixture
def others(office: CaseOffice) -> Partners:
    """Partners whose keys the office's list names."""
    return partners()


@pytest.fixture
def case(office: CaseOffice) -> Case:
    """A case in which nothing is written yet."""
    return opened(office)


@pytest.fixture
def head(office: CaseOffice) -> Member:
    """The head of the office, who reads no case."""
    return MemberFactory(role="head", agency=office.team.agency)


def said(member: Member, page: str) -> str:
    """What a page says to a member."""
    return signed_in(Client(), member).get(page).content.decode()


def test_nothing_is_given_to_a_partner_until_the_consents_were_gone_through(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)
    actions.note_restore(backup_at=BACKUP, at=AT)
    with pytest.raises(NotHolding):
        granted(office, consent, others.flamboyan)
    assert not Grant.objects.exists()
    page = said(office.melati, f"/kantor/data/kasus/{case.code}/persetujuan/")
    assert WAITS in page
    assert "data-grant " not in page
    for what in (Recheck.MEMBERS, Recheck.CONFLICTS):
        actions.check(by=office.supervisor, what=what, at=AT)
    assert queries.sharing_waits()
    actions.check(by=office.supervisor, what=Recheck.CONSENTS, at=AT)
    assert granted(office, consent, others.flamboyan)


def test_no_packet_of_evidence_leaves_until_all_was_gone_through(
    office: CaseOffice, case: Case
) -> None:
    asked = packing.ask_packet(
        by=office.melati, case=case, receiver=Receiver.COURT, basis=Basis.SUMMONED, at=AT
    )
    actions.note_restore(backup_at=BACKUP, at=AT)
    with pytest.raises(NotHolding):
        packing.answer_packet(by=office.supervisor, asked=asked, denial=None, at=AT)
    asked.refresh_from_db()
    assert not asked.answer
    page = said(office.melati, f"/kantor/data/kasus/{case.code}/paket/")
    assert WAITS in page
    for what in Recheck:
        actions.check(by=office.supervisor, what=what, at=AT)
    given = packing.answer_packet(by=office.supervisor, asked=asked, denial=None, at=AT)
    assert given.answer == Answer.APPROVED
    actions.note_restore(backup_at=BACKUP, at=AT)
    with pytest.raises(NotGranted):
        packing.make_packet(by=office.melati, case=case, made=packing.Made("a" * 64, 9, []), at=AT)


def test_no_partner_gets_anything_while_whoever_left_may_be_back(office: CaseOffice) -> None:
    actions.note_restore(backup_at=BACKUP, at=AT)
    for what in (Recheck.CONSENTS, Recheck.CONFLICTS):
        actions.check(by=office.supervisor, what=what, at=AT)
    assert queries.sharing_waits()
    actions.check(by=office.supervisor, what=Recheck.MEMBERS, at=AT)
    assert not queries.sharing_waits()


def test_from_whom_a_consent_is_hidden_they_cannot_say_that_all_were_looked_at(
    office: CaseOffice, others: Partners, case: Case, head: Member
) -> None:
    agreed(office, case, others.hospital)
    actions.note_restore(backup_at=BACKUP, at=AT)
    Conflict.objects.create(
        member=office.supervisor,
        subject=case.code,
        root=case.code,
        team_code=case.team_code,
        kind="kin",
        told_by=head,
        day=AT.date(),
    )
    with pytest.raises(Forbidden):
        actions.check(by=Member.objects.get(pk=office.supervisor.pk), what=Recheck.CONSENTS, at=AT)
    assert actions.check(by=head, what=Recheck.CONSENTS, at=AT) == 1


def test_each_is_ticked_once_by_whoever_answers_for_the_office(
    office: CaseOffice, head: Member
) -> None:
    actions.note_restore(backup_at=BACKUP, at=AT)
    with pytest.raises(Forbidden):
        actions.check(by=office.melati, what=Recheck.MEMBERS, at=AT)
    assert [actions.check(by=one, what=Recheck.MEMBERS, at=AT) for one in (head, head)] == [1, 0]
    assert RestoreCheck.objects.get().member == head
    line = Row.objects.get(verb="restore.checked")
    assert (line.by_code, "members" in line.detail) == (head.code, True)


def test_of_several_restores_the_oldest_backup_counts_and_one_tick_is_for_all(
    office: CaseOffice,
) -> None:
    actions.note_restore(backup_at=BACKUP, at=AT)
    actions.check(by=office.supervisor, what=Recheck.MEMBERS, at=AT)
    actions.note_restore(backup_at=AT, at=AT + timedelta(days=1))
    open_ = queries.unchecked()
    assert open_ == queries.Unchecked(BACKUP, AT + timedelta(days=1), frozenset(Recheck))
    for what in Recheck:
        actions.check(by=office.supervisor, what=what, at=AT)
    assert queries.unchecked() is None


def test_the_pages_of_leads_and_of_the_machine_say_so_until_all_is_ticked(
    office: CaseOffice, others: Partners, case: Case, head: Member
) -> None:
    agreed(office, case, others.hospital)
    assert level() == Level.GOOD
    assert "Tidak ada pemulihan" in said(head, PAGE)
    actions.note_restore(backup_at=BACKUP, at=AT)
    assert level() == Level.BAD
    assert PAGE in said(office.supervisor, "/kantor/pagi/")
    assert PAGE not in said(office.melati, "/kantor/pagi/")
    page = said(head, PAGE)
    assert case.code in page
    assert f"/kasus/{case.code}/" not in page  # the head reads no case
    assert f"/kasus/{case.code}/persetujuan/" in said(office.supervisor, PAGE)
    lead = signed_in(Client(), office.supervisor)
    assert lead.post(PAGE, {"yang": "members"}).status_code == 422
    assert lead.post(PAGE, {"yang": "apa", "yakin": "1"}).status_code == 422
    assert not RestoreCheck.objects.exists()
    for what in Recheck:
        assert lead.post(PAGE, {"yang": what, "yakin": "1"}).status_code == 302
    assert level() == Level.GOOD
    assert PAGE not in said(office.supervisor, "/kantor/pagi/")


def level() -> Level:
    """How the page Sistem takes it."""
    [found] = [one for one in health.findings(AT) if one.about == "Sesudah pemulihan"]
    return found.level
