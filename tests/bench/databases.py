"""A measurement on both databases: SQLite in this process, PostgreSQL in one of its own."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, connections

from teduh.config.upgrading import lay_tables
from tests.bench.processes import cpu_of
from tests.bench.rows import Row
from tests.support import postgres


def on_both(name: str, measure: Callable[[], Iterator[Row]]) -> Iterator[Row]:
    """The rows of `measure`, then those of `scripts/bench NAME` on PostgreSQL.

    A process knows one database. Raises RuntimeError where the second measurement broke.
    """
    yield from measure()
    if connection.vendor == "postgresql":
        return
    with postgres.running() as addresses, tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "rows.json"
        known = {
            "TEDUH_DATABASE_URL": addresses.house,
            "TEDUH_SHRED_DATABASE_URL": addresses.shred,
        }
        line = [sys.executable, "-m", "tests.bench", name, "--json", str(told)]
        subprocess.run(line, env={**os.environ, **known}, check=False, stdout=subprocess.DEVNULL)
        if not told.is_file():
            raise RuntimeError(f"{name} on PostgreSQL")
        for row in json.loads(told.read_text()):
            yield Row(*(row[one] for one in ("what", "size", "value", "unit", "target")))


def make_tables() -> None:
    """Bring both databases to the newest shape."""
    for database in ("default", "shred"):
        lay_tables(database)


def settle() -> None:
    """As a database stands some minutes after so many new rows.

    PostgreSQL then knows of them by itself; SQLite never does, so it is asked to guess here too.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


@dataclass(frozen=True)
class Spent:
    """Seconds so far: of processors at work on our behalf, and on the clock on the wall."""

    cpu: float
    wall: float

    def since(self, before: "Spent") -> "Spent":
        """What was spent in between."""
        return Spent(self.cpu - before.cpu, self.wall - before.wall)


def spent() -> Spent:
    """What this process has spent, and with it those that PostgreSQL keeps for its connections.

    SQLite works inside this process. A process that only waits for the other spends nothing; what
    both and the way between them take together is on the clock on the wall.
    """
    backends = (
        one.connection.info.backend_pid
        for one in connections.all(initialized_only=True)
        if one.vendor == "postgresql" and one.connection is not None
    )
    cpu = time.process_time() + sum(map(cpu_of, backends))
    return Spent(cpu, time.perf_counter())
