from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0001_squashed_0007_codes_of_the_office"),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="asks",
            field=models.BooleanField(default=False),
        ),
    ]
