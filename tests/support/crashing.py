"""A server that dies at each moment something becomes lasting, while a sender sends from every channel.

`python -m tests.support.crashing`, in the surroundings of an empty office: for each sender the same
request again and again, each time in a process that is killed (SIGKILL) a moment later than the one
before: before the first commit, after it, before the second …, after the last, until one lives to answer.
Then once more, as after a lost answer. Prints what was kept in between and at the end, as JSON.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOST, KEY = "teduh.contoh.invalid", "a-key-that-only-this-gateway-knows-002"
SURROUNDINGS = {  # of the office: a gateway brings messages in, and takes the answers
    "TEDUH_INBOUND_KEY": KEY,
    "TEDUH_WHATSAPP_URL": "https://gerbang.contoh.invalid/",
    "TEDUH_WHATSAPP_KEY": KEY,
}
TEXT = "Contoh kabar."
MOST = 40  # deaths of one sender; nobody commits as often


@dataclass(frozen=True)
class Sender:
    """One way to send: `send` answers a status, `kept` how often each row of it is there."""

    view: str  # module of the view that takes it
    send: Callable[[], int]
    kept: Callable[[], list[int]]


def survived(send: Callable[[], int], life: int) -> int | None:
    """The status that a process answers which may reach so many lasting moments; None where it died.

    Each commit counts twice, before and after it; so does a write outside of a transaction.
    """
    from django.db import connections

    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _die_at(life)
        os.write(writing, str(send()).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        said = told.read()
    _pid, ended = os.waitpid(child, 0)
    assert bool(said) != os.WIFSIGNALED(ended), (said, ended)
    return int(said) if said else None


def _die_at(life: int) -> None:
    from django.db import connections
    from django.db.backends.base.base import BaseDatabaseWrapper

    left, real = life, BaseDatabaseWrapper._commit

    def moment() -> None:
        nonlocal left
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    def commit(self: BaseDatabaseWrapper) -> Any:
        moment()
        done = real(self)
        moment()
        return done

    def write(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        alone = not context["connection"].in_atomic_block
        alone = alone and sql.startswith(("INSERT", "UPDATE", "DELETE"))
        if alone:
            moment()
        done = execute(sql, params, many, context)
        if alone:
            moment()
        return done

    BaseDatabaseWrapper._commit = commit  # type: ignore[method-assign]
    for alias in connections:
        connections[alias].execute_wrappers.append(write)


def tried(one: Sender) -> dict[str, Any]:
    """What becomes of one sender's message."""
    between = []
    for life in range(MOST):
        status = survived(one.send, life)
        between.append(one.kept())
        if status is not None:
            break
    again = survived(one.send, MOST)
    told = {"view": one.view, "between": between, "status": status}
    return {**told, "again": again, "kept": one.kept()}


def main() -> None:
    """Furnish the office, let every sender try, and say what came of it."""
    import django

    django.setup()
    import time_machine
    from django.conf import settings

    from tests.factories.reports import AT

    Path(settings.STATIC_ROOT).mkdir(parents=True)

    with time_machine.travel(AT, tick=True):
        from teduh.audit import actions as audit
        from tests.support import senders

        told: Mapping[str, Any] = {name: tried(one) for name, one in senders.every().items()}
        flaw = audit.verify()
    json.dump({"senders": told, "flaw": str(flaw or "")}, sys.stdout)


if __name__ == "__main__":
    main()
