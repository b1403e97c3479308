from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def mark_questions(apps: StateApps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Tickets of questions that became no report say so from now on."""
    asked = apps.get_model("intake", "Report").objects.filter(door="ask")
    apps.get_model("tickets", "Ticket").objects.filter(pk__in=asked.values("ticket")).update(
        asks=True
    )


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0017_files_of_messages"),
        ("tickets", "0008_questions"),
    ]

    operations = [migrations.RunPython(mark_questions, migrations.RunPython.noop, elidable=True)]
