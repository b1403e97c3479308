"""A server that is killed while people send: what was answered is there and opens, no half, no double."""

import http.client
import json
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections

from teduh.intake.channels import KINDS
from tests.support import crashing, offices
from tests.support.offices import Office
from tests.support.server import free_port

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
LONG = bool(os.environ.get("TEDUH_LONG"))
HOST = "teduh.contoh.invalid"
SENDERS = 4
SEE_OTHER = 303
LATEST = 1.5  # seconds after the first report is on its way until the kill, at most
START_SECONDS = 60
SMALL, LARGE = b"x" * 1000, b"x" * 1_200_000  # bytes; one piece, two pieces
BOUNDARY = "batas-contoh"
Kill = Callable[[], None]


@dataclass(frozen=True)
class Form:
    """A form as one person has it before her: sent again when no answer came."""

    ticket: str
    story: str
    body: bytes


@dataclass
class Told:
    """Who got an answer, and who did not."""

    answered: dict[str, str] = field(default_factory=dict)  # ticket -> story
    waiting: list[Form] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    on_its_way: threading.Event = field(default_factory=threading.Event)


def test_a_server_killed_three_times_loses_no_report(office: Office) -> None:
    survives(office, 3)


@pytest.mark.long
def test_a_server_killed_a_hundred_times_loses_no_report(office: Office) -> None:
    survives(office, 100)


@pytest.mark.django_db
def test_on_every_channel_a_server_that_dies_at_any_moment_keeps_a_message_once() -> None:
    """What a process of the server was killed over is sent again unchanged, as every sender does it:
    the page with what was typed, the outbox of a browser, the gateway. On PostgreSQL in the long run.
    """
    if connection.vendor != "sqlite" and not LONG:
        pytest.skip("only scripts/test --long runs it on PostgreSQL")
    with offices.empty() as office:
        lay_tables(office)
        told = {"TEDUH_ROOT_PUBLIC": settings.TEDUH_ROOT_PUBLIC, **crashing.SURROUNDINGS}
        done = office.told(**told).run("-m", "tests.support.crashing", seconds=600)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    for name, one in found["senders"].items():
        nothing, whole = [0] * len(one["kept"]), [1] * len(one["kept"])
        *died, lived = one["between"]
        assert nothing in died, name
        assert whole in died, name  # kept, and no answer
        assert [some for some in died if some not in (nothing, whole)] == [], name
        assert (lived, one["kept"]) == (whole, whole), name
        assert one["status"] == one["again"] in {200, SEE_OTHER}, name
    assert found["flaw"] == ""
    views = [one["view"].split(".") for one in found["senders"].values()]
    assert {view[3] for view in views if view[2] == "channels"} == set(KINDS)


@pytest.fixture
def office() -> Iterator[Office]:
    """An office whose keys anybody can compute, with somebody on duty."""
    with offices.furnished() as made:
        made.ask("staff")
        yield made


def survives(office: Office, kills: int) -> None:
    """Kill so many times; then every report is whole, and whatever is not whole is not there."""
    told = Told()
    for _kill in range(kills):
        with served(office) as (port, kill):
            reporters = [
                threading.Thread(target=report, args=(port, told)) for _n in range(SENDERS)
            ]
            told.on_its_way.clear()
            for one in reporters:
                one.start()
            told.on_its_way.wait(START_SECONDS)
            time.sleep(random.uniform(0, LATEST))
            kill()
            for one in reporters:
                one.join()
    with served(office) as (port, _kill):
        send_again(port, told)
    found = office.ask("standing")
    assert told.refused == []
    assert len(told.answered) > kills
    assert {ticket: found["says"].get(ticket) for ticket in told.answered} == told.answered
    assert set(found["says"]) - set(told.answered) == set(offices.TICKETS)
    assert found["halves"] == []
    assert 1 <= found["notices"] <= len(told.answered)  # one that waits stands for all
    office.ask("a_day_later")
    assert office.ask("standing") == {**found, "strays": []}
    assert " rows, head " in office.manage("verify_audit")


def lay_tables(office: Office) -> None:
    """On SQLite, copy those of this test, which are there already; on PostgreSQL it lays its own."""
    if connection.vendor != "sqlite":
        return
    home = Path(office.environment["TEDUH_VAR"])
    home.mkdir()
    for alias, file in (("default", "teduh.sqlite3"), ("shred", "shred.sqlite3")):
        connections[alias].ensure_connection()
        (home / file).write_bytes(connections[alias].connection.serialize())


@contextmanager
def served(office: Office) -> Iterator[tuple[int, Kill]]:
    """Web process and clock, until the block ends or they are killed."""
    port = free_port()
    lines = (("serve", "--port", str(port)), ("clock",))
    started = [
        subprocess.Popen(
            [sys.executable, "manage.py", *line],
            cwd=offices.HOUSE,
            env=office.surroundings(),
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        for line in lines
    ]

    def kill() -> None:
        for one in started:
            with suppress(ProcessLookupError):
                os.killpg(one.pid, signal.SIGKILL)
            one.wait()

    try:
        until_it_answers(port)
        yield port, kill
    finally:
        kill()


def report(port: int, told: Told) -> None:
    """Report again and again, first what had no answer, until nobody listens any more."""
    with suppress(OSError, http.client.HTTPException):
        while True:
            send(port, told, told.waiting.pop() if told.waiting else form(port))


def send_again(port: int, told: Told) -> None:
    """Send what had no answer, as its writer does when the line is back."""
    for one in told.waiting[:]:
        told.waiting.remove(one)
        send(port, told, one)


def form(port: int) -> Form:
    """Fetch the page and fill it in: a story nobody else tells, and a file."""
    _status, page = ask(port, "GET", "/lapor/")
    hidden = dict(re.findall(r'name="(ticket|r|seed)" value="([^"]+)"', page))
    story = f"Contoh cerita {secrets.token_hex(8)}."
    file = secrets.choice((SMALL, SMALL, SMALL, LARGE))
    return Form(hidden["ticket"], story, multipart({**hidden, "story": story}, file))


def send(port: int, told: Told, one: Form) -> None:
    """Send a form; it waits for the next life of the server where no answer comes."""
    told.on_its_way.set()
    try:
        status, _page = ask(port, "POST", "/lapor/", one.body)
    except (OSError, http.client.HTTPException):
        told.waiting.append(one)
        raise
    if status == SEE_OTHER:
        told.answered[one.ticket] = one.story
    else:
        told.refused.append(status)


def ask(port: int, method: str, path: str, body: bytes = b"") -> tuple[int, str]:
    """One request, as the proxy passes it on from an address of its own."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    address = ".".join(str(secrets.randbelow(250) + 1) for _part in range(4))
    headers = {
        "Host": HOST,
        "Origin": f"https://{HOST}",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": address,
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
    }
    try:
        line.request(method, path, body, headers)
        got = line.getresponse()
        return got.status, got.read().decode()
    finally:
        line.close()


def multipart(fields: dict[str, str], file: bytes) -> bytes:
    """A form with one file, as a browser spells it."""
    start, head = f"--{BOUNDARY}\r\n", 'Content-Disposition: form-data; name="'
    told = "".join(f'{start}{head}{name}"\r\n\r\n{text}\r\n' for name, text in fields.items())
    told += f'{start}{head}files"; filename="contoh.txt"\r\nContent-Type: text/plain\r\n\r\n'
    return told.encode() + file + f"\r\n--{BOUNDARY}--\r\n".encode()


def until_it_answers(port: int) -> None:
    """Ask for the front page until somebody answers."""
    last = time.monotonic() + START_SECONDS
    while True:
        try:
            ask(port, "GET", "/")
        except OSError:
            if time.monotonic() > last:
                raise
            time.sleep(0.05)
        else:
            return
