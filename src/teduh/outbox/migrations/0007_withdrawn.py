"""A message may be withdrawn: she does not want to be contacted any more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0006_ways_for_telephones")]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="ended",
            field=models.CharField(
                blank=True,
                choices=[
                    ("old", "sehari menunggu"),
                    ("tries", "terlalu sering dicoba"),
                    ("refused", "ditolak jalurnya"),
                    ("unreadable", "tidak terbaca lagi"),
                    ("withdrawn", "ditarik kembali"),
                ],
                default="",
                max_length=12,
            ),
        ),
    ]
