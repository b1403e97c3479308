"""Two cases that turn out to be one: by two people, nothing lost, tickets apart, no way back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from teduh.access.models import Conflict
from teduh.access.rules import Forbidden
from teduh.access.words import ConflictKind
from teduh.audit.models import Row
from teduh.cases import actions, merges, queries, rules, sharing
from teduh.cases.actions import daily, legal, recovery
from teduh.cases.models import Case, Merge, Protection
from teduh.cases.words import (
    ClosureReason,
    CrewRole,
    MergeReason,
    MergeRefusal,
    ProtectionKind,
    ReopenReason,
    State,
    TaskKind,
    TaskState,
)
from teduh.intake.actions import declare_conflict as declare_of_report
from teduh.intake.models import Report
from teduh.intake.queries import together
from teduh.lib.timing import local_day
from teduh.outbox.models import Message
from teduh.sop import actions as sop
from teduh.sop.models import Promise
from teduh.sop.queries import running_of
from teduh.sop.words import Ended
from teduh.tickets.models import Ticket
from teduh.vault.models import Envelope
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.cases import (
    AT,
    CaseOffice,
    a_report,
    assessed,
    at_state,
    opened,
    planned,
    sealed_item,
)

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def ask(office: CaseOffice, case: Case, into: Case) -> Merge:
    """Melati asks."""
    reason = MergeReason.SHE_SAID
    return actions.ask_merge(by=office.melati, case=case, into=into, reason=reason, at=LATER)


def merged(office: CaseOffice, case: Case, into: Case) -> Case:
    """Asked by melati, approved by the supervisor; the case that goes on in the other."""
    row = ask(office, case, into)
    actions.approve_merge(by=office.supervisor, merge=row, at=LATER)
    return Case.objects.get(pk=case.pk)


def test_both_cases_are_locked_at_once_the_older_first(office: CaseOffice) -> None:
    into, case = opened(office), opened(office)
    with CaptureQueriesContext(connection) as told:
        ask(office, case, into)
    locks = [
        one["sql"]
        for one in told.captured_queries
        if one["sql"].startswith('SELECT "cases_case"."id"') and "EXISTS" not in one["sql"]
    ]
    assert f"IN ({case.pk}, {into.pk})" in locks[0]  # never one, then the other
    assert 'ORDER BY "cases_case"."id" ASC' in locks[0]


def test_one_asks_another_merges_and_both_are_told(office: CaseOffice) -> None:
    case, into = opened(office), opened(office)
    Message.objects.all().delete()
    row = ask(office, case, into)
    assert Message.objects.count() == 1  # to the supervisor
    assert Case.objects.get(pk=case.pk).state == State.OPEN
    promise = Promise.objects.get(subject=case.code, step="closure_review")
    assert promise.met_at is None
    assert actions.approve_merge(by=office.supervisor, merge=row, at=LATER) == into
    case.refresh_from_db()
    assert (case.state, case.closed_for, case.merged_into) == (State.CLOSED, "merged", into)
    assert case.closed_day == local_day(LATER)
    promise.refresh_from_db()
    assert promise.met_at == LATER
    lines = Row.objects.filter(verb__in=("case.merge_asked", "case.merged")).order_by("number")
    assert [line.by_code for line in lines] == ["melati", office.supervisor.code]


def test_each_ticket_stays_its_own_and_follows_the_case_that_stays(office: CaseOffice) -> None:
    first, second = a_report(office.team, door="self"), a_report(office.team, door="other")
    case, into = opened(office, first), planned(office, second)
    merged(office, case, into)
    assert queries.reports_of(case) == []
    assert {one.pk for one in queries.reports_of(into)} == {first.pk, second.pk}
    assert set(Report.objects.values_list("case_code", flat=True)) == {into.code}
    stages = dict(Ticket.objects.values_list("number", "stage"))
    assert len(stages) == 2
    assert stages[first.ticket.number] == stages[second.ticket.number]
    assert first.ticket.number in together(Report.objects.get(pk=second.pk))


def test_what_was_promised_goes_on_once_and_by_the_sooner_day(office: CaseOffice) -> None:
    case, into = opened(office, at=AT - timedelta(hours=5)), opened(office)
    sop.happened(by=office.melati.actor, event="rights.told", subject=into.code, at=AT)
    before = {row.step: row for row in running_of(case.code)}
    merged(office, case, into)
    assert running_of(case.code) == []
    left = {row.step: row for row in running_of(into.code)}
    assert left["risk_assessment"].pk == before["risk_assessment"].pk
    assert left["risk_assessment"].due_at == before["risk_assessment"].due_at
    assert left["risk_assessment"].owner == office.manager.code
    assert "rights_told" not in left  # told in the case that stays, after the other promised it
    ended = Promise.objects.filter(ended=Ended.DOUBLE).values_list("subject", "step")
    assert set(ended) == {(into.code, "risk_assessment"), (case.code, "rights_told")}
    assessed(office, Case.objects.get(pk=into.pk))
    assert not Promise.objects.running().filter(step="risk_assessment").exists()


def test_the_higher_risk_the_child_and_the_last_contact_count_for_both(office: CaseOffice) -> None:
    case, into = opened(office), opened(office)
    assessed(office, case, computed="extreme", score="30")
    Case.objects.filter(pk=case.pk).update(
        child=True, contact_day=local_day(AT), agreed_day=local_day(AT)
    )
    later = local_day(AT) + timedelta(days=3)
    Case.objects.filter(pk=into.pk).update(agreed_day=later)
    case.refresh_from_db()
    assert into.band == "medium"
    merged(office, case, into)
    into.refresh_from_db()
    assert (into.band, into.urgency, into.child) == ("extreme", 0, True)
    assert into.contact_day == local_day(AT)
    assert into.agreed_day == local_day(AT)
    assert {row.band for row in running_of(into.code) if row.step == "plan"} == {"extreme"}


def test_protection_goes_along_and_is_extended_in_the_case_that_stays(office: CaseOffice) -> None:
    case, into = opened(office), opened(office)
    since = local_day(AT)
    legal.protect(
        by=office.melati,
        case=case,
        kind=ProtectionKind.TPKS,
        since=since,
        until=since + timedelta(days=7),
        at=AT,
    )
    merged(office, case, into)
    row = Protection.objects.get()
    assert row.case == into
    legal.protection_over(by=office.melati, row=row, at=LATER)
    assert Promise.objects.get(step="protection_end").met_at == LATER


def test_no_order_of_protection_loses_its_warning(office: CaseOffice) -> None:
    case, into = opened(office), opened(office)
    day = local_day(AT)
    told = {"by": office.melati, "kind": ProtectionKind.TPKS, "since": day, "at": AT}
    old = legal.protect(case=into, until=day + timedelta(days=5), **told)
    legal.protection_over(by=office.melati, row=old, at=AT + timedelta(minutes=30))
    first = legal.protect(case=case, until=day + timedelta(days=7), **told)
    merged(office, case, into)  # what ended there is another order
    [warned] = Promise.objects.running().filter(step="protection_end")
    assert (warned.subject, local_day(warned.due_at)) == (into.code, first.until)
    other = opened(office)
    second = legal.protect(case=other, until=day + timedelta(days=9), **told)
    merged(office, other, Case.objects.get(pk=into.pk))
    first.refresh_from_db()
    legal.protection_over(by=office.melati, row=first, at=LATER)
    [warned] = Promise.objects.running().filter(step="protection_end")
    assert (warned.subject, local_day(warned.due_at)) == (into.code, second.until)


def test_what_was_written_stays_sealed_where_it_is_and_opens_for_the_team_that_stays(
    office: CaseOffice,
) -> None:
    case, into = planned(office), opened(office)
    daily.note(by=office.melati, case=case, items=[sealed_item(case, daily.NOTE, "x")], at=AT)
    actions.join(
        by=office.melati, case=into, member=office.outsider, role=CrewRole.COUNSELLOR, at=AT
    )
    kept = Envelope.objects.filter(compartment__subject=case.code).count()
    assert not queries.belongs(office.outsider, case, AT)
    case = merged(office, case, into)
    assert Envelope.objects.filter(compartment__subject=case.code).count() == kept
    client = signed_in(Client(), office.outsider)
    overview = client.get(f"/kantor/kasus/{into.code}/").content.decode()
    assert f'href="/kantor/kasus/{case.code}/"' in overview
    for page in ("", "catatan/", "rencana/", "risiko/", "hukum/", "hak/", "tinjauan/", "selesai/"):
        shown = client.get(f"/kantor/kasus/{case.code}/{page}").content.decode()
        assert f'href="/kantor/kasus/{into.code}/"' in shown
        assert 'class="page kept"' in shown
    assert (
        case.notes.get().item in client.get(f"/kantor/kasus/{case.code}/catatan/").content.decode()
    )


def test_a_place_in_the_team_that_stays_reads_the_parts_of_the_assessment_too(
    office: CaseOffice,
) -> None:
    case, into = opened(office), opened(office)
    actions.join(
        by=office.melati, case=into, member=office.outsider, role=CrewRole.COUNSELLOR, at=AT
    )
    before = sharing.parts_for(office.outsider, case, AT).reads
    here = sharing.parts_for(office.outsider, into, AT).reads
    case = merged(office, case, into)
    assert before == frozenset()
    assert sharing.parts_for(office.outsider, case, AT).reads == here != frozenset()


def test_nothing_is_written_in_a_merged_case_but_its_tasks_are_ended(office: CaseOffice) -> None:
    case, into = planned(office), opened(office)
    day = local_day(AT)
    task = daily.add_task(
        by=office.melati, case=case, kind=TaskKind.CALL, who=office.melati, due=day, items=[], at=AT
    )
    case = merged(office, case, into)
    client = signed_in(Client(), office.melati)
    code = case.code
    for page in (
        "langkah/",
        "orang/",
        "rencana/sepakat/",
        "hak/semua/",
        "pembalasan/",
        "buka-kembali/",
    ):
        answer = client.post(f"/kantor/kasus/{code}/{page}", {"to": "closed", "kind": "threat"})
        assert answer.status_code in {403, 409, 422}
    with pytest.raises(Forbidden):
        recovery.reopen(by=office.supervisor, case=case, reason=ReopenReason.ASKED, at=LATER)
    with pytest.raises(Forbidden):
        actions.tell_also(by=office.melati, case=case, report=a_report(office.team), at=LATER)
    assert (
        client.post(f"/kantor/kasus/{code}/tugas/{task.pk}/", {"keadaan": "done"}).status_code
        == 302
    )
    task.refresh_from_db()
    assert task.state == TaskState.DONE
    assert Case.objects.get(pk=case.pk).state == State.CLOSED


def test_two_people_two_open_cases_of_one_team(office: CaseOffice) -> None:
    case, into = opened(office), opened(office)
    with pytest.raises(rules.SameCase):
        ask(office, case, case)
    mine = actions.ask_merge(
        by=office.supervisor, case=case, into=into, reason=MergeReason.SHE_SAID, at=LATER
    )
    with pytest.raises(rules.SameHand):
        actions.approve_merge(by=office.supervisor, merge=mine, at=LATER)
    with pytest.raises(Forbidden):
        actions.approve_merge(by=office.manager, merge=mine, at=LATER)
    for one, other in ((case, into), (into, case)):  # something waits for an answer already
        with pytest.raises(rules.WrongMove):
            ask(office, one, other)
    with pytest.raises(rules.WrongMove):
        recovery.ask_closure(
            by=office.melati, case=case, reason=ClosureReason.DUPLICATE, items=[], at=LATER
        )
    at_state(into, "closed")
    other = MemberFactory(role="supervisor", team=office.team)
    with pytest.raises(rules.WrongMove):
        actions.approve_merge(by=other, merge=mine, at=LATER)
    actions.refuse_merge(by=other, merge=mine, reason=MergeRefusal.UNSURE, at=LATER)
    with pytest.raises(rules.WrongMove):  # closed by now
        ask(office, case, into)
    with pytest.raises(rules.WrongMove):  # answered already
        actions.approve_merge(by=other, merge=mine, at=LATER)
    assert Case.objects.filter(merged_into__isnull=False).count() == 0
    assert Promise.objects.get(step="closure_review").met_at == LATER
    with pytest.raises(IntegrityError), transaction.atomic():
        Merge.objects.filter(pk=mine.pk).update(answerer=mine.asker)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(merged_into=into)


def test_a_case_of_another_team_is_not_merged(office: CaseOffice) -> None:
    case, into = opened(office), opened(office)
    other = TeamFactory(code="lain", agency=office.team.agency)
    Case.objects.filter(pk=into.pk).update(team_code=other.code)
    with pytest.raises(Forbidden):
        ask(office, case, Case.objects.get(pk=into.pk))
    office.melati.seats.create(team=other, since=AT)
    melati = type(office.melati).objects.get(pk=office.melati.pk)
    with pytest.raises(rules.OtherTeam):
        actions.ask_merge(
            by=melati,
            case=case,
            into=Case.objects.get(pk=into.pk),
            reason=MergeReason.SHE_SAID,
            at=LATER,
        )


def test_who_is_kept_from_one_is_kept_from_both_and_from_what_is_merged_later(
    office: CaseOffice,
) -> None:
    first = a_report(office.team)
    into = opened(office)
    declare_of_report(
        by=office.manager, report=first, member=office.manager, kind=ConflictKind.FAMILY, at=AT
    )
    case = opened(office, first, manager=office.melati)
    case = merged(office, case, into)
    into.refresh_from_db()
    assert into.manager is None
    closed = set(Conflict.objects.filter(member=office.manager).values_list("subject", flat=True))
    assert closed >= {case.code, into.code, first.ticket.number}
    for one in (case, into):
        assert queries.one(office.manager, one.code) is None
    actions.declare_conflict(
        by=office.supervisor, case=case, member=office.outsider, kind=ConflictKind.WORK, at=LATER
    )
    assert queries.one(office.outsider, into.code) is None


def test_whoever_is_kept_from_one_neither_asks_nor_answers(office: CaseOffice) -> None:
    case, into = opened(office), opened(office)
    row = ask(office, case, into)
    assert merges.waiting(office.melati, into) == [row]
    actions.declare_conflict(
        by=office.supervisor, case=into, member=office.supervisor, kind=ConflictKind.WORK, at=AT
    )
    supervisor = type(office.supervisor).objects.get(pk=office.supervisor.pk)
    with pytest.raises(Forbidden):
        actions.approve_merge(by=supervisor, merge=row, at=LATER)
    assert merges.seen(supervisor, case).count() == 0
    assert merges.waiting(supervisor, case) == merges.waiting(supervisor, into) == []
    assert (
        into.code
        not in signed_in(Client(), supervisor)
        .get(f"/kantor/kasus/{case.code}/satukan/")
        .content.decode()
    )


def test_a_case_merged_before_follows_to_where_its_case_goes(office: CaseOffice) -> None:
    first, second, third = opened(office), opened(office), opened(office)
    merged(office, first, second)
    second = merged(office, Case.objects.get(pk=second.pk), third)
    first.refresh_from_db()
    assert first.merged_into == third
    assert set(queries.belonging(third)) >= {first.code, second.code, third.code}
    assert len(queries.reports_of(third)) == 3


def test_the_page_says_what_cannot_be_undone_before_the_second_click(office: CaseOffice) -> None:
    case, into = opened(office), opened(office)
    path = f"/kantor/kasus/{case.code}/satukan/"
    melati, seroja = (signed_in(Client(), one) for one in (office.melati, office.supervisor))
    for typed in ("KSS-0000-0000", case.code, "bukan kode"):
        answer = melati.post(path, {"ke": typed, "alasan": "she_said"})
        assert answer.status_code == 409
        assert f'value="{typed}"' in answer.content.decode()
    assert melati.post(path, {"ke": into.code.lower(), "alasan": ""}).status_code == 409
    assert melati.post(path, {"ke": into.code.lower(), "alasan": "she_said"}).status_code == 302
    shown = seroja.get(path).content.decode()
    assert "penyatuan tidak dapat dibatalkan" in shown
    assert into.code in seroja.get(f"/kantor/kasus/{into.code}/").content.decode()
    answer_at = f"{path}jawaban/"
    assert melati.post(answer_at, {"jawaban": "setuju", "yakin": "1"}).status_code == 403
    assert seroja.post(answer_at, {"jawaban": "setuju"}).status_code == 409
    assert seroja.post(answer_at, {"jawaban": "tidak"}).status_code == 409
    answer = seroja.post(answer_at, {"jawaban": "setuju", "yakin": "1"})
    assert answer["Location"] == f"/kantor/kasus/{into.code}/"
    assert "Buka kembali" not in seroja.get(f"/kantor/kasus/{case.code}/selesai/").content.decode()
    assert seroja.post(answer_at, {"jawaban": "setuju", "yakin": "1"}).status_code == 409
