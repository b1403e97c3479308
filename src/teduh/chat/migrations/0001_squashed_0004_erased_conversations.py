"""Every table of the room as 0004 left it, which a new office lays in one step."""

from django.db import migrations, models

from teduh.lib.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("chat", "0001_initial"),
        ("chat", "0002_conversations"),
        ("chat", "0003_closed"),
        ("chat", "0004_erased_conversations"),
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
                        ("subject", models.CharField(max_length=32)),
                        (
                            "side",
                            models.CharField(
                                choices=[("office", "Kantor"), ("reporter", "Pemegang tiket")],
                                max_length=8,
                            ),
                        ),
                        ("seq", models.PositiveIntegerField()),
                        ("item", models.CharField(max_length=22, unique=True)),
                        ("day", models.DateField()),
                        ("member_code", models.CharField(blank=True, max_length=32)),
                        ("closed", models.BooleanField(default=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subject", "side", "seq"), name="chat_one_per_seq"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Conversation",
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
                        ("subject", models.CharField(max_length=32, unique=True)),
                        ("team_code", models.CharField(max_length=32)),
                        ("waiting_since", models.DateTimeField(blank=True, null=True)),
                        ("waited", models.PositiveIntegerField(blank=True, null=True)),
                        ("answered_day", models.DateField(blank=True, null=True)),
                        ("away", models.BooleanField(default=False)),
                        ("ended_day", models.DateField(blank=True, null=True)),
                        (
                            "ended_by",
                            models.CharField(
                                blank=True,
                                choices=[("office", "Kantor"), ("reporter", "Pemegang tiket")],
                                max_length=8,
                            ),
                        ),
                        ("erased_day", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("waiting_since__isnull", False)),
                                fields=["team_code", "waiting_since"],
                                name="chat_waiting",
                            ),
                            models.Index(
                                fields=["team_code", "answered_day"], name="chat_answered"
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("ended_day__isnull", False), ("erased_day__isnull", True)
                                ),
                                fields=["ended_day"],
                                name="chat_ended",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_day__isnull", True),
                                    ("waiting_since__isnull", True),
                                    _connector="OR",
                                ),
                                name="chat_nobody_waits_after_the_end",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
