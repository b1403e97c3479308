"""Opening a case in need, what a survivor is told of openings, and handing cases over in bulk."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from teduh.access.rules import Forbidden
from teduh.access.words import ConflictKind
from teduh.audit.models import Row
from teduh.cases import actions, openers, queries, rules
from teduh.cases.models import BreakGlass, Case, Crew
from teduh.cases.words import CrewRole, GlassReason
from teduh.outbox.models import Message
from teduh.sop.models import Promise
from teduh.vault.actions import hand_out, hand_out_cards
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.cases import AT, CaseOffice, a_report, opened
from tests.factories.reports import carded

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def broken(office: CaseOffice, case: Case) -> BreakGlass:
    """An opening in need by the counsellor who has no place in the case."""
    return actions.break_glass(by=office.outsider, case=case, reason=GlassReason.MANAGER, at=AT)


def test_an_opening_in_need_lasts_thirty_minutes_and_is_told_at_once(office: CaseOffice) -> None:
    case = opened(office)
    head = MemberFactory(role="head", agency=office.team.agency)
    assert not queries.opens(office.outsider, case, AT)
    row = broken(office, case)
    assert row.until == AT + 30 * MINUTE
    assert queries.opens(office.outsider, case, row.until - MINUTE)
    assert not queries.opens(office.outsider, case, row.until)
    assert Message.objects.filter(danger=True).count() == 2
    assert head
    assert broken(office, case) == row
    line = Row.objects.get(verb="case.glass_broken")
    assert (line.by_code, line.subject, line.detail) == (
        office.outsider.code,
        case.code,
        '{"why":"manager"}',
    )


def test_it_gives_nobody_a_place_that_outlives_it(office: CaseOffice) -> None:
    case = opened(office)
    broken(office, case)
    with pytest.raises(Forbidden):
        actions.join(
            by=office.outsider,
            case=case,
            member=office.outsider,
            role=CrewRole.COUNSELLOR,
            at=AT + MINUTE,
        )
    assert not Crew.objects.filter(member=office.outsider).exists()


def test_never_across_teams_nor_with_a_conflict_nor_where_it_is_open_anyway(
    office: CaseOffice,
) -> None:
    case = opened(office)
    stranger = MemberFactory(role="officer", team=TeamFactory(agency=office.team.agency))
    actions.declare_conflict(
        by=office.outsider, case=case, member=office.outsider, kind=ConflictKind.WORK, at=AT
    )
    told = {"case": case, "reason": GlassReason.DANGER, "at": AT}
    for member in (stranger, office.outsider):
        with pytest.raises(Forbidden):
            actions.break_glass(by=member, **told)
    with pytest.raises(rules.WrongMove):
        actions.break_glass(by=office.melati, **told)
    assert not BreakGlass.objects.exists()
    assert not Row.objects.filter(verb="case.glass_broken").exists()


def test_the_page_opens_with_a_banner_and_closes_by_itself(office: CaseOffice) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        case = opened(office)
        page = f"/kantor/kasus/{case.code}/"
        client = signed_in(Client(), office.outsider)
        assert "Tim kasus" not in client.get(page).content.decode()
        refused = client.post(f"{page}darurat/", {"alasan": "danger"})
        assert refused.status_code == 422
        assert '<option value="danger" selected>' in refused.content.decode()
        client.post(f"{page}darurat/", {"alasan": "danger", "yakin": "1"})
        for address in (page, f"{page}orang/"):
            assert "Akses darurat sampai pukul 16.30" in client.get(address).content.decode()
        clock.shift(30 * MINUTE)
        assert "Tim kasus" not in client.get(page).content.decode()


def test_a_supervisor_looks_at_it_once_and_never_at_their_own(office: CaseOffice) -> None:
    row = broken(office, opened(office))
    with pytest.raises(Forbidden):
        actions.look_at_glass(by=office.melati, glass=row, at=AT)
    client = signed_in(Client(), office.supervisor)
    assert row.case.code in client.get("/kantor/kasus/darurat/").content.decode()
    for _time in range(2):
        assert client.post(f"/kantor/kasus/darurat/{row.pk}/lihat/").status_code == 302
    row.refresh_from_db()
    assert row.looked_by == office.supervisor
    assert Row.objects.filter(verb="case.glass_looked").count() == 1
    BreakGlass.objects.update(member=office.supervisor)
    assert client.post(f"/kantor/kasus/darurat/{row.pk}/lihat/").status_code == 404


def test_the_slip_names_roles_agencies_and_days_and_nobody(office: CaseOffice) -> None:
    report = a_report(office.team)
    carded(report, office.melati)
    case = opened(office, report)
    broken(office, case)
    ticket = report.ticket.number
    for member, subject in (
        (office.manager, case.code),
        (office.manager, ticket),
        (office.outsider, case.code),
    ):
        hand_out(by=member, subject=subject, at=AT)
    hand_out_cards(by=office.melati, subjects=[ticket], at=AT)
    told = [(one.role, one.what, one.times) for one in openers.of_case(case)]
    assert told == [
        ("Konselor atau psikolog", "akses darurat, paling lama 30 menit", 1),
        ("Konselor atau psikolog", "membaca yang tertulis", 1),
        ("Manajer kasus", "membaca yang tertulis", 2),
        ("Petugas pengaduan", "melihat nama di daftar kerja", 1),
    ]
    page = signed_in(Client(), office.manager).get(f"/kantor/kasus/{case.code}/siapa/")
    main = page.content.decode().partition("<main")[2]
    assert office.team.agency.name in main
    assert not any(
        one in main for one in (office.outsider.name, office.melati.name, office.manager.name)
    )


def test_all_cases_of_a_member_go_to_another_with_what_is_promised(office: CaseOffice) -> None:
    cases = [opened(office) for _number in range(2)]
    with pytest.raises(Forbidden):
        actions.hand_over(
            by=office.melati, giver=office.manager, taker=office.outsider, codes=[], at=AT
        )
    client = signed_in(Client(), office.supervisor)
    page = client.get(f"/kantor/kasus/serah/?dari={office.manager.code}").content.decode()
    assert all(f'value="{case.code}" checked' in page for case in cases)
    sent = {"dari": office.manager.code, "kasus": [case.code for case in cases]}
    assert client.post("/kantor/kasus/serah/", {**sent, "ke": ""}).status_code == 409
    client.post("/kantor/kasus/serah/", {**sent, "ke": office.outsider.code})
    assert set(Case.objects.values_list("manager__code", flat=True)) == {office.outsider.code}
    owners = Promise.objects.filter(subject__startswith="KSS").values_list("owner", flat=True)
    assert set(owners) == {office.outsider.code}
    assert not Crew.objects.filter(member=office.manager, until__isnull=True).exists()
    line = Row.objects.get(verb="case.handed_over")
    assert all(case.code in line.detail for case in cases)


def test_a_case_the_taker_is_kept_from_stops_all_of_it(office: CaseOffice) -> None:
    first, second = opened(office), opened(office)
    actions.declare_conflict(
        by=office.outsider, case=first, member=office.outsider, kind=ConflictKind.WORK, at=AT
    )
    client = signed_in(Client(), office.supervisor)
    sent = {
        "dari": office.manager.code,
        "ke": office.outsider.code,
        "kasus": [first.code, second.code],
    }
    answer = client.post("/kantor/kasus/serah/", sent)
    assert answer.status_code == 409
    told = "".join(str(one) for one in answer.context["messages"])
    assert first.code in told
    assert second.code not in told
    assert set(Case.objects.values_list("manager", flat=True)) == {office.manager.pk}
    assert not Row.objects.filter(verb="case.handed_over").exists()
