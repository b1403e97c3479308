"""The morning page: every number is the length of the list it leads to, whoever looks."""

import copy
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from teduh.access.models import Member
from teduh.cases.actions import ask_link, daily
from teduh.cases.models import Case
from teduh.cases.queries.lists import LOADS
from teduh.cases.words import LinkKind, TaskKind
from teduh.config import morning
from teduh.lib.codes import new_breach
from teduh.lib.timing import local_day
from teduh.records.actions import asking
from teduh.records.models import Breach
from teduh.records.words import Ask, BreachKind, Came
from teduh.sop import actions as sop
from teduh.sop.models import Promise
from teduh.sop.words import Pause
from tests.conftest import MakeOnce
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import CaseOffice, a_report, case_office, opened
from tests.factories.services import answered, partner, sent

pytestmark = pytest.mark.django_db
MORNING = "/kantor/pagi/"
LISTS = {  # address -> what stands once for each row of it
    "/kantor/": r'<a href="/kantor/laporan/TDH-[0-9A-Z-]+/"><b>',
    "/kantor/kasus/": r'<a href="/kantor/kasus/KSS-[0-9A-Z-]+/"><b>',
    "/kantor/data/permintaan/": r'<td><a href="/kantor/data/kasus/KSS-[0-9A-Z-]+/"><b>',
    "/kantor/data/kebocoran/": r'<td><a href="/kantor/data/kebocoran/BCR-[0-9A-Z-]+/"><b>',
    "/kantor/kasus/tugas/": r'<li class="task">',
    "/kantor/kasus/kaitan/": r'<a href="/kantor/kasus/kaitan/[A-Z0-9-]+/"><b>',
    "/kantor/layanan/rujukan/": r'<td><a href="/kantor/layanan/kasus/KSS-[0-9A-Z-]+/rujukan/',
    "/kantor/janji/daftar/": r"<li(?: class=\"late\")?>\s*<p><b>",
}
MOST_STATEMENTS = 23


@pytest.fixture(scope="module")
def office_once(make_once: MakeOnce) -> CaseOffice:
    """The team and its work, made once."""
    made: CaseOffice = make_once(_office)
    return made


@pytest.fixture
def office(office_once: CaseOffice) -> CaseOffice:
    """A team with keys, and work of every sort in it."""
    return copy.deepcopy(office_once)


def _office() -> CaseOffice:
    made, now = case_office(), timezone.now()
    old = now - timedelta(days=4)
    a_report(made.team, at=now - timedelta(hours=3), danger="unsafe")
    a_report(made.team, at=now)
    asked = a_report(made.team, at=now)
    asked.state, asked.handler, asked.unread = "asked", made.melati, 2
    asked.save()
    high = opened(made, a_report(made.team, at=old, danger="unsafe"), at=old)
    low = opened(made, a_report(made.team, at=old), at=old)
    opened(made, a_report(made.team, at=now), at=now)
    Case.objects.filter(pk=low.pk).update(manager=None, band="low", urgency=3)
    Case.objects.filter(pk=high.pk).update(band="high", urgency=1)
    closed = opened(made, a_report(made.team, at=old), at=old)
    Case.objects.filter(pk=closed.pk).update(state="closed")
    for days in (-1, 0, 0, 1):
        daily.add_task(
            by=made.melati, case=high, kind=TaskKind.CALL, who=made.melati, items=[], at=now,
            due=local_day(now) + timedelta(days=days),
        )  # fmt: skip
    ask_link(
        by=made.melati, subject=asked.ticket.number, other=low.code, kind=LinkKind.SURVIVOR, at=now
    )
    asking.register(
        by=made.melati, case=high, kind=Ask.COPY, came=Came.MET, asked_at=now, items=[], at=now
    )
    for _partner in range(2):
        to = partner()
        answered(to, sent(made, high, to, at=now), "refused", at=now)
    for closed_day in (None, None, local_day(now)):
        a_breach(made, closed_day)
    sop.tick(at=now)
    running = Promise.objects.running().filter(subject=high.code)
    sop.pause(by=made.melati, promise=running.order_by("id")[0], reason=Pause.ILL, at=now)
    return made


def a_breach(office: CaseOffice, closed_day: date | None) -> Breach:
    """One that somebody registered, closed or not."""
    return Breach.objects.create(
        code=new_breach(),
        team_code=office.team.code,
        kind=BreachKind.LOST,
        known_at=timezone.now(),
        due_at=timezone.now(),
        member=office.supervisor,
        authority_at=timezone.now(),
        asker=office.supervisor,
        closer=office.melati if closed_day else None,
        closed_day=closed_day,
    )


def client_of(member: Member) -> Client:
    return signed_in(Client(), member)


def numbers(member: Member) -> dict[str, morning.Number]:
    parts = morning.parts(member, timezone.now())
    return {f"{part.key}: {one.label}": one for part in parts for one in part.numbers}


@pytest.mark.parametrize("who", ["melati", "manager", "supervisor", "outsider"])
def test_every_number_is_the_length_of_its_list(office: CaseOffice, who: str) -> None:
    client, wrong, seen = client_of(getattr(office, who)), {}, 0
    for label, one in numbers(getattr(office, who)).items():
        page = client.get(one.href).content.decode()
        rows = len(re.findall(LISTS[one.href.split("?")[0]], page))
        seen += one.count
        if rows != one.count:
            wrong[label] = (one.count, rows)
    assert wrong == {}
    assert seen > 4


def test_a_supervisor_sees_the_team_and_an_officer_does_not(office: CaseOffice) -> None:
    assert "tim: Kasus lama tanpa kontak" not in numbers(office.melati)
    assert numbers(office.melati)["sekarang: Rujukan ditolak atau tidak dijawab"].count == 2
    told = numbers(office.supervisor)
    assert told["tim: Kasus lama tanpa kontak"].count == 1
    assert told["tim: Kasus tanpa manajer"].count == 1
    assert told["tim: Kebocoran data, belum ditutup"].count == 2
    assert told["tim: Terlambat dan belum ada yang mengurus"].count > 1
    assert told["beban: Contoh Kenanga"].count == 2  # a closed case weighs nothing
    assert told["beban: Contoh Cempaka"].count == 0  # who is free is seen too


def test_of_many_people_a_supervisor_sees_who_walks_with_most_and_the_way_to_all(
    office: CaseOffice,
) -> None:
    for _one in range(LOADS):
        MemberFactory(role="counsellor", team=office.team)
    loads = [one for key, one in numbers(office.supervisor).items() if key.startswith("beban")]
    assert len(loads) == LOADS
    assert (str(loads[0].label), loads[0].count) == ("Contoh Kenanga", 2)
    assert (
        'href="/kantor/kasus/beban/"' in client_of(office.supervisor).get(MORNING).content.decode()
    )


def test_the_own_numbers_are_ones_own(office: CaseOffice) -> None:
    assert numbers(office.melati)["kasus: Tinggi"].count == 1
    assert numbers(office.outsider)["kasus: Tinggi"].count == 0
    assert numbers(office.melati)["menunggu: Laporan saya, menunggu jawaban pelapor"].count == 1


@pytest.mark.parametrize(
    ("band", "days", "told"),
    [("extreme", 1, 1), ("high", 2, 0), ("high", 3, 1), ("medium", 13, 0), ("medium", 14, 1),
     ("low", 29, 0), ("low", 30, 1)],
)  # fmt: skip
def test_the_higher_the_risk_the_sooner_silence_is_told(
    office: CaseOffice, band: str, days: int, told: int
) -> None:
    day = local_day(timezone.now())
    case = opened(office)
    urgency = ("extreme", "high", "medium", "low").index(band)
    Case.objects.filter(pk=case.pk).update(band=band, urgency=urgency, opened_day=day)
    Case.objects.filter(pk=case.pk).update(contact_day=day - timedelta(days=days))
    assert Case.objects.going_on().quiet_on(day).filter(pk=case.pk).count() == told


def test_more_work_costs_no_more_statements(office: CaseOffice) -> None:
    client, costs = client_of(office.supervisor), []
    client.get(MORNING)
    for _turn in range(2):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(MORNING).status_code == 200
        costs.append(len(seen))
        for _number in range(3):
            opened(office)
            MemberFactory(role="counsellor", team=office.team)
    assert costs[0] == costs[1] <= MOST_STATEMENTS


def test_the_morning_comes_first_for_who_reads_and_not_at_all_for_others(
    office: CaseOffice,
) -> None:
    page = client_of(office.melati).get("/kantor/").content.decode()
    assert f'class="brand" href="{MORNING}"' in page
    assert re.search(rf'class="places".*?<a href="{MORNING}"', page, re.DOTALL)
    head = client_of(MemberFactory(role="head", agency=office.team.agency))
    assert 'class="brand" href="/kantor/"' in head.get("/kantor/").content.decode()
    assert MORNING not in head.get("/kantor/").content.decode()
    assert head.get(MORNING).status_code == 403
