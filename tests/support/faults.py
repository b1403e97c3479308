"""Databases that take no writes, as the databases themselves say it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections


@contextmanager
def read_only() -> Iterator[None]:
    """Both databases answer and refuse every write.

    SQLite says with query_only what it says of a file it may not write (SQLITE_READONLY), also to
    root; PostgreSQL what a standby or a full cluster says (default_transaction_read_only).
    """
    sqlite = connection.vendor == "sqlite"
    off, on = (
        ("PRAGMA query_only=OFF", "PRAGMA query_only=ON")
        if sqlite
        else (
            "SET SESSION default_transaction_read_only = off",
            "SET SESSION default_transaction_read_only = on",
        )
    )
    _on_both(on)
    try:
        yield
    finally:
        _on_both(off)


@contextmanager
def full() -> Iterator[None]:
    """The disk under the first database has no room for one page more.

    SQLite may not grow the file (SQLITE_FULL, the code of a full disk); on PostgreSQL the table of
    sealed parts answers as its file would (SQLSTATE 53100).
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # no page is free inside the file either
            cursor.execute("PRAGMA page_count")
            (pages,) = cursor.fetchone()
            cursor.execute(f"PRAGMA max_page_count={pages}")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA max_page_count=1073741823")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION USING ERRCODE = '53100', MESSAGE = 'could not extend file'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER full_disk BEFORE INSERT ON vault_envelope "
            "FOR EACH STATEMENT EXECUTE FUNCTION disk_is_full()"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER full_disk ON vault_envelope")
            cursor.execute("DROP FUNCTION disk_is_full()")


def _on_both(statement: str) -> None:
    for alias in ("default", "shred"):
        with connections[alias].cursor() as cursor:
            cursor.execute(statement)
