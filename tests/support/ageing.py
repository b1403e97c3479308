"""A database of today in the tables of an earlier release: rows stay as far as these have columns.

Going back migration by migration would give the same and take a minute.
"""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from teduh.config import rows
from teduh.config.upgrading import follow

Rows = dict[str, list[dict[str, Any]]]


def take_back(connection: BaseDatabaseWrapper, release: list[tuple[str, str]]) -> None:
    """`release`: the last migration of each of our rooms that there was."""
    kept = _read(connection)
    _clear(connection)
    executor = MigrationExecutor(connection)
    follow(executor.loader, set())  # as when no migration was squashed
    graph = executor.loader.graph
    others = [one for one in graph.leaf_nodes() if not _is_ours(graph.nodes[one])]
    executor.migrate([*release, *others])
    with transaction.atomic(using=connection.alias):
        _write(connection, kept)


def _is_ours(migration: Any) -> bool:
    return type(migration).__module__.startswith("teduh.")


def _tables(connection: BaseDatabaseWrapper, cursor: Any) -> dict[str, list[str]]:
    tell = connection.introspection
    names = set(tell.table_names(cursor)) - {rows.OWN}
    return {
        name: [column.name for column in tell.get_table_description(cursor, name)] for name in names
    }


def _read(connection: BaseDatabaseWrapper) -> Rows:
    with connection.cursor() as cursor:
        kept = {}
        for table, columns in _tables(connection, cursor).items():
            listed = ", ".join(map(connection.ops.quote_name, columns))
            cursor.execute(f"SELECT {listed} FROM {connection.ops.quote_name(table)}")
            kept[table] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
        return kept


def _clear(connection: BaseDatabaseWrapper) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        return
    connection.close()
    file = Path(connection.settings_dict["NAME"])
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink()


def _write(connection: BaseDatabaseWrapper, kept: Rows) -> None:
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, columns in _tables(connection, cursor).items():
            listed, places = ", ".join(map(quoted, columns)), ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {quoted(table)} ({listed}) VALUES ({places})",
                [[row[column] for column in columns] for row in kept[table]],
            )
        if connection.vendor == "postgresql":
            rows._count_on(cursor)
