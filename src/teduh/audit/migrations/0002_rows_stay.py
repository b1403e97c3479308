"""The database itself refuses to change a row of the trail, or to take one out of the middle."""

from typing import Any

from django.db import migrations

# SQLite: emptying a whole table goes row by row from the first, so a row may go only when none
# stands before it. That lets a test database be flushed and refuses every other removal.
SQLITE = [
    """CREATE TRIGGER audit_row_no_change BEFORE UPDATE ON audit_row
    BEGIN SELECT RAISE(ABORT, 'the trail only grows'); END""",
    """CREATE TRIGGER audit_row_no_removal BEFORE DELETE ON audit_row
    WHEN EXISTS (SELECT 1 FROM audit_row WHERE number < OLD.number)
    BEGIN SELECT RAISE(ABORT, 'the trail only grows'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION audit_row_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the trail only grows' USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    """CREATE TRIGGER audit_row_no_change BEFORE UPDATE OR DELETE ON audit_row
    FOR EACH ROW EXECUTE FUNCTION audit_row_stays()""",
]
DROP_SQLITE = ["DROP TRIGGER audit_row_no_change", "DROP TRIGGER audit_row_no_removal"]
DROP_POSTGRESQL = [
    "DROP TRIGGER audit_row_no_change ON audit_row",
    "DROP FUNCTION audit_row_stays",
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

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
