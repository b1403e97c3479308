"""Every table of the room as 0006 left it, which a new office lays in one step."""

import django.db.models.deletion
from django.db import migrations, models

from teduh.lib.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("sop", "0001_initial"),
        ("sop", "0002_owners"),
        ("sop", "0003_versions_and_reasons"),
        ("sop", "0004_today"),
        ("sop", "0005_due_and_people"),
        ("sop", "0006_several_of_one_step"),
    ]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Promise",
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
                                    ("declined", "Penyintas tidak menghendakinya"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("heard_at", models.DateTimeField(blank=True, null=True)),
                        ("heard_by", models.CharField(blank=True, max_length=32)),
                        ("owner", models.CharField(blank=True, max_length=32)),
                        ("asks_reason", models.BooleanField(default=False)),
                        ("explained_at", models.DateTimeField(blank=True, null=True)),
                        ("explained_by", models.CharField(blank=True, max_length=32)),
                        ("out_of_turn", models.BooleanField(default=False)),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("late_told", "Sudah lewat ketika kami diberi tahu"),
                                    ("unreached", "Penyintas tidak dapat dihubungi dengan aman"),
                                    ("wished", "Penyintas menghendaki begitu"),
                                    ("safety", "Urutannya diubah demi keselamatan"),
                                    ("others", "Menunggu lembaga lain"),
                                    ("staff", "Petugas kurang atau berganti"),
                                    ("distance", "Jarak atau kendaraan"),
                                    ("system", "Listrik, jaringan, atau sistem"),
                                    ("recorded", "Tepat waktu, tetapi terlambat dicatat"),
                                    ("forgotten", "Terlupa"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("about", models.CharField(blank=True, max_length=40)),
                    ],
                    options={
                        "ordering": ["due_at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("ended_at__isnull", True), ("met_at__isnull", True)
                                ),
                                fields=["next_at", "id"],
                                name="sop_next",
                            ),
                            models.Index(
                                condition=models.Q(("asks_reason", True)),
                                fields=["team_code", "met_at"],
                                name="sop_asks_reason",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("ended_at__isnull", True), ("met_at__isnull", True)
                                ),
                                fields=[
                                    "team_code",
                                    "due_at",
                                    "owner",
                                    "paused_at",
                                    "missed_at",
                                    "heard_at",
                                ],
                                name="sop_board",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    ("met_at__isnull", True),
                                    ("paused_at__isnull", False),
                                ),
                                fields=["team_code", "owner"],
                                name="sop_waiting",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    ("met_at__isnull", True),
                                    ("paused_at__isnull", True),
                                ),
                                fields=["due_at", "id"],
                                name="sop_due",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    ("met_at__isnull", True),
                                    ("paused_at__isnull", True),
                                ),
                                fields=["team_code", "owner", "due_at"],
                                name="sop_people",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("due_at__gte", models.F("began_at"))),
                                name="sop_due_after",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("met_at__isnull", True),
                                    ("ended_at__isnull", True),
                                    _connector="OR",
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
                                    models.Q(
                                        ("next_at__isnull", True), ("paused_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="sop_pause_stops",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("explained_at__isnull", True), ("reason", "")),
                                    models.Q(
                                        models.Q(("reason", ""), _negated=True),
                                        ("asks_reason", False),
                                        ("explained_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="sop_reason_said",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True), ("met_at__isnull", True)
                                ),
                                fields=("subject", "step", "about"),
                                name="sop_one_running",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                            models.UniqueConstraint(
                                fields=("promise", "moment"), name="sop_miss_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Version",
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
                        ("book", models.CharField(max_length=32)),
                        ("version", models.CharField(max_length=16)),
                        ("since", models.DateField()),
                        ("sha", models.CharField(max_length=64)),
                        ("text", models.TextField()),
                        ("drafted_by", models.CharField(max_length=32)),
                        ("drafted_at", models.DateTimeField()),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-since", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("book", "version"), name="sop_version_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
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
                        ("by", models.CharField(max_length=32)),
                        ("at", models.DateTimeField()),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="approvals",
                                to="sop.version",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "by"), name="sop_approval_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
