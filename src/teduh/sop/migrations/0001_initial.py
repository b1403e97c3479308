"""Promises and their misses."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(db_index=True, max_length=40)),
                ("team_code", models.CharField(max_length=32)),
                ("book", models.CharField(max_length=32)),
                ("version", models.CharField(max_length=16)),
                ("step", models.CharField(max_length=32)),
                (
                    "band",
                    models.CharField(
                        choices=[
                            ("extreme", "Sangat tinggi"),
                            ("high", "Tinggi"),
                            ("medium", "Sedang"),
                            ("low", "Rendah"),
                        ],
                        max_length=8,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("moment", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(blank=True, null=True)),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                (
                    "pause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asked", "Penyintas meminta menunggu"),
                            ("unsafe", "Belum aman untuk menghubungi"),
                            ("ill", "Penyintas dirawat atau sakit"),
                        ],
                        max_length=12,
                    ),
                ),
                ("met_at", models.DateTimeField(blank=True, null=True)),
                ("missed_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_need", "Tidak diperlukan lagi"),
                            ("elsewhere", "Ditangani lembaga lain"),
                            ("double", "Sama dengan laporan lain"),
                        ],
                        max_length=12,
                    ),
                ),
                ("heard_at", models.DateTimeField(blank=True, null=True)),
                ("heard_by", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "ordering": ["due_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True), ("met_at__isnull", True)),
                        fields=["next_at", "id"],
                        name="sop_next",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True), ("met_at__isnull", True)),
                        fields=["team_code", "due_at"],
                        name="sop_board",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("met_at__isnull", True)),
                        fields=("subject", "step"),
                        name="sop_one_running",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gte", models.F("began_at"))),
                        name="sop_due_after",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("met_at__isnull", True), ("ended_at__isnull", True), _connector="OR"
                        ),
                        name="sop_one_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended", ""), ("ended_at__isnull", True)),
                            ("ended_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sop_end_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pause", ""), ("paused_at__isnull", True)),
                            models.Q(("next_at__isnull", True), ("paused_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="sop_pause_stops",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Miss",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("moment", models.PositiveSmallIntegerField()),
                ("due_at", models.DateTimeField()),
                ("noticed_at", models.DateTimeField()),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="misses",
                        to="sop.promise",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("promise", "moment"), name="sop_miss_once")
                ],
            },
        ),
    ]
