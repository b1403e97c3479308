"""Requests as a server hands them on: raw bytes in, status and bytes out, and what went wrong inside.

The test client builds only requests that are well made. These are built by hand.
"""

import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import got_request_exception, request_finished, request_started
from django.db import close_old_connections

from teduh.config.door import door

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"


@dataclass(frozen=True)
class Sent:
    """One request: its body and what its headers say, true or not."""

    method: str = "POST"
    body: bytes = b""
    kind: str = FORM
    query: str = ""
    length: str | None = None  # of the body, unless it lies
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode(errors="replace")


def ask(path: str, sent: Sent) -> Answer:
    """The answer of the house, through the same door that the server uses."""
    heard: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        heard.extend((int(status[:3]), headers))

    with _one_connection():
        parts = door(WSGIHandler())(surroundings(path, sent), start)
        try:
            body = b"".join(parts)
        finally:
            getattr(parts, "close", lambda: None)()
    return Answer(heard[0], heard[1], body)


@contextmanager
def _one_connection() -> Iterator[None]:
    """A request ends with its connection; a test's transaction would end with it too."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in ends:
            signal.connect(close_old_connections)


def surroundings(path: str, sent: Sent) -> dict[str, Any]:
    """What a WSGI server tells of a request."""
    told = {"HTTP_HOST": "testserver"}
    for name, value in sent.headers.items():
        told[f"HTTP_{name.upper().replace('-', '_')}"] = value.encode().decode("latin-1")
    return {
        "REQUEST_METHOD": sent.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": sent.query,
        "CONTENT_TYPE": sent.kind.encode().decode("latin-1"),
        "CONTENT_LENGTH": str(len(sent.body)) if sent.length is None else sent.length,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(sent.body),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **told,
    }


@contextmanager
def faults() -> Iterator[list[str]]:
    """Collects what a view or a middleware failed with."""
    seen: list[str] = []

    def note(**_told: object) -> None:
        seen.append(traceback.format_exc(limit=-3))

    got_request_exception.connect(note)
    try:
        yield seen
    finally:
        got_request_exception.disconnect(note)
