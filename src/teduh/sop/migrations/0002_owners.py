"""Who answers for a promise."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sop", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="owner",
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AlterField(
            model_name="promise",
            name="ended",
            field=models.CharField(
                blank=True,
                choices=[
                    ("no_need", "Tidak diperlukan lagi"),
                    ("elsewhere", "Ditangani lembaga lain"),
                    ("double", "Sama dengan laporan lain"),
                    ("declined", "Penyintas tidak menghendakinya"),
                ],
                max_length=12,
            ),
        ),
    ]
