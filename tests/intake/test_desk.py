"""The desk: the same few queries whatever the number of reports, and no word to who may not know."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from teduh.access.models import Member, Team
from teduh.access.words import AgencyKind
from teduh.audit.models import Row
from teduh.chat import actions as chat
from teduh.chat.models import Message
from teduh.chat.queries import thread
from teduh.intake.models import Report
from teduh.intake.words import State
from teduh.vault import demo, rules, suite
from teduh.vault.models import Card, Compartment
from teduh.vault.office import start_epoch
from tests.factories import AgencyFactory, MemberFactory, TeamFactory, signed_in
from tests.factories.reports import (
    AT,
    as_field,
    carded,
    keys_for,
    list_as_field,
    message_of,
    received,
)

pytestmark = pytest.mark.django_db
WORKLIST, WORKLIST_NAMED, REPORT = 12, 19, 28  # most queries of a page, session and rights included
OLD_KEYS = 1  # more where old keys are waited for


@pytest.fixture
def officer(team: Team) -> Member:
    return MemberFactory(role="officer", team=team)


def page_of(report: Report, rest: str = "") -> str:
    return f"/kantor/laporan/{report.ticket.number}/{rest}"


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_the_work_list_asks_the_same_for_one_report_and_for_many(
    team: Team, officer: Member
) -> None:
    client = signed_in(Client(), officer)
    received(team)
    client.get("/kantor/")
    one = queries_of(client, "/kantor/")
    for _number in range(6):
        received(team, danger="unsafe")
    assert queries_of(client, "/kantor/") == one
    assert one <= WORKLIST


def test_the_report_page_asks_the_same_whatever_the_report_holds(
    team: Team, officer: Member
) -> None:
    client = signed_in(Client(), officer)
    report = received(team)
    client.get(page_of(report))
    one = queries_of(client, page_of(report))
    addition = report.additions.create(number=2, token="t", day=AT, origin="server")
    addition.facts.create(question="needs", code="legal")
    with_one = queries_of(client, page_of(report))
    assert with_one == one + 1  # the coded answers of all additions
    for number in (3, 4):
        report.additions.create(number=number, token=f"{number}", day=AT, origin="server")
    one = with_one
    for code in ("physical", "online", "sexual"):
        report.coded.create(question="kinds", code=code)
    for _number in range(3):
        received(team)
    assert queries_of(client, page_of(report)) == one
    assert one <= REPORT


def test_a_list_with_names_asks_the_same_for_one_and_for_many(office: Team, melati: Member) -> None:
    client = signed_in(Client(), melati)
    carded(received(office), melati)
    client.get("/kantor/")
    one = queries_of(client, "/kantor/")
    for _number in range(6):
        carded(received(office), melati)
    assert queries_of(client, "/kantor/") == one
    assert one <= WORKLIST_NAMED


def test_a_list_over_fourteen_months_asks_the_same_as_over_four(
    office: Team, melati: Member
) -> None:
    """From the third month on what hangs on old keys is looked for, and whether an archive is."""
    carded(received(office), melati)
    client = signed_in(Client(), melati)
    client.get("/kantor/")
    asked = {1: queries_of(client, "/kantor/")}
    for month in range(1, 14):
        day = AT - timedelta(days=30 * month)
        seed = suite.sha256(f"epoch {month}".encode())
        start_epoch(office.code, {}, seed, day.date().replace(day=1))
        carded(received(office), melati, at=day)
        if month in {3, 13}:
            asked[month + 1] = queries_of(client, "/kantor/")
    assert Compartment.objects.filter(comp=rules.LIST).count() == 14
    assert asked[14] == asked[4] <= asked[1] + OLD_KEYS
    assert asked[1] <= WORKLIST_NAMED


@pytest.fixture
def office(db: None) -> Team:
    """The assessment team with the demo's keys, which a test can open."""
    demo.make_demo_office(
        teams={"asesmen": ["melati"]}, members=["melati"], key_officers=["melati"], at=AT
    )
    return TeamFactory(code="asesmen")


@pytest.fixture
def melati(office: Team) -> Member:
    return MemberFactory(code="melati", role="officer", team=office)


def test_a_report_asks_for_its_card_until_it_has_one(office: Team, melati: Member) -> None:
    report = received(office)
    client = signed_in(Client(), melati)
    assert b"data-make-card" in client.get(page_of(report)).content
    card, made = demo.seal_card(
        subject=report.ticket.number, team="asesmen", member="melati", name="Contoh", at=AT
    )
    sent = {"card": as_field(card), "made": list_as_field(made)}
    assert client.post(page_of(report, "kartu/"), sent).json() == {"ok": True}
    assert b"data-make-card" not in client.get(page_of(report)).content
    page = client.get("/kantor/").content.decode()
    assert f'data-of="{report.ticket.number}"' in page
    assert "Contoh" not in page.replace(melati.name, "")


def test_a_search_gets_every_card_of_ones_teams_once(
    office: Team, melati: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "CARDS_AT_ONCE", 2)
    reports = [received(office) for _number in range(5)]
    for report in reports:
        carded(report, melati)
    client, seen, last = signed_in(Client(), melati), [], 0
    for _page in range(4):
        told = client.get("/kantor/kartu/", {"sesudah": last}).json()
        seen += list(told["places"])
        last = told["last"]
    assert seen == [report.ticket.number for report in reports]
    assert (told["lists"], told["all"]) == ([], 5)
    lines = Row.objects.filter(verb="vault.searched")
    assert [line.detail for line in lines] == ['{"cards":1}', '{"cards":2}', '{"cards":2}']


def test_a_search_of_another_team_finds_nothing(office: Team, melati: Member) -> None:
    carded(received(office), melati)
    stranger = MemberFactory(role="officer", team=TeamFactory(agency=office.agency))
    client = signed_in(Client(), stranger)
    for sent in ("", "0", "-1", "x", "9" * 40):
        told = client.get("/kantor/kartu/", {"sesudah": sent}).json()
        assert (told["lists"], told["places"], told["all"]) == ([], {}, 0)


def test_a_card_that_is_not_sealed_is_refused(office: Team, melati: Member) -> None:
    report = received(office)
    client = signed_in(Client(), melati)
    for card in ("", "{}", "Contoh nama"):
        assert client.post(page_of(report, "kartu/"), {"card": card}).status_code == 409
    assert not Card.objects.exists()


def test_a_report_that_came_from_elsewhere_asks_for_no_card(team: Team) -> None:
    police = AgencyFactory(kind=AgencyKind.POLICE)
    report = received(team)
    Report.objects.filter(pk=report.pk).update(passed_to=police.code)
    partner = MemberFactory(role="partner_officer", agency=police)
    assert b"data-make-card" not in signed_in(Client(), partner).get(page_of(report)).content


def test_how_to_reach_her_stands_before_anything_she_wrote(team: Team, officer: Member) -> None:
    report = received(team, contact_via="none")
    page = signed_in(Client(), officer).get(page_of(report)).content.decode()
    assert page.index("Cara aman menghubungi") < page.index("Jangan hubungi saya")
    assert page.index("Jangan hubungi saya") < page.index("Yang ditulis pelapor")


def test_danger_the_story_and_the_steps_come_before_the_messages(
    team: Team, officer: Member
) -> None:
    report = received(team, danger="unsafe")
    page = signed_in(Client(), officer).get(page_of(report)).content.decode()
    order = ["Tidak aman", 'href="#langkah"', "Yang ditulis pelapor", 'id="langkah"', 'id="pesan"']
    places = [page.index(one) for one in order]
    assert places == sorted(places)


def test_opening_a_report_is_written_down(team: Team, officer: Member) -> None:
    report = received(team)
    signed_in(Client(), officer).get(page_of(report))
    line = Row.objects.get(verb="vault.read")
    assert (line.by_code, line.subject) == (officer.code, report.ticket.number)


@pytest.mark.parametrize("rest", ["", "langkah/", "pesan/"])
def test_a_report_of_another_team_is_not_there(team: Team, rest: str) -> None:
    report = received(team)
    stranger = MemberFactory(role="officer", team=TeamFactory(agency=team.agency))
    client = signed_in(Client(), stranger)
    ask = client.post if rest else client.get
    answer = ask(page_of(report, rest), {"to": "taken"})
    unknown = ask(f"/kantor/laporan/TDH-0000-0001/{rest}", {"to": "taken"})
    assert answer.status_code == unknown.status_code == 404
    assert Report.objects.get(pk=report.pk).state == State.NEW
    assert not Row.objects.filter(verb="vault.read").exists()


def test_an_officer_takes_a_report(team: Team, officer: Member) -> None:
    report = received(team)
    answer = signed_in(Client(), officer).post(page_of(report, "langkah/"), {"to": "taken"})
    assert answer.status_code == 302
    assert Report.objects.get(pk=report.pk).state == State.TAKEN


@pytest.mark.parametrize(
    "asked",
    [
        {"to": "new"},
        {"to": "nonsense"},
        {"to": ""},
        {"to": "passed"},
        {"to": "passed", "partner": "nobody"},
        {"to": "duplicate", "other": "TDH-0000-0001"},
        {"to": "duplicate"},
    ],
)
def test_a_step_that_cannot_be_taken_is_said_and_changes_nothing(
    team: Team, officer: Member, asked: dict[str, str]
) -> None:
    report = received(team)
    client = signed_in(Client(), officer)
    page = client.post(page_of(report, "langkah/"), asked, follow=True)
    assert page.status_code == 409
    assert [str(one.level_tag) for one in page.context["messages"]] == ["error"]
    assert Report.objects.get(pk=report.pk).state == State.NEW


def test_a_report_is_passed_to_another_agency_and_not_to_the_own(
    team: Team, officer: Member
) -> None:
    police = AgencyFactory()
    client = signed_in(Client(), officer)
    for partner, state in ((team.agency.code, State.NEW), (police.code, State.PASSED)):
        report = received(team)
        client.post(page_of(report, "langkah/"), {"to": "passed", "partner": partner})
        assert Report.objects.get(pk=report.pk).state == state


def test_a_duplicate_can_only_be_linked_to_a_report_one_may_see(
    team: Team, officer: Member
) -> None:
    elsewhere = TeamFactory(agency=team.agency)
    keys_for(elsewhere)
    foreign, own, report = received(elsewhere), received(team), received(team)
    client = signed_in(Client(), officer)
    told = {"to": "duplicate", "other": foreign.ticket.number}
    client.post(page_of(report, "langkah/"), told)
    assert Report.objects.get(pk=report.pk).same_as is None
    client.post(page_of(report, "langkah/"), {**told, "other": own.ticket.number})
    assert Report.objects.get(pk=report.pk).same_as == own


def test_a_message_that_is_not_sealed_is_refused(team: Team, officer: Member) -> None:
    report = received(team)
    client = signed_in(Client(), officer)
    for sealed in ("", "Contoh teks terbuka", "{}"):
        assert client.post(page_of(report, "pesan/"), {"sealed": sealed}).status_code == 409
    assert not Message.objects.exists()


def test_who_does_not_triage_answers_without_moving_the_report(office: Team) -> None:
    report = received(office)
    counsellor = MemberFactory(code="melati", role="counsellor", team=office)
    item = demo.seal_answer(
        ticket=report.ticket.number, team="asesmen", member="melati", text="Halo.", seq=1, at=AT
    )
    client = signed_in(Client(), counsellor)
    assert b'name="ask"' not in client.get(page_of(report)).content
    answer = client.post(page_of(report, "pesan/"), {"sealed": as_field(item), "ask": "1"})
    assert answer.status_code == 200
    assert Report.objects.get(pk=report.pk).state == State.NEW
    assert Message.objects.count() == 1


def test_two_officers_answer_one_ticket(team: Team) -> None:
    report = received(team)
    officers = [MemberFactory(role="officer", team=team) for _number in range(2)]
    for seq, member in ((1, officers[0]), (2, officers[1]), (3, officers[0])):
        item = message_of(report, member, f"Contoh {seq}", seq=seq)
        chat.answer(by=member, ticket=report.ticket, items=[item], at=AT)
    assert [row.seq for row in thread(report.ticket.number)] == [1, 2, 3]


def test_a_report_is_guided_elsewhere_only_once_its_sender_was_written_to(
    team: Team, officer: Member
) -> None:
    report, client = received(team), signed_in(Client(), officer)
    refused = client.post(page_of(report, "langkah/"), {"to": "guided"})
    assert refused.status_code == 409
    assert "Kirim dulu arahannya lewat pesan" in refused.content.decode()
    assert Report.objects.get(pk=report.pk).state == State.NEW
    item = message_of(report, officer, "Contoh arahan.")
    chat.answer(by=officer, ticket=report.ticket, items=[item], at=AT)
    assert client.post(page_of(report, "langkah/"), {"to": "guided"}).status_code == 302
    assert Report.objects.get(pk=report.pk).state == State.GUIDED


@pytest.mark.parametrize(
    ("role", "place"),
    [("auditor", "/kantor/jejak/"), ("head", "/kantor/anggota/"), ("city_it", "/kantor/sistem/")],
)
def test_who_reads_no_reports_is_led_to_their_own_work(role: str, place: str) -> None:
    page = signed_in(Client(), MemberFactory(role=role)).get("/kantor/").content.decode()
    main = page.partition("<main")[2]
    assert "Meja kerja" in main
    assert "Daftar kerja" not in main
    assert f'href="{place}"' in main


def test_an_officer_tells_the_kind_of_violence_and_may_change_it(
    team: Team, officer: Member
) -> None:
    report, client = received(team), signed_in(Client(), officer)
    page = page_of(report, "golongan/")
    client.post(page, {"subtypes": ["on_groom", "on_groom"], "exploitation": "ex_labour"})
    assert coded(report) == {("subtypes", "on_groom"), ("exploitation", "ex_labour")}
    shown = client.get(page_of(report)).content.decode()
    assert "<dt>Digolongkan petugas</dt><dd>Grooming daring</dd>" in shown
    assert 'value="on_groom" checked' in shown
    assert 'name="subtypes" value="undisclosed"' not in shown
    client.post(page, {"subtypes": "on_sext"})
    assert coded(report) == {("subtypes", "on_sext")}
    lines = Row.objects.filter(verb="report.classified", subject=report.ticket.number)
    assert [line.by_code for line in lines] == [officer.code] * 2


def test_a_code_of_no_list_is_refused_and_what_the_reporter_said_stays(
    team: Team, officer: Member
) -> None:
    report = received(team, several={"kinds": ("physical",)})
    client = signed_in(Client(), officer)
    for told in ({"subtypes": "ex_labour"}, {"exploitation": "x"}, {"kinds": "online"}):
        client.post(page_of(report, "golongan/"), told)
    assert coded(report) == {("kinds", "physical")}


def coded(report: Report) -> set[tuple[str, str]]:
    return set(report.coded.values_list("question", "code"))
