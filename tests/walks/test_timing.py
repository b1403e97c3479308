"""How long an answer takes tells nobody whether a ticket exists."""

import http.client
import itertools
import random
import statistics
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from teduh.lib.codes import new_ticket
from teduh.vault.codes import draw, spell_digits
from tests.bench import sending
from tests.support.server import Office, office, ready_made

TRIES = 300  # of each kind (issue)
NEAR = 0.001  # seconds that the two medians may differ by (issue)
MEASURES = 3
WARMING = 10
FORM = "application/x-www-form-urlencoded"
_senders = itertools.count(1)


@pytest.fixture(scope="module")
def believing() -> Iterator[Office]:
    """An office behind a proxy that tells senders apart, so that no try of ours is slowed."""
    with office(
        "--empty", environment={"TEDUH_PROXIES": "1"}, like=ready_made("--empty")
    ) as started:
        yield started


@pytest.fixture(scope="module")
def ticket(believing: Office) -> str:
    """The ticket of a report that is there."""
    body = sending.form_without_script()
    sent = sending.send(believing.url, "/lapor/", [body], 1, lambda status, _text: status == 303)
    assert sent.errors == []
    return parse_qs(body.decode())["ticket"][0]


def tried(line: http.client.HTTPConnection, path: str, ticket: str) -> float:
    """Seconds until the whole answer to a wrong code is there."""
    body = urlencode({"ticket": ticket, "code": spell_digits(draw())})
    turn = next(_senders)
    sender = f"10.9.{turn >> 8}.{turn & 255}"
    begun = time.perf_counter()
    line.request("POST", path, body, {"Content-Type": FORM, "X-Forwarded-For": sender})
    answer = line.getresponse()
    answer.read()
    seconds = time.perf_counter() - begun
    assert answer.status == 403
    return seconds


def medians(at: Office, path: str, ticket: str) -> tuple[float, float]:
    """Of tries with a ticket that is there and with one that is not, in turns of random order."""
    place = urlsplit(at.url)
    line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
    seconds: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(WARMING + TRIES):
        for there in random.sample([True, False], 2):
            taken = tried(line, path, ticket if there else new_ticket())
            if turn >= WARMING:
                seconds[there].append(taken)
    line.close()
    return statistics.median(seconds[True]), statistics.median(seconds[False])


@pytest.mark.parametrize("path", ["/status/", "/status/pesan/"])
def test_a_wrong_code_takes_as_long_as_an_unknown_ticket(
    believing: Office, ticket: str, path: str
) -> None:
    """Measured anew, three times at most: two cores may be busy with other tests, and one burst of
    work during one half of the tries moves a median by more than the millisecond that is asked.
    A difference that is really there comes back each time.
    """
    apart = []
    for _measure in range(MEASURES):
        there, not_there = medians(believing, path, ticket)
        apart.append(abs(there - not_there))
        if apart[-1] < NEAR:
            return
    pytest.fail(f"medians are apart by {[round(1000 * one, 2) for one in apart]} ms")
