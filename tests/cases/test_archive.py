"""A case that ended rests for the archive, is asked back from there, and wakes when it is taken up."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from teduh.access.models import Member, TeamSeat
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import queries, rules
from teduh.cases.actions import recovery
from teduh.cases.actions.archiving import ask_archive
from teduh.cases.actions.working import go
from teduh.cases.models import Case
from teduh.cases.words import ReopenReason, State
from teduh.outbox.models import Message
from teduh.vault.models import Compartment, Pair, Recall, Resting, Wrap
from teduh.vault.words import RecallReason
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.cases import AT, CaseOffice, at_state, opened

LATER = AT + timedelta(days=200)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(office: CaseOffice) -> Case:
    """A case that has just ended."""
    case = at_state(opened(office), State.MONITORING)
    case.closed_day, case.closed_for = AT.date(), "goals_met"
    case.save()
    return go(office.manager, case, State.CLOSED, AT)


def resting() -> set[str]:
    return set(Resting.objects.values_list("subject", flat=True))


def archived(case: Case) -> None:
    """As if its compartments had gone to the archive: two pairs, and no wrap to the team."""
    parts = Compartment.objects.filter(subject__in=queries.sealed_under(case)).exclude(comp="chat")
    Wrap.objects.filter(compartment__in=parts, kid__startswith="tim-").delete()
    for part in parts:
        for by in ("melati", "kenanga"):
            Pair.objects.create(compartment=part, by=by, at=AT, check_a=b"", check_b=b"")


def test_a_case_that_ends_rests_with_its_tickets_until_it_is_taken_up_again(
    office: CaseOffice, ended: Case
) -> None:
    tickets = {report.ticket.number for report in queries.reports_of(ended)}
    assert tickets
    assert resting() == {ended.code, *tickets}
    recovery.reopen(by=office.manager, case=ended, reason=ReopenReason.AGAIN, at=LATER)
    assert resting() == set()
    assert not Recall.objects.exists()


def test_a_case_that_was_merged_rests_with_the_one_that_stays(office: CaseOffice) -> None:
    stays, merged = opened(office), opened(office)
    Case.objects.filter(pk=merged.pk).update(
        merged_into=stays, closed_for=rules.MERGED, closed_day=AT.date(), state=State.CLOSED
    )
    merged.closed_for = rules.MERGED
    go(office.manager, merged, State.CLOSED, AT)
    assert resting() == set()
    stays.closed_day = AT.date()
    stays.save()
    go(office.manager, stays, State.CLOSED, AT)
    assert {stays.code, merged.code} <= resting()


def test_what_lies_in_the_archive_is_asked_for_with_a_reason(
    office: CaseOffice, ended: Case
) -> None:
    with pytest.raises(rules.WrongMove):
        ask_archive(by=office.manager, case=ended, reason=RecallReason.COURT, at=LATER)
    archived(ended)
    with pytest.raises(Forbidden):
        ask_archive(by=office.outsider, case=ended, reason=RecallReason.COURT, at=LATER)
    Message.objects.all().delete()  # of an address one waits at most
    ask_archive(by=office.manager, case=ended, reason=RecallReason.COURT, at=LATER)
    row = Recall.objects.get()
    assert (row.root, row.by, row.reason) == (ended.code, office.manager.code, "court")
    assert set(row.subjects) == set(queries.sealed_under(ended))
    assert Message.objects.count() == 1  # the supervisor
    line = Row.objects.get(verb="vault.recalled")
    assert (line.subject, line.by_code) == (ended.code, office.manager.code)


def test_a_case_taken_up_again_asks_for_what_lies_there(office: CaseOffice, ended: Case) -> None:
    archived(ended)
    recovery.reopen(by=office.manager, case=ended, reason=ReopenReason.AGAIN, at=LATER)
    assert Recall.objects.get().reason == RecallReason.REOPENED
    assert resting() == set()


def test_an_archive_that_refuses_leaves_the_case_as_it_was(office: CaseOffice, ended: Case) -> None:
    archived(ended)
    TeamSeat.objects.filter(member=office.manager).update(until=AT - timedelta(days=1))
    with pytest.raises(Forbidden):
        recovery.reopen(by=afresh(office.manager), case=ended, reason=ReopenReason.AGAIN, at=LATER)
    assert Case.objects.get(pk=ended.pk).state == State.CLOSED
    assert ended.code in resting()


def afresh(member: Member) -> Member:
    """The member as a new request finds them."""
    return Member.objects.get(pk=member.pk)


def test_the_page_says_where_its_parts_are_and_how_to_get_them(
    client: Client, office: CaseOffice, ended: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    archived(ended)
    Case.objects.filter(pk=ended.pk).update(opened_day=AT.date() - timedelta(days=300))
    desk = signed_in(client, office.manager)
    page, ask = f"/kantor/kasus/{ended.code}/", f"/kantor/kasus/{ended.code}/arsip/"
    assert "tersimpan di arsip" in desk.get(page).content.decode()
    [report] = queries.reports_of(ended)
    assert "bersama kasus" in desk.get(f"/kantor/laporan/{report.ticket.number}/").content.decode()
    assert "Pilih alasannya" in desk.post(ask, {"alasan": "lain"}, follow=True).content.decode()
    assert not Recall.objects.exists()
    shown = desk.post(ask, {"alasan": "her_request"}, follow=True).content.decode()
    assert "permintaan penyintas atas datanya" in shown
    assert Recall.objects.get().reason == RecallReason.HER_REQUEST


def test_a_form_into_the_archive_says_why_it_keeps_nothing_and_who_brings_it_back(
    client: Client, office: CaseOffice, ended: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    Case.objects.filter(pk=ended.pk).update(opened_day=AT.date() - timedelta(days=300))
    desk, notes = signed_in(client, office.manager), f"/kantor/kasus/{ended.code}/catatan/"
    assert "tidak dapat dikunci dengan aman" in desk.get(notes).content.decode()
    archived(ended)
    page = desk.get(notes).content.decode()
    assert "tidak dapat dikunci dengan aman" not in page
    said, *_same = re.findall(r'data-say="broken">(.*?)</p>', page)
    assert "tersimpan di arsip" in said
    assert "satu pemegang arsip dari tiap pihak" in said


def test_the_page_of_the_archive_shows_each_side_what_waits(
    client: Client, office: CaseOffice, ended: Case
) -> None:
    archived(ended)
    ask_archive(by=office.manager, case=ended, reason=RecallReason.COURT, at=LATER)
    side = TeamFactory(code="arsip-a", kind="archive_a", agency=office.team.agency)
    holder = MemberFactory(role="archive_keeper", team=side)
    page = signed_in(client, holder).get("/kantor/kunci/arsip/").content.decode()
    assert ended.code in page
    assert 'data-job="handOn"' in page
    assert "Batalkan permintaan" not in page
    page = signed_in(Client(), office.manager).get("/kantor/kunci/arsip/").content.decode()
    assert 'data-job="handOn"' not in page
    assert "Batalkan permintaan" in page
    stranger = MemberFactory(role="officer", team=TeamFactory())
    assert (
        ended.code not in signed_in(Client(), stranger).get("/kantor/kunci/arsip/").content.decode()
    )
