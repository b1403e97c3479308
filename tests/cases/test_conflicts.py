"""A conflict of interest in a case: it is gone for one, and not forgotten for the others."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from teduh.access.models import Conflict
from teduh.access.rules import Forbidden
from teduh.access.words import ConflictKind
from teduh.cases import actions, queries
from teduh.cases.models import Case, Crew
from teduh.cases.words import CrewRole, MergeReason
from teduh.intake.actions import declare_conflict as declare_of_report
from teduh.intake.actions import link_duplicate
from teduh.intake.models import Report
from teduh.intake.rules import WrongMove
from teduh.outbox.models import Message
from teduh.sop.models import Promise
from teduh.vault.actions import hand_out
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import AT, CaseOffice, a_report, opened
from tests.factories.reports import carded

pytestmark = pytest.mark.django_db
TOLD = {"kind": ConflictKind.FAMILY, "at": AT}


def test_a_case_and_its_reports_are_gone_together_from_lists_names_and_search(
    office: CaseOffice,
) -> None:
    first, second = a_report(office.team), a_report(office.team)
    for report in (first, second):
        carded(report, office.melati)
    case = opened(office, first, second)
    melati = signed_in(Client(), office.melati)
    known = [case.code, first.ticket.number, second.ticket.number]
    pages = ["/kantor/?keadaan=semua", "/kantor/kasus/", "/kantor/kartu/", "/kantor/janji/"]
    shown = "".join(melati.get(page).content.decode() for page in pages)
    assert all(one in shown for one in known)
    answer = melati.post(f"/kantor/kasus/{case.code}/kenal/", {"kind": "family"})
    assert answer.status_code == 302
    melati.get(answer["Location"])  # says once what was closed
    shown = "".join(melati.get(page).content.decode() for page in pages)
    assert not any(one in shown for one in known)
    assert melati.get("/kantor/kartu/").json()["all"] == 0
    with pytest.raises(Forbidden):
        hand_out(by=office.melati, subject=second.ticket.number, at=AT)


def test_a_form_without_a_reason_closes_nothing_and_says_so(office: CaseOffice) -> None:
    case = opened(office)
    for member in (office.melati, office.outsider):
        answer = signed_in(Client(), member).post(f"/kantor/kasus/{case.code}/kenal/")
        assert answer.status_code == 422
    assert not Conflict.objects.exists()


def test_a_manager_with_a_conflict_leaves_the_case_to_be_given_to_somebody(
    office: CaseOffice,
) -> None:
    case = opened(office)
    Promise.objects.filter(subject=case.code).update(owner=office.manager.code)
    Report.objects.update(handler=office.manager)
    head = MemberFactory(role="head", agency=office.team.agency)
    actions.declare_conflict(by=office.supervisor, case=case, member=office.manager, **TOLD)
    case.refresh_from_db()
    assert case.manager is None
    assert not Crew.objects.filter(member=office.manager, until__isnull=True).exists()
    assert set(Promise.objects.filter(subject=case.code).values_list("owner", flat=True)) == {""}
    assert Report.objects.get().handler is None
    assert Message.objects.filter(danger=True).count() == 2  # the supervisor and the head
    assert head
    able = [one.member for one in queries.loads(office.team.code, AT, case.code)]
    assert office.manager not in able
    with pytest.raises(Forbidden):
        actions.join(
            by=office.melati, case=case, member=office.manager, role=CrewRole.MANAGER, at=AT
        )


def test_who_is_kept_from_a_report_is_kept_from_the_case_it_goes_into(office: CaseOffice) -> None:
    case, second = opened(office), a_report(office.team)
    declare_of_report(by=office.manager, report=second, member=office.manager, **TOLD)
    assert queries.one(office.manager, case.code) == case
    actions.tell_also(by=office.melati, case=case, report=second, at=AT)
    assert queries.one(office.manager, case.code) is None
    assert Case.objects.get().manager is None


def test_no_case_is_opened_for_a_manager_with_a_conflict(office: CaseOffice) -> None:
    report = a_report(office.team)
    declare_of_report(by=office.manager, report=report, member=office.manager, **TOLD)
    with pytest.raises(Forbidden):
        opened(office, report)
    assert not Case.objects.exists()
    assert set(Conflict.objects.values_list("subject", flat=True)) == {report.ticket.number}


def test_a_report_told_in_a_case_is_closed_from_there(office: CaseOffice) -> None:
    report = queries.reports_of(opened(office))[0]
    with pytest.raises(WrongMove):
        declare_of_report(by=office.melati, report=report, member=office.melati, **TOLD)
    page = signed_in(Client(), office.melati).get(f"/kantor/laporan/{report.ticket.number}/")
    assert f"/kantor/kasus/{Case.objects.get().code}/kenal/" in page.content.decode()


def test_a_report_of_the_same_event_is_closed_too(office: CaseOffice) -> None:
    first, second = a_report(office.team), a_report(office.team)
    declare_of_report(by=office.outsider, report=first, member=office.outsider, **TOLD)
    link_duplicate(by=office.melati, report=second, other=first, at=AT)
    subjects = Conflict.objects.filter(member=office.outsider).values_list("subject", flat=True)
    assert set(subjects) == {first.ticket.number, second.ticket.number}


def test_of_a_case_one_does_not_see_nothing_is_said(office: CaseOffice) -> None:
    case = opened(office)
    actions.declare_conflict(by=office.melati, case=case, member=office.melati, **TOLD)
    with pytest.raises(Forbidden):
        actions.declare_conflict(by=office.melati, case=case, member=office.melati, **TOLD)
    with pytest.raises(Forbidden):
        actions.declare_conflict(by=office.manager, case=case, member=office.outsider, **TOLD)


def test_a_list_asks_the_same_for_none_and_for_many_conflicts(office: CaseOffice) -> None:
    client = signed_in(Client(), office.outsider)

    def asked() -> list[int]:
        found = []
        for page in ("/kantor/kasus/", "/kantor/?keadaan=semua", "/kantor/janji/"):
            with CaptureQueriesContext(connection) as seen:
                client.get(page)
            found.append(len(seen))
        return found

    cases = [opened(office) for _number in range(4)]
    asked()
    before = asked()
    for case in cases[1:]:
        actions.declare_conflict(by=office.supervisor, case=case, member=office.outsider, **TOLD)
    assert asked() == before


def test_a_conflict_told_while_the_case_is_merged_reaches_the_case_that_stays(
    office: CaseOffice,
) -> None:
    case, into = opened(office), opened(office)
    seen = Case.objects.get(pk=case.pk)  # as the page had it before
    merge = actions.ask_merge(
        by=office.melati, case=case, into=into, reason=MergeReason.OPENED_TWICE, at=AT
    )
    actions.approve_merge(by=office.supervisor, merge=merge, at=AT)
    actions.declare_conflict(by=office.supervisor, case=seen, member=office.manager, **TOLD)
    into.refresh_from_db()
    assert into.manager is None
    assert not Crew.objects.filter(case=into, member=office.manager, until=None).exists()
