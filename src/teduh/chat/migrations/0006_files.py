from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0005_quiet"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="file",
            field=models.CharField(blank=True, max_length=22),
        ),
    ]
