"""The web process and the clock of a real office: they refuse what is not safe, and they answer."""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pytest_django import Settings

from teduh.config import server
from tests.support import offices
from tests.support.offices import Office
from tests.support.server import free_port

START_SECONDS = 30
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """Databases of this release without anybody in them."""
    with offices.empty() as made:
        made.manage("upgrade")
        yield made


@contextmanager
def running(office: Office, *line: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A service in the foreground, ended politely afterwards, as an init system does."""
    with subprocess.Popen(
        [sys.executable, "manage.py", *line], cwd=offices.HOUSE, env=office.surroundings()
    ) as started:
        yield started
        started.terminate()
        assert started.wait(timeout=15) == 0


def answer(port: int) -> http.client.HTTPResponse:
    """The front page, as the proxy asks for it."""
    last = time.monotonic() + START_SECONDS
    while True:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        told = {"Host": "teduh.contoh.invalid", "X-Forwarded-Proto": "https"}
        try:
            line.request("GET", "/", headers=told)
            got = line.getresponse()
            got.read()
            return got
        except OSError:
            if time.monotonic() > last:
                raise
            time.sleep(0.1)
        finally:
            line.close()


def test_a_web_process_answers_behind_a_proxy_and_ends_when_told(office: Office) -> None:
    port = free_port()
    with running(office, "serve", "--port", str(port)):
        got = answer(port)
        assert got.status == 200
        assert got.headers["Server"] == "Teduh"
        assert "max-age=31536000" in got.headers["Strict-Transport-Security"]
        said = office.refused("serve", "--port", str(port))
        assert "is taken" in said


def test_the_clock_leaves_a_sign_of_life(office: Office) -> None:
    assert "Jam kerja sistem: Belum pernah" in office.run("manage.py", "doctor").stdout
    with running(office, "clock"):
        last = time.monotonic() + START_SECONDS
        while "[ok] Jam kerja sistem" not in office.run("manage.py", "doctor").stdout:
            assert time.monotonic() < last


@pytest.mark.parametrize(
    ("settings", "wishes", "reason"),
    [
        ({"TEDUH_DEMO": "1"}, (), "everybody"),
        ({"TEDUH_TLS": ""}, ("--address", "0.0.0.0"), "behind TLS"),
    ],
)
def test_what_is_not_safe_is_not_served(
    office: Office, settings: dict[str, str], wishes: tuple[str, ...], reason: str
) -> None:
    assert reason in office.told(**settings).refused("serve", *wishes)


def test_nothing_runs_on_databases_of_another_release() -> None:
    with offices.empty() as bare:
        for service in ("serve", "clock"):
            assert "`upgrade`" in bare.refused(service)
        assert "[!!]" in bare.run("manage.py", "doctor").stdout


@pytest.mark.parametrize(("processes", "threads"), [(1, 32), (2, 16), (4, 8), (64, 1)])
def test_threads_are_shared_among_as_many_processes_as_the_settings_say(
    settings: Settings, processes: int, threads: int
) -> None:
    settings.TEDUH_PROCESSES = processes
    assert server.hands() == server.Hands(processes, threads)


def test_the_threads_leave_a_postgresql_room_for_the_clock_and_the_commands() -> None:
    assert server.THREADS * 2 < 100 - 20
