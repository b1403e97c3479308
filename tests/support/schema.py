"""What both databases of an office are made of: `python -m tests.support.schema`.

Columns of a table and the conditions on it are put in order: SQLite appends what comes later, so
that two offices of the same tables may differ in it.
"""

import json
import os
import re
import sys
from collections.abc import Iterator
from typing import Any

HERE = "current_schema()"
POSTGRESQL = (
    f"""SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,
    column_default, is_identity FROM information_schema.columns WHERE table_schema = {HERE}""",
    f"""SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = {HERE}::regnamespace""",
    f"SELECT indexdef FROM pg_indexes WHERE schemaname = {HERE}",
    "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    f"SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = {HERE}::regnamespace",
)
TABLE = re.compile(r'(CREATE TABLE "\w+") \((.*)\)', re.DOTALL)


def of(cursor: Any) -> Iterator[list[Any]]:
    """Every table, column, condition, index and trigger, one a row."""
    if cursor.db.vendor == "postgresql":
        for question in POSTGRESQL:
            cursor.execute(question)
            yield from map(list, cursor.fetchall())
        return
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE name != 'sqlite_sequence'")
    for name, sql in cursor.fetchall():
        table = TABLE.fullmatch(sql or "")
        yield [name, table[1], *sorted(_parts(table[2]))] if table else [name, sql]


def _parts(body: str) -> list[str]:
    """What stands between commas that are in no bracket and no quoted word."""
    parts, depth, quoted = [""], 0, False
    for sign in body:
        quoted ^= sign == "'"
        depth += 0 if quoted else {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def main() -> None:
    """Say it, by the name of the database."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teduh.config.settings")
    django.setup()
    from django.db import connections

    said = {alias: sorted(of(connections[alias].cursor()), key=repr) for alias in connections}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
