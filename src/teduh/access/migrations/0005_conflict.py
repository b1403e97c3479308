"""Members kept from a subject by a conflict of interest."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_absence"),
    ]

    operations = [
        migrations.CreateModel(
            name="Conflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(db_index=True, max_length=40)),
                ("root", models.CharField(max_length=40)),
                ("team_code", models.CharField(max_length=32)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("family", "keluarga"),
                            ("friend", "teman atau tetangga dekat"),
                            ("work", "bekerja dengan terlapor"),
                            ("named", "disebut oleh penyintas"),
                            ("other", "sebab lain"),
                        ],
                        max_length=12,
                    ),
                ),
                ("day", models.DateField()),
                ("lifted_day", models.DateField(blank=True, null=True)),
                (
                    "lifted",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mistake", "ternyata orang lain"),
                            ("ended", "hubungannya sudah berakhir"),
                            ("agreed", "penyintas tahu dan tidak keberatan"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-day", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_day__isnull", True)),
                        fields=("member", "subject"),
                        name="access_conflict_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lifted", ""),
                                ("lifted_by__isnull", True),
                                ("lifted_day__isnull", True),
                            ),
                            models.Q(
                                ("lifted_by__isnull", False),
                                ("lifted_day__isnull", False),
                                models.Q(("lifted", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="access_conflict_lifted_whole",
                    ),
                ],
            },
        ),
    ]
