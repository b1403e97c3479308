"""What only a real server meets: lines that no client library sends. It answers, and goes on."""

import random
import socket
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

from tests.support.oddities import ODD, filled, filled_parts
from tests.support.server import Office
from tests.support.wire import FORM, PARTS, Sent

LONGEST = 20  # seconds until an answer is there
PATIENCE = 1.5  # seconds to listen where the server waits for the rest
KENARI = b"story=kenari-kata-4471"
BREAK = b"\r\n\r\n"


def head(*lines: str, first: str = "POST /lapor/ HTTP/1.1", kind: str = FORM) -> bytes:
    """The head of a request."""
    told = [first, "Host: 127.0.0.1", f"Content-Type: {kind}", "Connection: close", *lines, "", ""]
    return "\r\n".join(told).encode("utf-8", "surrogateescape")


CHUNKED = head("Transfer-Encoding: chunked")
LINES = {
    "a length below zero": head("Content-Length: -5") + KENARI,
    "a length beyond all": head(f"Content-Length: {'9' * 30}") + KENARI,
    "a length no machine has": head(f"Content-Length: {2**63 + 5}") + KENARI,
    "a length no machine has, in parts": head(f"Content-Length: {2**63 + 5}", kind=PARTS) + KENARI,
    "two lengths": head("Content-Length: 7", "Content-Length: 9") + KENARI,
    "a length and chunks": head("Content-Length: 7", "Transfer-Encoding: chunked") + b"0" + BREAK,
    "chunks that are none": CHUNKED + b"zz\r\nstory\r\n",
    "chunks without an end": CHUNKED + b"5\r\nstory\r\n",
    "parts without an end": head("Content-Length: 900", kind=PARTS) + filled_parts()[:300],
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "the oldest": b"GET / HTTP/1.0\r\n\r\n",
    "bytes in the address": b"GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "nul in the address": head(first="GET /lapor/%00 HTTP/1.1"),
    "a very long address": head(first=f"GET /{'a' * 70_000} HTTP/1.1"),
    "a very long query": head(first=f"GET /?{'a' * 60_000} HTTP/1.1"),
    "a very long head": head(f"X: {'a' * 700_000}"),
    "very many heads": head(*(f"X-{n}: 1" for n in range(5000))),
    "another host in the address": head(first="GET http://lain.invalid/ HTTP/1.1"),
    "a star": head(first="OPTIONS * HTTP/1.1"),
    "a tunnel": head(first="CONNECT 127.0.0.1:80 HTTP/1.1"),
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + BREAK,
    "nothing": b"",
    "half a head": b"POST /lapor/ HT",
}


def answer(at: Office, sent: bytes, patience: float = PATIENCE) -> bytes:
    """Everything that comes back until the server hangs up, or says nothing for so long."""
    place, told = urlsplit(at.url), b""
    with socket.create_connection((place.hostname or "", place.port or 0), patience) as line:
        with suppress(OSError):  # it may have hung up already
            line.sendall(sent)
        with suppress(ConnectionError, TimeoutError):
            while more := line.recv(65_536):
                told += more
    return told


def goes_on(at: Office) -> bool:
    """Whether the next visitor gets the page."""
    return answer(at, head(first="GET / HTTP/1.1"), LONGEST).startswith(b"HTTP/1.1 200")


def failed(told: bytes) -> bool:
    """Whether it was our failure, or told of the inside."""
    return told[9:10] == b"5" or b"Traceback" in told or b"site-packages" in told


@pytest.mark.parametrize("what", LINES)
def test_an_odd_line_is_answered_or_dropped(office_server: Office, what: str) -> None:
    assert not failed(answer(office_server, LINES[what]))
    assert goes_on(office_server)


def test_what_comes_in_chunks_is_read(office_server: Office) -> None:
    chunk = f"{len(KENARI):x}\r\n".encode() + KENARI + b"\r\n0\r\n\r\n"
    told = answer(office_server, CHUNKED + chunk, LONGEST)
    assert told.startswith(b"HTTP/1.1 400")  # it has no ticket
    assert b"kenari-kata-4471" in told


def line_of(path: str, sent: Sent) -> bytes:
    """A request of the other list, as it goes over the line."""
    first = f"{sent.method} {path}{'?' if sent.query else ''}{sent.query} HTTP/1.1"
    length = str(len(sent.body)) if sent.length is None else sent.length
    told = {
        "Host": "127.0.0.1", "Connection": "close", "Content-Type": sent.kind,
        **({"Content-Length": length} if length else {}), **sent.headers,
    }  # fmt: skip
    lines = [first, *(f"{name}: {said}" for name, said in told.items()), "", ""]
    body = sent.body if length or "Transfer-Encoding" not in sent.headers else b"0" + BREAK
    return "\r\n".join(lines).encode(errors="surrogateescape") + body


def test_what_the_house_answers_the_server_answers_too(office_server: Office) -> None:
    """Each odd request once over a real line, at the page that takes a report."""
    wrong = [
        what
        for what, sent in ODD.items()
        if failed(answer(office_server, line_of("/lapor/", sent)))
    ]
    assert wrong == []


@pytest.mark.long
def test_two_thousand_random_lines_end_nothing(office_server: Office) -> None:
    chance = random.Random(20_261_125)
    whole = [*LINES.values(), head(f"Content-Length: {len(filled('x'))}") + filled("x")]
    for _turn in range(2000):
        line = bytearray(chance.choice(whole)[:5000])
        for _change in range(chance.randint(1, 20)):
            if line:
                line[chance.randrange(len(line))] = chance.randrange(256)
        assert not failed(answer(office_server, bytes(line), 0.3)), bytes(line)
    assert goes_on(office_server)
