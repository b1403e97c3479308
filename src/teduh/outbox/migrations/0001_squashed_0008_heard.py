"""Every table of the room as 0008 left it, which a new office lays in one step."""

from django.db import migrations, models

from teduh.lib.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("outbox", "0001_initial"),
        ("outbox", "0002_messages_of_accounts"),
        ("outbox", "0003_password_guessed"),
        ("outbox", "0004_one_message_waits"),
        ("outbox", "0005_something_is_late"),
        ("outbox", "0006_ways_for_telephones"),
        ("outbox", "0007_withdrawn"),
        ("outbox", "0008_heard"),
    ]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("email", "surel"),
                                    ("sms", "SMS"),
                                    ("whatsapp", "WhatsApp"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "template",
                            models.CharField(
                                choices=[
                                    ("news", "kabar untuk pemegang tiket"),
                                    ("work", "ada yang menunggu"),
                                    ("invitation", "undangan anggota"),
                                    ("account", "cara masuk berubah"),
                                    ("guessed", "kata sandi mungkin diketahui orang"),
                                    ("late", "ada yang terlambat"),
                                    ("lost_factor", "faktor kedua diminta dilepas"),
                                    ("heard", "pesan dari telepon sampai"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("address", models.BinaryField()),
                        ("link", models.BinaryField(blank=True)),
                        ("queued_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField(db_index=True)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("delivered_at", models.DateTimeField(blank=True, null=True)),
                        ("given_up_at", models.DateTimeField(blank=True, null=True)),
                        ("twin", models.BinaryField(blank=True, db_index=True, default=b"")),
                        ("key", models.CharField(max_length=32)),
                        (
                            "ticket",
                            models.CharField(blank=True, db_index=True, default="", max_length=16),
                        ),
                        ("danger", models.BooleanField(default=False)),
                        (
                            "ended",
                            models.CharField(
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
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("delivered_at__isnull", True),
                                        ("given_up_at__isnull", True),
                                    ),
                                    models.Q(("address", b""), ("link", b""), ("twin", b"")),
                                    _connector="OR",
                                ),
                                name="outbox_address_erased",
                            )
                        ],
                    },
                )
            ],
        ),
    ]
