"""Erasing what is no longer kept: by two people, with nothing that still needs it."""

from datetime import date, timedelta

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import AgencyKind, ConflictKind
from teduh.audit.models import Row
from teduh.cases import actions as cases
from teduh.cases.actions.recovery import reopen
from teduh.cases.models import Case, JusticeStep, Person
from teduh.cases.words import ReopenReason
from teduh.intake.models import Report
from teduh.intake.models import Step as Moved
from teduh.records import queries, rules
from teduh.records.actions import keeping as actions
from teduh.records.models import Erasure, Retained
from teduh.records.words import Answer, Hold, KeepReason
from teduh.sop.models import Promise
from teduh.vault import units
from teduh.vault.actions import units_covering
from tests.factories import AgencyFactory, MemberFactory, TeamFactory, signed_in
from tests.factories.cases import AT, CaseOffice, a_report, opened

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
TODAY = date(2026, 11, 24)
LONG_AGO = date(2021, 11, 1)
CaptureCommit = DjangoCaptureOnCommitCallbacks


@pytest.fixture
def head(office: CaseOffice) -> Member:
    """The head of the office, in no team."""
    return MemberFactory(role="head", agency=office.team.agency)


def ended(office: CaseOffice, day: date = LONG_AGO, **told: object) -> Case:
    """A case that ended on `day`, with nothing promised any more."""
    case = opened(office)
    Promise.objects.running().update(ended_at=AT, ended="no_need", next_at=None)
    Case.objects.filter(pk=case.pk).update(
        state="closed", opened_day=day, closed_day=day, closed_for="goals_met", **told
    )
    return Case.objects.get(pk=case.pk)


def subjects(rows: "queries.CaseQuery | list[Case]") -> list[str]:
    return [one.code for one in rows]


def test_a_case_is_listed_on_the_day_its_term_ends_and_not_before(office: CaseOffice) -> None:
    case = ended(office, date(2021, 11, 24))
    by = office.supervisor
    assert not queries.due_cases(by, TODAY - timedelta(days=1))
    assert subjects(queries.due_cases(by, TODAY)) == [case.code]
    [line] = queries.lines_of_cases([case], TODAY)
    assert (line.kind.key, line.until, line.stops) == ("case", TODAY, [])
    assert case.code in signed_in(Client(), by).get("/kantor/data/").content.decode()


@pytest.mark.parametrize(
    ("band", "opened_day"),
    [
        ("13-17", date(2011, 11, 24)),
        ("6-12", date(2004, 11, 24)),
        ("0-5", date(1998, 11, 24)),
        ("", date(1998, 11, 24)),
    ],
)
def test_a_childs_case_waits_until_the_youngest_is_grown_and_ten_years_more(
    office: CaseOffice, band: str, opened_day: date
) -> None:
    case = ended(office, opened_day, child=True)
    Person.objects.filter(case=case).update(age_band=band)
    by = office.supervisor
    assert subjects(queries.due_cases(by, TODAY)) == [case.code]
    assert not queries.due_cases(by, TODAY - timedelta(days=1))
    assert queries.lines_of_cases([case], TODAY)[0].until == TODAY


def test_two_people_erase_a_case_and_its_rows_stay(
    office: CaseOffice, head: Member, django_capture_on_commit_callbacks: CaptureCommit
) -> None:
    case = ended(office)
    ticket = Report.objects.get().ticket.number
    asked = actions.ask_erasure(by=office.supervisor, subject=case.code, at=AT)
    with pytest.raises(rules.SameHand):
        actions.approve_erasure(by=office.supervisor, asked=asked, at=AT)
    assert units.find_many(units_covering(case.code))
    with django_capture_on_commit_callbacks(execute=True):
        actions.approve_erasure(by=head, asked=asked, at=AT)
    assert not units.find_many({*units_covering(case.code), *units_covering(ticket)})
    row = Erasure.objects.get()
    assert (row.answer, row.answerer, row.answered_day) == (Answer.APPROVED, head, TODAY)
    assert Case.objects.get(pk=case.pk).erased_day == TODAY
    assert Person.objects.filter(case=case, sex="P").exists()
    assert Row.objects.filter(verb="vault.forgotten").count() == 2
    assert Row.objects.get(verb="case.erased").subject == case.code
    assert not queries.due_cases(head, TODAY)
    with pytest.raises(Forbidden):
        actions.approve_erasure(by=head, asked=asked, at=AT)


def test_a_merged_case_goes_with_the_one_that_stays(office: CaseOffice, head: Member) -> None:
    merged, stays = ended(office), ended(office)
    Case.objects.filter(pk=merged.pk).update(merged_into=stays, closed_for="merged")
    assert subjects(queries.due_cases(head, TODAY)) == [stays.code]
    JusticeStep.objects.create(case=merged, stage="sidang", day=LONG_AGO, member=office.melati)
    assert queries.lines_of_cases([stays], TODAY)[0].stops == ["court"]
    JusticeStep.objects.all().delete()
    asked = actions.ask_erasure(by=office.supervisor, subject=stays.code, at=AT)
    actions.approve_erasure(by=head, asked=asked, at=AT)
    assert set(Case.objects.values_list("erased_day", flat=True)) == {TODAY}
    forgotten = Row.objects.filter(verb="vault.forgotten").values_list("subject", flat=True)
    assert {merged.code, stays.code} <= set(forgotten)


def test_what_was_erased_is_neither_opened_again_nor_written_into(
    office: CaseOffice, head: Member
) -> None:
    case = ended(office)
    asked = actions.ask_erasure(by=office.supervisor, subject=case.code, at=AT)
    actions.approve_erasure(by=head, asked=asked, at=AT)
    with pytest.raises(Forbidden):
        reopen(by=office.melati, case=case, reason=ReopenReason.ASKED, at=AT)
    client = signed_in(Client(), office.melati)
    for page in ("", "selesai/"):
        answer = client.get(f"/kantor/kasus/{case.code}/{page}")
        assert "dimusnahkan 24 November 2026" in answer.content.decode()
    assert "Buka kembali" not in answer.content.decode()


def test_the_court_a_hold_and_a_promise_each_stop_it_with_their_reason(
    office: CaseOffice, head: Member
) -> None:
    case = ended(office)
    JusticeStep.objects.create(case=case, stage="sidang", day=LONG_AGO, member=office.melati)
    with pytest.raises(rules.Stopped, match=r"^court$"):
        actions.ask_erasure(by=office.supervisor, subject=case.code, at=AT)
    JusticeStep.objects.create(case=case, stage="inkrah", day=LONG_AGO, member=office.melati)
    asked = actions.ask_erasure(by=office.supervisor, subject=case.code, at=AT)
    held = actions.hold(by=head, subject=case.code, reason=Hold.COMPLAINT, at=AT)
    with pytest.raises(rules.Stopped, match=r"^held$"):
        actions.approve_erasure(by=head, asked=asked, at=AT)
    actions.let_go(by=head, held=held, at=AT)
    Promise.objects.filter(subject=case.code, step="review").delete()
    Promise.objects.filter(subject=case.code).update(ended_at=None, ended="")
    with pytest.raises(rules.Stopped, match=r"^promises$"):
        actions.approve_erasure(by=head, asked=asked, at=AT)
    assert Erasure.objects.get().answer == ""
    assert not Row.objects.filter(verb="vault.forgotten").exists()


def test_nothing_is_erased_before_its_term_or_asked_for_twice(office: CaseOffice) -> None:
    young = ended(office, date(2022, 1, 1))
    with pytest.raises(rules.NotDue):
        actions.ask_erasure(by=office.supervisor, subject=young.code, at=AT)
    old = ended(office)
    actions.ask_erasure(by=office.supervisor, subject=old.code, at=AT)
    with pytest.raises(rules.AlreadyAsked):
        actions.ask_erasure(by=office.supervisor, subject=old.code, at=AT)
    going = opened(office)
    with pytest.raises(Forbidden):
        actions.ask_erasure(by=office.supervisor, subject=going.code, at=AT)


def test_whoever_says_no_says_why_and_whoever_asked_may_take_it_back(
    office: CaseOffice, head: Member
) -> None:
    case = ended(office)
    asked = actions.ask_erasure(by=office.supervisor, subject=case.code, at=AT)
    actions.refuse_erasure(by=head, asked=asked, reason=KeepReason.NEEDED, at=AT)
    assert Erasure.objects.get().kept_for == KeepReason.NEEDED
    again = actions.ask_erasure(by=office.supervisor, subject=case.code, at=AT)
    actions.refuse_erasure(by=office.supervisor, asked=again, reason=KeepReason.CHECK, at=AT)
    assert Erasure.objects.get() == asked
    assert Row.objects.filter(verb="erasure.refused").count() == 2


def test_an_officer_a_stranger_and_whoever_is_kept_from_it_decide_nothing(
    office: CaseOffice, head: Member
) -> None:
    case = ended(office)
    away = TeamFactory(agency=AgencyFactory(kind=AgencyKind.POLICE))
    stranger = MemberFactory(role="supervisor", team=away)
    for by in (office.melati, stranger):
        with pytest.raises(Forbidden):
            actions.ask_erasure(by=by, subject=case.code, at=AT)
        with pytest.raises(Forbidden):
            actions.hold(by=by, subject=case.code, reason=Hold.COURT, at=AT)
    asked = actions.ask_erasure(by=office.supervisor, subject=case.code, at=AT)
    cases.declare_conflict(
        by=office.supervisor, case=case, member=head, kind=ConflictKind.FRIEND, at=AT
    )
    with pytest.raises(Forbidden):
        actions.approve_erasure(by=head, asked=asked, at=AT)
    with pytest.raises(Forbidden):
        cases.erase(by=office.melati, case=case, at=AT)


def a_guided_report(office: CaseOffice, day: date = date(2024, 11, 1)) -> Report:
    """A report that became no case; its last step was on `day`."""
    report = a_report(office.team)
    Report.objects.filter(pk=report.pk).update(state="guided", day=day)
    Moved.objects.create(report=report, to="guided", member=office.melati, day=day)
    Promise.objects.running().update(ended_at=AT, ended="no_need", next_at=None)
    return Report.objects.get(pk=report.pk)


def test_a_report_that_became_no_case_is_erased_with_those_that_tell_the_same(
    office: CaseOffice, head: Member, django_capture_on_commit_callbacks: CaptureCommit
) -> None:
    report, same = a_guided_report(office), a_report(office.team)
    Report.objects.filter(pk=same.pk).update(state="taken", same_as=report)
    ticket = report.ticket.number
    assert [one.subject for one in lines(head)] == [ticket]
    assert lines(head)[0].stops == ["going", "promises"]
    Report.objects.filter(pk=same.pk).update(state="duplicate")
    Promise.objects.running().update(ended_at=AT, ended="no_need", next_at=None)
    asked = actions.ask_erasure(by=office.supervisor, subject=ticket, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        actions.approve_erasure(by=head, asked=asked, at=AT)
    both = {*units_covering(ticket), *units_covering(same.ticket.number)}
    assert not units.find_many(both)
    assert lines(head) == []
    assert Report.objects.count() == 2


def lines(member: Member) -> list[queries.Kept]:
    return queries.lines_of_reports(list(queries.due_reports(member, TODAY)))


def test_the_pages_take_the_request_and_the_second_hand(office: CaseOffice, head: Member) -> None:
    case = ended(office)
    client, second = signed_in(Client(), office.supervisor), signed_in(Client(), head)
    answer = client.post("/kantor/data/musnah/minta/", {"subject": case.code}, follow=True)
    assert "Menunggu orang lain; Anda yang meminta." in answer.content.decode()
    page = f"/kantor/data/musnah/{Erasure.objects.get().pk}/"
    assert client.post(page, {"yakin": "1"}).status_code == 409
    assert second.post(page).status_code == 409
    answer = second.post(page, {"yakin": "1"}, follow=True)
    assert "Tidak ada yang dapat membukanya lagi" in answer.content.decode()
    assert case.code in answer.content.decode()


@pytest.mark.parametrize("subject", ["", "a\0b", "KSS-xx", "TDH-ZZZZ-ZZZZ"])
def test_what_is_no_code_of_ours_is_not_there_to_be_erased(
    office: CaseOffice, head: Member, subject: str
) -> None:
    ended(office)
    asked = signed_in(Client(), head).post(reverse("records:ask_erasure"), {"subject": subject})
    assert asked.status_code == 404
    assert not Erasure.objects.exists()


def test_a_wrong_code_stays_in_the_form_that_holds_something_back(
    office: CaseOffice, head: Member
) -> None:
    case, client = ended(office), signed_in(Client(), head)
    wrong = client.post("/kantor/data/tahan/", {"subject": "KSS-xx", "reason": "court"})
    assert wrong.status_code == 422
    assert 'value="KSS-xx"' in wrong.content.decode()
    assert "Ini bukan kode kasus dan bukan nomor tiket." in wrong.content.decode()
    client.post("/kantor/data/tahan/", {"subject": case.code.lower(), "reason": "court"})
    assert Retained.objects.get().subject == case.code
    client.post(f"/kantor/data/tahan/{Retained.objects.get().pk}/lepas/")
    assert not Retained.objects.standing().exists()


def test_a_hold_locks_what_an_erasure_locks(office: CaseOffice, head: Member) -> None:
    """Else it comes in between the check of an erasure and its end, and holds nothing back."""
    case = ended(office)
    with CaptureQueriesContext(connections["default"]) as told:
        actions.hold(by=head, subject=case.code, reason=Hold.COURT, at=AT)
    said = [one["sql"] for one in told.captured_queries]
    lock = next(
        n for n, sql in enumerate(said) if 'FROM "intake_report"' in sql and "ORDER BY" in sql
    )
    kept = next(n for n, sql in enumerate(said) if 'INSERT INTO "records_retained"' in sql)
    assert lock < kept


def test_the_list_costs_as_many_queries_for_many_as_for_one(office: CaseOffice) -> None:
    client = signed_in(Client(), office.supervisor)

    def count() -> int:
        with CaptureQueriesContext(connections["default"]) as asked:
            assert client.get("/kantor/data/").status_code == 200
        return len(asked)

    ended(office)
    one = count()
    for _number in range(3):
        ended(office)
    assert count() == one
