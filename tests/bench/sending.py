"""Many people who send at once: prepared bodies over kept connections, each from an own address."""

import http.client
import itertools
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from django.utils import timezone

from teduh.intake import seeds
from teduh.lib.codes import new_ticket
from teduh.vault import without_script

STORY = "Contoh cerita untuk pengukuran, dua kalimat. Tidak ada orang di baliknya."


@dataclass
class Sent:
    """What came of it: seconds of each answer, how many were not as they should be."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    whole: float = 0.0


Body = bytes
_turns = itertools.count()
Good = Callable[[int, bytes], bool]


def form_without_script() -> Body:
    """A report as a browser without script posts it."""
    ticket = new_ticket()
    return urlencode(
        {
            "ticket": ticket,
            "r": without_script.relay(ticket),
            "seed": seeds.draw(ticket, timezone.now()),
            "safe_now": "unsafe",
            "kinds": "physical",
            "story": STORY,
            "name": "Contoh",
            "contact_how": "lewat tiket",
        }
    ).encode()


def send(url: str, path: str, bodies: Sequence[Body], clients: int, good: Good) -> Sent:
    """Post all bodies, shared by so many clients."""
    sent, lock = Sent(), threading.Lock()
    shares = [bodies[n::clients] for n in range(clients)]
    threads = [
        threading.Thread(target=_client, args=(url, path, share, good, sent, lock))
        for share in shares
    ]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent.whole = time.perf_counter() - begun
    return sent


def _client(
    url: str,
    path: str,
    bodies: Sequence[Body],
    good: Good,
    sent: Sent,
    lock: threading.Lock,
) -> None:
    home = urlsplit(url)
    connection = http.client.HTTPConnection(home.hostname or "", home.port, timeout=120)
    for body in bodies:
        turn = next(_turns)
        # Each report from an address of its own: no flood.
        address = f"10.{turn >> 16 & 255}.{turn >> 8 & 255}.{turn & 255}"
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": url,
            "X-Forwarded-For": address,
        }
        begun = time.perf_counter()
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
            problem = "" if good(answer.status, text) else f"status {answer.status}"
        except (OSError, http.client.HTTPException) as error:
            problem = type(error).__name__
            connection.close()
        with lock:
            sent.seconds.append(time.perf_counter() - begun)
            if problem:
                sent.errors.append(problem)
    connection.close()
