"""Open conversations: pages that poll while others write, and whether every word is there once, in order."""

import http.client
import json
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from teduh.vault import without_script
from tests.bench import processes
from tests.bench.rows import Row, p95
from tests.bench.sealing import Package, keys_of, package, spelled
from tests.support.server import Office, office

OPEN, BEAT, RATE, SECONDS = 200, 5.0, 20, 60  # conversations, seconds, messages a second, seconds
SMALL = (20, 4, 10)  # conversations, messages a second, seconds
CORES = 2
LANES = 12  # connections; a browser keeps one for each page, most of them asleep
ENVIRONMENT = {"TEDUH_PROXIES": "1"}  # every sender has an address of its own


@dataclass
class Talk:
    """One open conversation: what its page knows, and what was written in it so far."""

    of: Package
    number: int
    etag: str = ""
    written: int = 1
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def fields(self) -> dict[str, str]:
        """What opens it."""
        return {"ticket": self.of.ticket, "auth": self.of.auth}


@dataclass
class Told:
    """Seconds of each answer by what was asked, and what was not as it should be."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    status: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def measure() -> Iterator[Row]:
    """Two hundred open conversations that poll every five seconds, and twenty messages a second."""
    return _measure(OPEN, RATE, SECONDS)


def measure_small() -> Iterator[Row]:
    """The same in small, for a machine that has other things to do."""
    return _measure(*SMALL)


def _measure(count: int, rate: int, seconds: int) -> Iterator[Row]:
    with office("--empty", environment=ENVIRONMENT) as server:
        keys, told = keys_of(server), Told()
        talks = [Talk(package(keys, {}), number) for number in range(count)]
        with ThreadPoolExecutor(LANES) as lanes:
            list(lanes.map(lambda one: _begin(server, one, told), talks))
        before, begun = processes.cpu_seconds(server.pid), time.perf_counter()
        with ThreadPoolExecutor(LANES) as lanes:
            for turn in _turns(talks, rate, seconds):
                lanes.submit(_take, server, turn, told, begun)
        whole = time.perf_counter() - begun
        cpu = processes.cpu_seconds(server.pid) - before
        lost, doubled, unordered = _kept(server, talks)
    polls, writes = told.seconds["poll"], told.seconds["write"]
    yield Row("chat, polls: p95", len(polls), p95(polls) * 1000, "ms", 50)
    yield Row("chat, messages: p95", len(writes), p95(writes) * 1000, "ms")
    share = told.status[304] / max(1, sum(told.status.values())) * 100
    yield Row("chat, answered with nothing new", len(polls), share, "%")
    yield Row("chat, messages lost", len(writes), lost, "", 0.5)
    yield Row("chat, messages doubled", len(writes), doubled, "", 0.5)
    yield Row("chat, messages out of order", len(writes), unordered, "", 0.5)
    yield Row("chat, errors", len(polls) + len(writes), len(told.errors), "", 0.5)
    yield Row("chat, CPU of both cores", count, cpu / whole / CORES * 100, "%")


@dataclass(frozen=True)
class Turn:
    """Something a page does at a moment, seconds after the beginning."""

    at: float
    what: str
    talk: Talk


def _turns(talks: Sequence[Talk], rate: int, seconds: int) -> list[Turn]:
    polls = [
        Turn(beat * BEAT + one.number / len(talks) * BEAT, "poll", one)
        for one in talks
        for beat in range(int(seconds / BEAT))
    ]
    writes = [
        Turn(number / rate, "write", talks[number * 7 % len(talks)])
        for number in range(rate * seconds)
    ]
    return sorted(polls + writes, key=lambda turn: turn.at)


def _take(server: Office, turn: Turn, told: Told, begun: float) -> None:
    time.sleep(max(0.0, begun + turn.at - time.perf_counter()))
    talk = turn.talk
    with talk.lock:  # a page does one thing at a time
        if turn.what == "poll":
            _post(server, "/status/pesan/", talk, talk.fields, told, "poll")
            return
        item = json.dumps(spelled(talk.of.words(talk.written + 1)))
        if _post(server, "/status/pesan/", talk, {**talk.fields, "sealed": item}, told, "write"):
            talk.written += 1


def _begin(server: Office, talk: Talk, told: Told) -> None:
    form = {
        "ticket": talk.of.ticket,
        "r": without_script.relay(talk.of.ticket),
        "sealed": talk.of.sealed,
        "words": json.dumps(spelled(talk.of.words(1))),
    }
    _post(server, "/tanya/", talk, form, told, "begin")


def _post(
    server: Office, path: str, talk: Talk, form: dict[str, str], told: Told, what: str
) -> bool:
    """Whether it was taken; its seconds are kept."""
    home = urlsplit(server.url)
    line = http.client.HTTPConnection(home.hostname or "", home.port, timeout=60)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json",
        "Origin": server.url,
        "X-Forwarded-For": f"10.0.{talk.number >> 8}.{talk.number & 255}",
    }
    if what == "poll" and talk.etag:
        headers["If-None-Match"] = talk.etag
    body = urlencode(form).encode()
    begun = time.perf_counter()
    try:
        line.request("POST", path, body, headers)
        answer = line.getresponse()
        answer.read()
        status, problem = answer.status, ""
        talk.etag = answer.headers.get("ETag") or talk.etag
    except (OSError, http.client.HTTPException) as error:
        status, problem = 0, type(error).__name__
    finally:
        line.close()
    taken = status in {200, 304}
    with told.lock:
        told.seconds[what].append(time.perf_counter() - begun)
        told.status[status] += what == "poll"
        if not taken:
            told.errors.append(problem or f"{what} {status}")
    return taken


def _kept(server: Office, talks: Sequence[Talk]) -> tuple[int, int, int]:
    """Messages lost, doubled, out of order, by what lies in the office's database."""
    with closing(sqlite3.connect(server.folder / "teduh.sqlite3")) as house:
        rows = house.execute("SELECT subject, seq FROM chat_message ORDER BY id").fetchall()
    found: dict[str, list[int]] = defaultdict(list)
    for subject, seq in rows:
        found[subject].append(seq)
    lost = doubled = unordered = 0
    for one in talks:
        held = found[one.of.ticket]
        lost += len(set(range(1, one.written + 1)) - set(held))
        doubled += len(held) - len(set(held))
        unordered += held != sorted(held)
    return lost, doubled, unordered
