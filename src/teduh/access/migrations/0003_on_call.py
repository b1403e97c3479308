"""A team's telephone for danger, encrypted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0002_lost_factor")]

    operations = [
        migrations.AddField(
            model_name="team",
            name="on_call",
            field=models.BinaryField(blank=True, default=b""),
        ),
    ]
