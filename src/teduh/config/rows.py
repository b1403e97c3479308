"""All rows of the first database, copied at one moment while the office works, and put back.

SQLite: its own online backup. PostgreSQL: COPY of every table inside one REPEATABLE READ snapshot;
why not pg_dump: docs/decisions/0013.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection, transaction

Ask = Callable[[str], list[tuple[Any, ...]]]

FILE, FOLDER, COLUMNS = "rows.sqlite3", "rows", "columns.json"
CHUNK = 1 << 20  # bytes read at once
OWN = "django_migrations"  # written by migrating, never copied into


class Damaged(Exception):
    """The database itself is not sound."""


class OtherTables(Exception):
    """The rows do not fit into the tables there are."""


@contextmanager
def snapshot(folder: Path) -> Iterator[Ask]:
    """Copy all rows into `folder`; what is asked meanwhile is answered from the same moment."""
    kind = _postgresql if connection.vendor == "postgresql" else _sqlite
    with kind(folder) as ask:
        yield ask


def load(folder: Path) -> None:
    """Put copied rows into the database: on SQLite all of it, on PostgreSQL into fitting tables.

    Raises OtherTables.
    """
    if connection.vendor != "postgresql":
        _load_sqlite(folder / FILE)
        return
    with transaction.atomic(durable=True):
        _load_postgresql(folder / FOLDER)


@contextmanager
def _sqlite(folder: Path) -> Iterator[Ask]:
    target = folder / FILE
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, no journal beside it
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise Damaged
    with closing(_opened(target)) as copied:
        yield lambda question: copied.execute(question).fetchall()


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)


def _load_sqlite(path: Path) -> None:
    connection.ensure_connection()
    with closing(_opened(path)) as copied:
        copied.backup(connection.connection)
    connection.close()  # the next one sets its journal anew


@contextmanager
def _postgresql(folder: Path) -> Iterator[Ask]:
    place = folder / FOLDER
    place.mkdir()
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        columns = _columns(cursor)
        for table, names in columns.items():
            with (place / f"{table}.copy").open("xb") as file, _copy(cursor, table, names) as rows:
                for chunk in rows:
                    file.write(chunk)
        (place / COLUMNS).write_text(json.dumps(columns, indent=1), encoding="utf-8")

        def ask(question: str) -> list[tuple[Any, ...]]:
            cursor.execute(question)
            return list(cursor.fetchall())

        yield ask


def _columns(cursor: Any) -> dict[str, list[str]]:
    tables = sorted(set(connection.introspection.table_names(cursor)) - {OWN})
    tell = connection.introspection.get_table_description
    return {table: [one.name for one in tell(cursor, table)] for table in tables}


def _copy(cursor: Any, table: str, names: list[str], way: str = "TO STDOUT") -> Any:
    quoted = connection.ops.quote_name
    listed = ", ".join(map(quoted, names))
    return cursor.copy(f"COPY {quoted(table)} ({listed}) {way} (FORMAT binary)")


def _load_postgresql(place: Path) -> None:
    wanted = json.loads((place / COLUMNS).read_text(encoding="utf-8"))
    with connection.cursor() as cursor:
        found = _columns(cursor)
        if {table: sorted(names) for table, names in found.items()} != {
            table: sorted(names) for table, names in wanted.items()
        }:
            raise OtherTables
        listed = ", ".join(map(connection.ops.quote_name, wanted))
        cursor.execute(f"TRUNCATE {listed}")  # what migrating itself has put there
        for table, names in wanted.items():
            with (
                (place / f"{table}.copy").open("rb") as file,
                _copy(cursor, table, names, "FROM STDIN") as rows,
            ):
                while chunk := file.read(CHUNK):
                    rows.write(chunk)
        _count_on(cursor)


def _count_on(cursor: Any) -> None:
    """Let every counter of row numbers go on after the highest that was put back."""
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND is_identity = 'YES'"
    )
    for table, column in cursor.fetchall():
        name, key = connection.ops.quote_name(table), connection.ops.quote_name(column)
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({key}), 1), "  # noqa: S608  names of our own tables
            f"max({key}) IS NOT NULL) FROM {name}",
            [name, column],
        )
