"""Guessing is slowed for the visitor who guesses; a ticket is never locked."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from teduh.intake.models import Report
from teduh.tickets import guessing
from teduh.vault.codes import spell_digits
from teduh.vault.packages import b64
from tests.factories import TeamFactory
from tests.factories.reports import AT, CODE, keys_for, received

pytestmark = pytest.mark.django_db
GUESSER, HER = "203.0.113.9", "203.0.113.10"
FREE = guessing.misses.pace.free
DOORS = ["/status/", "/status/pesan/", "/status/jangan-hubungi/"]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


@pytest.fixture
def report() -> Report:
    team = TeamFactory()
    keys_for(team)
    return received(team)


def told(report: Report, code: int = CODE, **more: str) -> dict[str, str]:
    return {"ticket": report.ticket.number, "code": spell_digits(code), **more}


def guess(report: Report, times: int, path: str = "/status/", address: str = GUESSER) -> list[int]:
    client = Client(REMOTE_ADDR=address)
    return [client.post(path, told(report, CODE + 1 + n)).status_code for n in range(times)]


@pytest.mark.parametrize("path", DOORS)
def test_too_many_wrong_codes_have_to_wait_at_every_door(report: Report, path: str) -> None:
    assert guess(report, FREE + 3) == [403] * FREE + [429] * 3
    answer = Client(REMOTE_ADDR=GUESSER).post(path, told(report, CODE + 99))
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= guessing.misses.pace.seconds
    assert "Tiket Anda tidak terkunci" in answer.content.decode()


def test_files_and_the_script_have_to_wait_too(report: Report) -> None:
    client = Client(REMOTE_ADDR=GUESSER)
    wrong = {"ticket": report.ticket.number, "auth": b64(b"x" * 32)}
    seen = [client.post("/lapor/berkas/", wrong).status_code for _time in range(FREE + 1)]
    assert seen == [403] * FREE + [429]
    for path in ("/lapor/berkas/", "/status/pesan/", "/status/", "/status/jangan-hubungi/"):
        answer = client.post(path, wrong, headers={"accept": "application/json"})
        assert (answer.status_code, answer.json()) == (429, {"wait": int(answer["Retry-After"])})


def test_the_right_code_from_anywhere_else_opens_at_once(report: Report) -> None:
    guess(report, FREE + 10)
    assert Client(REMOTE_ADDR=HER).post("/status/", told(report)).status_code == 303


@pytest.mark.parametrize("path", ["/status/", "/status/pesan/"])
def test_the_right_code_opens_at_once_even_where_somebody_guesses(
    report: Report, path: str
) -> None:
    """An abuser on her own network cannot keep her out."""
    guess(report, FREE + 10)
    answer = Client(REMOTE_ADDR=GUESSER).post(path, told(report), follow=True)
    assert answer.redirect_chain == [(path, 303)]
    assert answer.status_code == 200


def test_after_the_wait_one_more_slip_is_only_a_slip(
    report: Report, clock: time_machine.Traveller
) -> None:
    guess(report, FREE)
    assert guess(report, 1) == [429]
    clock.shift(timedelta(seconds=3 * guessing.misses.pace.seconds))
    assert guess(report, 1) == [403]


def test_right_codes_are_never_counted(report: Report) -> None:
    client = Client(REMOTE_ADDR=HER)
    for _time in range(3 * FREE):
        assert client.post("/status/", told(report)).status_code == 303


def test_who_came_in_before_stays_in_while_a_neighbour_guesses(report: Report) -> None:
    client = Client(REMOTE_ADDR=GUESSER)
    client.post("/status/", told(report, remember="1"))
    guess(report, FREE + 3)
    assert client.get("/status/pesan/").status_code == 200


@pytest.mark.parametrize(("before", "status"), [(FREE, 429), (0, 403)])
def test_a_reply_that_was_typed_outlives_the_wait_and_a_wrong_code(
    report: Report, before: int, status: int
) -> None:
    guess(report, before)
    answer = Client(REMOTE_ADDR=GUESSER).post(
        "/status/pesan/", told(report, CODE + 99, text="Contoh balasan penanda-3310")
    )
    assert answer.status_code == status
    assert "Contoh balasan penanda-3310" in answer.content.decode()
