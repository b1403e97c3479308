"""The board shows what is late, and what is done to a promise is done from the page it stands on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from teduh.access.models import Member, Team
from teduh.intake.models import Report
from teduh.sop import actions
from teduh.sop.models import Promise
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.reports import keys_for, received

pytestmark = pytest.mark.django_db
BOARD = "/kantor/janji/"


@pytest.fixture
def team() -> Team:
    made = TeamFactory(code="asesmen", name="Tim contoh")
    keys_for(made)
    return made


@pytest.fixture
def officer(team: Team) -> Member:
    return MemberFactory(role="officer", team=team)


@pytest.fixture
def report(team: Team) -> Report:
    """A report of two hours ago that nobody has answered: contact and triage are late."""
    made = received(team, at=timezone.now() - timedelta(hours=2), danger="unsafe")
    actions.tick(at=timezone.now())
    return made


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]  # Django's own response


def contact() -> Promise:
    return Promise.objects.get(step="first_contact")


def test_what_is_late_stands_on_the_board_with_its_ticket(report: Report, officer: Member) -> None:
    page = text(signed_in(Client(), officer).get(BOARD))
    assert "Kontak pertama" in page
    assert "terlambat 1 jam 30 menit" in page
    assert f"/kantor/laporan/{report.ticket.number}/" in page


def test_the_wall_shows_no_ticket(report: Report, officer: Member) -> None:
    page = text(signed_in(Client(), officer).get(f"{BOARD}?layar=dinding"))
    assert "Kontak pertama" in page
    assert report.ticket.number not in page


def test_whoever_answers_for_the_office_sees_what_is_late_without_a_way_in(
    report: Report, team: Team
) -> None:
    page = text(signed_in(Client(), MemberFactory(role="head", agency=team.agency)).get(BOARD))
    assert report.ticket.number in page
    assert "/kantor/laporan/" not in page


def test_an_empty_board_says_so(officer: Member) -> None:
    assert text(signed_in(Client(), officer).get(BOARD)).count("Tidak ada.") == 3


def test_many_late_promises_cost_no_more_statements(
    report: Report, officer: Member, team: Team
) -> None:
    client, costs = signed_in(Client(), officer), []
    for code in (101, 102, 103):
        with CaptureQueriesContext(connection) as seen:
            client.get(BOARD)
        costs.append(len(seen))
        received(team, at=timezone.now() - timedelta(hours=2), code=code)
    assert len(set(costs[1:])) == 1


def test_a_late_promise_is_known_from_the_board(report: Report, officer: Member) -> None:
    client = signed_in(Client(), officer)
    assert "Saya tahu, saya urus" in text(client.get(BOARD))
    answer = client.post(f"{BOARD}{contact().pk}/dengar/")
    assert (answer.status_code, answer.headers["Location"]) == (302, BOARD)
    assert contact().heard_by == officer.code
    again = client.post(f"{BOARD}{contact().pk}/dengar/", follow=True)
    assert "Keadaannya sudah berubah" in text(again)


def test_promises_of_long_ago_are_folded_above_those_that_run(
    report: Report, officer: Member
) -> None:
    path, client = f"/kantor/laporan/{report.ticket.number}/", signed_in(Client(), officer)
    for many, folded in ((12, False), (1, True)):
        for _one in range(many):
            row = contact_that_runs()
            row.pk, row.met_at, row.reason = None, row.began_at, ""
            row.save(force_insert=True)
        page = text(client.get(path))
        assert ("13 janji yang sudah lewat" in page) is folded
    assert page.index("ditepati") < page.index("terlambat 1 jam 30 menit")


def contact_that_runs() -> Promise:
    return Promise.objects.running().get(step="first_contact")


def test_a_promise_waits_for_a_reason_of_the_list_only(report: Report, officer: Member) -> None:
    client, ticket = signed_in(Client(), officer), report.ticket.number
    way, page_of = f"{BOARD}{contact().pk}/tunda/", f"/kantor/laporan/{ticket}/"
    refused = client.post(way, {"alasan": "busy", "kembali": page_of}, follow=True)
    assert "Pilih alasannya dulu" in text(refused)
    assert contact().paused_at is None
    answer = client.post(way, {"alasan": "asked", "kembali": page_of})
    assert answer.headers["Location"] == page_of
    page = text(client.get(page_of))
    assert "Penyintas meminta menunggu" in page
    client.post(f"{BOARD}{contact().pk}/lanjut/", {"kembali": page_of})
    assert contact().paused_at is None


@pytest.mark.parametrize("page", ["//contoh.invalid/", "https://contoh.invalid/kantor/", "/lapor/"])
def test_the_way_back_leads_nowhere_else(report: Report, officer: Member, page: str) -> None:
    away = {"kembali": page}
    answer = signed_in(Client(), officer).post(f"{BOARD}{contact().pk}/dengar/", away)
    assert answer.headers["Location"] == BOARD


def test_the_procedure_is_printed_from_the_file_the_clock_goes_by(officer: Member) -> None:
    page = text(signed_in(Client(), officer).get("/kantor/sop/"))
    assert "Versi 2026-1" in page
    assert "Pelindungan sementara polisi, UU TPKS" in page
    assert "30 menit" in page
    assert "usulan" in page
