"""An office that stands already gets the two teams of the archive, still without holders."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TEAMS = (("arsip-a", "Arsip A", "archive_a"), ("arsip-b", "Arsip B", "archive_b"))


def open_teams(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """In the first office; where there is none yet, it is made with them."""
    office = apps.get_model("access", "Agency").objects.filter(kind="office").order_by("id").first()
    if office is None:
        return
    for code, name, kind in TEAMS:
        apps.get_model("access", "Team").objects.get_or_create(
            code=code, defaults={"name": name, "kind": kind, "agency": office}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_archive"),
    ]

    operations = [migrations.RunPython(open_teams, migrations.RunPython.noop, elidable=True)]
