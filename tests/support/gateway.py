"""A gateway as docs/adapters.md asks for it, on this machine; and its bad days.

It proves each signature by itself, with nothing of the house's own code.
"""

import contextlib
import hashlib
import hmac
import json
import ssl
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

KEY = "a-key-that-only-this-gateway-knows-000"
FIVE_MINUTES = 300


@dataclass
class FakeGateway:
    """What it has taken, and how it feels."""

    url: str = ""
    key: str = KEY
    now: float | None = None  # seconds since 1970; None: as late as it is
    mood: str = "well"
    sent: list[dict[str, str]] = field(default_factory=list)  # what really went to a telephone
    asked: list[str] = field(default_factory=list)  # the key of each request, also of repeated ones
    refused: list[str] = field(default_factory=list)  # why a request was not believed
    elsewhere: int = 0  # requests on another address than its own
    held: threading.Event = field(default_factory=threading.Event)

    def at(self, moment: datetime) -> None:
        """Let it be that late."""
        self.now = moment.timestamp()

    def doubt(self, heads: Any, body: bytes) -> str:
        """Why a request is not believed; empty when it is."""
        moment, told = heads["Teduh-Time"] or "", heads["Teduh-Signature"] or ""
        right = hmac.new(self.key.encode(), moment.encode() + b"." + body, hashlib.sha256)
        if not hmac.compare_digest(told, f"v1={right.hexdigest()}"):
            return "signature"
        now = time.time() if self.now is None else self.now
        if abs(now - int(moment)) > FIVE_MINUTES:
            return "time"
        return "" if json.loads(body)["id"] == heads["Idempotency-Key"] else "key"

    def take(self, told: dict[str, str]) -> None:
        """Send it on, unless it was sent before."""
        self.asked.append(told["id"])
        if told["id"] not in [one["id"] for one in self.sent]:
            self.sent.append(told)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    gateway: FakeGateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        gateway = self.gateway
        if self.path != "/pesan?kota=contoh":
            gateway.elsewhere += 1
            return self.answer(200, {"id": self.headers["Idempotency-Key"]})
        doubt = gateway.doubt(self.headers, body)
        if doubt:
            gateway.refused.append(doubt)
            return self.answer(403, {"id": self.headers["Idempotency-Key"]})
        return self.feel(gateway.mood, json.loads(body))

    def feel(self, mood: str, told: dict[str, str]) -> None:
        """Answer as the mood is."""
        known = {"id": told["id"]}
        answers: dict[str, tuple[int, Any]] = {
            "busy": (503, known),
            "never": (422, known),
            "lies": (200, "<!doctype html><title>Selamat datang</title>"),
            "echo-less": (202, {"id": "another"}),
            "elsewhere": (307, known),
            "huge": (200, {"x": "x" * 5_000_000, **known}),
        }
        if mood in answers:
            return self.answer(*answers[mood])
        if mood == "drips":
            return self.drip()
        self.gateway.take(told)
        if mood == "hangs up":  # after it has sent
            self.close_connection = True
            return None
        if mood == "holds":
            self.gateway.held.set()
            time.sleep(30)
        return self.answer(202, known)

    def answer(self, status: int, said: Any) -> None:
        body = said.encode() if isinstance(said, str) else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if status == 307:
            self.send_header("Location", f"{self.gateway.url}/lain")
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def drip(self) -> None:
        """A byte now and then, without an end."""
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(b"H")
                time.sleep(0.1)

    def log_message(self, *_told: object) -> None:
        """Say nothing."""


def bring(house: str, *, key: str = KEY, **told: Any) -> dict[str, Any]:
    """Bring one message in, as a gateway whose people write to the office; what the house answers."""
    body, moment = json.dumps({"v": 1, **told}).encode(), str(int(time.time()))
    mac = hmac.new(key.encode(), moment.encode() + b"." + body, hashlib.sha256)
    heads = {"Content-Type": "application/json", "Teduh-Time": moment}
    heads["Teduh-Signature"] = f"v1={mac.hexdigest()}"
    asked = urllib.request.Request(f"{house}/masuk/pesan/", body, heads)
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return dict(json.loads(answer.read()))


@contextlib.contextmanager
def running(certificate: Path | None = None) -> Iterator[FakeGateway]:
    """A gateway on a free port; over TLS with a certificate and its key in one file."""
    gateway = FakeGateway()
    handler = type("Listening", (Handler,), {"gateway": gateway})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    server.handle_error = lambda *_told: None  # type: ignore[method-assign]  # a line that broke
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme, host = ("https", "localhost") if certificate else ("http", "127.0.0.1")
    gateway.url = f"{scheme}://{host}:{server.server_address[1]}/pesan?kota=contoh"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
