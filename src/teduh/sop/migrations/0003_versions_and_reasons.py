"""Versions that two people approve, and why a promise was late."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sop", "0002_owners"),
    ]

    operations = [
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            },
        ),
        migrations.AddField(
            model_name="promise",
            name="asks_reason",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="promise",
            name="explained_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="promise",
            name="explained_by",
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name="promise",
            name="out_of_turn",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="promise",
            name="reason",
            field=models.CharField(
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
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(("asks_reason", True)),
                fields=["team_code", "met_at"],
                name="sop_asks_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("book", "version"), name="sop_version_once"),
        ),
        migrations.AddField(
            model_name="approval",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="approvals",
                to="sop.version",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(fields=("version", "by"), name="sop_approval_once"),
        ),
    ]
