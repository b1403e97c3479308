"""What the web process holds after many requests."""

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.bench import processes
from tests.bench.rows import Row
from tests.support.server import office

REQUESTS = 10_000
PAGES = ("/", "/lapor/", "/status/", "/lapor/anak/", "/en/")


def measure() -> Iterator[Row]:
    """Read public pages, one after the other."""
    with office("--empty") as server:
        home = urlsplit(server.url)
        connection = http.client.HTTPConnection(home.hostname or "", home.port, timeout=30)
        _read(connection, 500)
        early, cpu = processes.memory_mb(server.pid), processes.cpu_seconds(server.pid)
        _read(connection, REQUESTS)
        cpu = (processes.cpu_seconds(server.pid) - cpu) / REQUESTS * 1000
        yield Row("web process after 500 requests", 500, early, "MB", 150)
        yield Row(
            "web process after 10,000 requests",
            REQUESTS,
            processes.memory_mb(server.pid),
            "MB",
            150,
        )
        yield Row("a public page: CPU", REQUESTS, cpu, "ms", 15)


def _read(connection: http.client.HTTPConnection, count: int) -> None:
    for number in range(count):
        connection.request("GET", PAGES[number % len(PAGES)], headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(f"status {answer.status}")
