"""A station belongs to the agency that its provider had when it was planned."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps: Any, _schema: Any) -> None:
    """Of stations that are there, the agency that their provider has now."""
    theirs = apps.get_model("directory", "Provider").objects.filter(pk=OuterRef("provider"))
    apps.get_model("services", "Station").objects.update(
        agency=Subquery(theirs.values("agency")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0008_sending"),
        ("directory", "0005_offers_in_time"),
        ("services", "0013_ends_and_waits"),
    ]

    operations = [
        migrations.AddField(
            model_name="station",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stations",
                to="access.agency",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
