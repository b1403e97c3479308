"""One more text may leave: something is late."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0004_one_message_waits"),
    ]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="template",
            field=models.CharField(
                choices=[
                    ("news", "kabar untuk pemegang tiket"),
                    ("work", "ada yang menunggu"),
                    ("invitation", "undangan anggota"),
                    ("account", "cara masuk berubah"),
                    ("guessed", "kata sandi mungkin diketahui orang"),
                    ("late", "ada yang terlambat"),
                    ("lost_factor", "faktor kedua diminta dilepas"),
                ],
                max_length=24,
            ),
        ),
    ]
