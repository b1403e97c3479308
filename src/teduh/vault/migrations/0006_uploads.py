"""Files on their way: when the last piece came, and how their sender gets back to them."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def keep_begun(apps: Any, editor: Any) -> None:
    """What was on its way before is cleared in a week like everything else."""
    if editor.connection.alias != "default":
        return
    begun = apps.get_model("vault", "Envelope").objects
    uploads = apps.get_model("vault", "Upload").objects
    for file in begun.filter(what="intake.evidence.body", whole=False):
        uploads.create(file=file, resume=b"", at=timezone.now())


class Migration(migrations.Migration):
    """A table, and a row for each file that is not whole."""

    dependencies = [("vault", "0005_certificates_of_lists")]
    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("resume", models.BinaryField()),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "card",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="card_of",
                        to="vault.envelope",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="upload",
                        to="vault.envelope",
                    ),
                ),
            ],
        ),
        migrations.RunPython(keep_begun, migrations.RunPython.noop, elidable=True),
    ]
