"""A neutral page somewhere else, on this machine: where the quick exit leads in the walks."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<!doctype html><title>Cuaca</title><h1>Cuaca hari ini</h1>"


@dataclass(frozen=True)
class Elsewhere:
    """The address of the page, and from where its visitors said they came."""

    url: str
    referrers: list[str] = field(default_factory=list)


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """Serve the page until the block ends."""
    referrers: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            referrers.append(self.headers.get("Referer", ""))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, *_told: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Elsewhere(f"http://127.0.0.1:{server.server_address[1]}/cuaca/", referrers)
    server.shutdown()
    server.server_close()
