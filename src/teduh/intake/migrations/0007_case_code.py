"""A report names the case that tells it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0006_becomes_case"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="case_code",
            field=models.CharField(blank=True, db_index=True, max_length=13),
        ),
    ]
