"""The database itself refuses to change a line of the chain of custody or of the ledger of rapid
tests, or to take one out of the middle.
"""

from typing import Any

from django.db import migrations

TABLES = ("services_handing", "services_kitentry")
# SQLite: as audit.0002: a row may go only when none stands before it, so that a test database can be
# emptied from the first row on.
SQLITE = (
    """CREATE TRIGGER {table}_no_change BEFORE UPDATE ON {table}
    BEGIN SELECT RAISE(ABORT, 'lines are only added'); END""",
    """CREATE TRIGGER {table}_no_removal BEFORE DELETE ON {table}
    WHEN EXISTS (SELECT 1 FROM {table} WHERE id < OLD.id)
    BEGIN SELECT RAISE(ABORT, 'lines are only added'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'lines are only added' USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    """CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_stays()""",
)
DROP_SQLITE = ("DROP TRIGGER {table}_no_change", "DROP TRIGGER {table}_no_removal")
DROP_POSTGRESQL = ("DROP TRIGGER {table}_no_change ON {table}", "DROP FUNCTION {table}_stays")


def guard(apps: Any, editor: Any) -> None:
    """Set the triggers."""
    _each(editor, POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE)


def unguard(apps: Any, editor: Any) -> None:
    """Take them away."""
    _each(editor, DROP_POSTGRESQL if editor.connection.vendor == "postgresql" else DROP_SQLITE)


def _each(editor: Any, statements: tuple[str, ...]) -> None:
    for table in TABLES:
        for statement in statements:
            editor.execute(statement.format(table=table))


class Migration(migrations.Migration):
    """Triggers on both databases."""

    dependencies = [("services", "0001_help")]
    operations = [migrations.RunPython(guard, unguard)]
