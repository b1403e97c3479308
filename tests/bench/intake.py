"""Reports coming in: how many a second, at what cost, with and without script.

CPU a report is that of every process of the office. The clients run on the same machine: what they
take of it stands beside, and is missing from the reports a second.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import parse_qsl, urlencode

from teduh.vault import codes, without_script
from tests.bench import processes, sending
from tests.bench.rows import Row, p95
from tests.bench.sealing import sealed_bodies
from tests.support.server import Office, office

Make = Callable[[int], Sequence[bytes]]
CLIENTS = (1, 4, 16)
EACH = 320  # reports for each number of clients
ENVIRONMENT = {"TEDUH_PROXIES": "1"}  # every sender has an address of its own


def measure() -> Iterator[Row]:
    """Start an empty office and send."""
    with office("--empty", environment=ENVIRONMENT) as server:
        yield from _path(server, "no-JS", _forms, 303)
        yield from _path(server, "JS", lambda n: sealed_bodies(server, n), 200)
        yield from _status(server)


def _forms(count: int) -> Sequence[bytes]:
    return [sending.form_without_script() for _number in range(count)]


def _path(server: Office, name: str, make: Make, status: int) -> Iterator[Row]:
    sending.send(server.url, "/lapor/", make(16), 4, lambda s, _b: s == status)  # warm
    for clients in CLIENTS:
        bodies = make(EACH)
        before, own = processes.cpu_seconds(server.pid), time.process_time()
        sent = sending.send(server.url, "/lapor/", bodies, clients, lambda s, _b: s == status)
        own = (time.process_time() - own) / EACH * 1000
        cpu = (processes.cpu_seconds(server.pid) - before) / EACH * 1000
        what, js = f"{name} reports, {clients} clients", name == "JS"
        rate = EACH / sent.whole
        yield Row(
            f"{what}: accepted",
            EACH,
            rate,
            "1/s",
            80 if clients == 16 and not js else 0,
            least=True,
        )
        yield Row(f"{what}: CPU a report", EACH, cpu, "ms", 15)
        yield Row(f"{what}: CPU of the clients", EACH, own, "ms")
        yield Row(f"{what}: p95", EACH, p95(sent.seconds) * 1000, "ms")
        yield Row(f"{what}: errors", EACH, len(sent.errors), "", 0.5)


def _status(server: Office) -> Iterator[Row]:
    """Looking up a ticket by code, typed without script."""
    bodies = []
    for form in _forms(200):
        typed = dict(parse_qsl(form.decode()))
        ticket, seed = typed["ticket"], typed["seed"]
        sending.send(server.url, "/lapor/", [form], 1, lambda s, _b: s == 303)
        code = codes.spell_digits(without_script.draw_code(seed + ticket))
        bodies.append(urlencode({"ticket": ticket, "code": code}).encode())
    before = processes.cpu_seconds(server.pid)
    sent = sending.send(server.url, "/status/", bodies, 1, lambda s, _b: s == 303)
    cpu = (processes.cpu_seconds(server.pid) - before) / len(bodies) * 1000
    yield Row("status by code: CPU", len(bodies), cpu, "ms", 12)
    yield Row("status by code: p95", len(bodies), p95(sent.seconds) * 1000, "ms")
    yield Row("status by code: errors", len(bodies), len(sent.errors), "", 0.5)
