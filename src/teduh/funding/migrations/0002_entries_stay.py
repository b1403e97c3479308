"""The database itself refuses to change an entry of the ledger, or to take one out of the middle."""

from typing import Any

from django.db import migrations

# SQLite: as audit.0002: a row may go only when none stands before it, so that a test database can be
# emptied from the first row on.
SQLITE = [
    """CREATE TRIGGER funding_entry_no_change BEFORE UPDATE ON funding_entry
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
    """CREATE TRIGGER funding_entry_no_removal BEFORE DELETE ON funding_entry
    WHEN EXISTS (SELECT 1 FROM funding_entry WHERE id < OLD.id)
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION funding_entry_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the ledger only grows' USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    """CREATE TRIGGER funding_entry_no_change BEFORE UPDATE OR DELETE ON funding_entry
    FOR EACH ROW EXECUTE FUNCTION funding_entry_stays()""",
]
DROP_SQLITE = ["DROP TRIGGER funding_entry_no_change", "DROP TRIGGER funding_entry_no_removal"]
DROP_POSTGRESQL = [
    "DROP TRIGGER funding_entry_no_change ON funding_entry",
    "DROP FUNCTION funding_entry_stays",
]


def guard(apps: Any, editor: Any) -> None:
    """Set the triggers."""
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def unguard(apps: Any, editor: Any) -> None:
    """Take them away."""
    postgresql = editor.connection.vendor == "postgresql"
    for statement in DROP_POSTGRESQL if postgresql else DROP_SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers on both databases."""

    dependencies = [("funding", "0001_ledger")]
    operations = [migrations.RunPython(guard, unguard)]
