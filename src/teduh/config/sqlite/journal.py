"""The journal beside a SQLite file (WAL), emptied again and again.

The web process and the clock keep their connections open (CONN_MAX_AGE in settings.py), so the
journal is never removed. That is meant: whoever opens the file first makes the journal, which a full
disk refuses, and then not even reading would work. But what was deleted must not stay readable in it.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection


def empty() -> None:
    """Move everything into the file itself."""
    file = Path(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and file.is_file():
        move_into_the_file(file)


def move_into_the_file(file: Path) -> None:
    """Leave the journal with nothing in it; while somebody reads, the next beat does it."""
    with closing(sqlite3.connect(file, timeout=0)) as own:
        own.execute("PRAGMA wal_checkpoint(TRUNCATE)")
