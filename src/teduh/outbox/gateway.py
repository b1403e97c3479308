"""The adapter to gateways for SMS and WhatsApp; the protocol is docs/adapters.md."""

import hmac
import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import urlsplit

from teduh.outbox.rules import NotDelivered, Refused

SECONDS = 10.0  # for the line, and once more for the whole answer
LONGEST_ANSWER = 4096  # bytes
TAKEN, NEVER = frozenset({200, 201, 202}), 422


@dataclass(frozen=True, slots=True)
class Gateway:
    """Where a gateway listens, and the secret it shares with this house alone."""

    url: str
    key: bytes


def signature(key: bytes, moment: str, body: bytes) -> str:
    """What the head `Teduh-Signature` says of a body sent at `moment` (seconds since 1970)."""
    return "v1=" + hmac.digest(key, moment.encode() + b"." + body, "sha256").hex()


def send(gateway: Gateway, *, way: str, key: str, to: str, text: str, at: datetime) -> None:
    """Hand one message over. `key` is the same at each try, so that a gateway sends it once.

    Raises NotDelivered when it is to be tried again, Refused when it never leaves.
    """
    told = {"v": 1, "id": key, "way": way, "to": to, "text": text}
    status, said = _post(gateway, key, json.dumps(told).encode(), f"{at.timestamp():.0f}")
    if not _speaks_of(key, said):  # whatever else answers on that address has taken nothing
        raise NotDelivered
    if status == NEVER:
        raise Refused
    if status not in TAKEN:
        raise NotDelivered


def _speaks_of(key: str, said: bytes) -> bool:
    try:
        answer = json.loads(said)
    except (ValueError, RecursionError):
        return False
    return isinstance(answer, dict) and answer.get("id") == key


def _post(gateway: Gateway, key: str, body: bytes, moment: str) -> tuple[int, bytes]:
    heads = {
        "Content-Type": "application/json",
        "Idempotency-Key": key,
        "Teduh-Time": moment,
        "Teduh-Signature": signature(gateway.key, moment, body),
    }
    parts = urlsplit(gateway.url)
    address = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        with _line_to(gateway.url) as line:
            line.request("POST", address, body, heads)
            answer = line.getresponse()
            return answer.status, answer.read(LONGEST_ANSWER)
    except (OSError, HTTPException) as closed:
        raise NotDelivered from closed


@contextmanager
def _line_to(url: str) -> Iterator[HTTPConnection]:
    """A line that ends after ten seconds, also where the other side says a byte now and then."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https":
        proven = ssl.create_default_context()
        line: HTTPConnection = HTTPSConnection(host, parts.port, timeout=SECONDS, context=proven)
    else:
        line = HTTPConnection(host, parts.port, timeout=SECONDS)
    try:
        line.connect()
        hang_up = Timer(SECONDS, _hang_up, [line.sock])
        hang_up.daemon = True
        hang_up.start()
        try:
            yield line
        finally:
            hang_up.cancel()
    finally:
        line.close()


def _hang_up(line: socket.socket) -> None:
    try:
        socket.socket.shutdown(line, socket.SHUT_RDWR)  # below TLS, which waits for the other side
    except OSError:
        return  # it has ended already
