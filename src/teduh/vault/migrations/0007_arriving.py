"""Files are noted before their first byte is written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table, in the database of the unit keys."""

    dependencies = [("vault", "0006_uploads")]
    operations = [
        migrations.CreateModel(
            name="Arriving",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=22, unique=True)),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
