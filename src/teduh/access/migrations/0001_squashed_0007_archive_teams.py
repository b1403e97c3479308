"""Every table of the room as 0007 left it, which a new office lays in one step."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from teduh.lib.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("access", "0001_initial"),
        ("access", "0002_lost_factor"),
        ("access", "0003_on_call"),
        ("access", "0004_absence"),
        ("access", "0005_conflict"),
        ("access", "0006_archive"),
        ("access", "0007_archive_teams"),
    ]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Agency",
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
                        ("code", models.SlugField(max_length=32, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("office", "UPTD PPA"),
                                    ("department", "Dinas"),
                                    ("police", "Kepolisian"),
                                    ("prosecution", "Kejaksaan"),
                                    ("health", "Layanan kesehatan"),
                                    ("social", "Layanan sosial"),
                                    ("legal", "Bantuan hukum"),
                                    ("school", "Pendidikan"),
                                    ("community", "Lembaga masyarakat"),
                                    ("inspectorate", "Inspektorat"),
                                    ("city_it", "Kominfo"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("area_code", models.CharField(blank=True, max_length=13)),
                        ("active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Member",
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
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        ("code", models.CharField(max_length=12, unique=True)),
                        (
                            "email",
                            models.EmailField(max_length=254, unique=True, verbose_name="surel"),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="nama")),
                        ("active", models.BooleanField(default=True)),
                        ("sessions_since", models.PositiveIntegerField(default=0)),
                        ("invited_by", models.CharField(blank=True, max_length=12)),
                        ("joined_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="access.agency",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="SignIn",
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
                        ("at", models.DateTimeField()),
                        (
                            "device",
                            models.CharField(
                                choices=[
                                    ("phone", "ponsel"),
                                    ("desk", "komputer"),
                                    ("other", "perangkat lain"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("session", models.CharField(blank=True, db_index=True, max_length=40)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sign_ins",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at"],
                    },
                ),
                migrations.CreateModel(
                    name="Team",
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
                        ("code", models.SlugField(max_length=24, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("assessment", "Tim asesmen"),
                                    ("companion", "Tim pendampingan"),
                                    ("hotline", "Tim hotline"),
                                    ("archive_a", "Arsip A"),
                                    ("archive_b", "Arsip B"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("active", models.BooleanField(default=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="teams",
                                to="access.agency",
                            ),
                        ),
                        ("on_call", models.BinaryField(blank=True, default=b"")),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("code", "arsip-a"), ("kind", "archive_a")),
                                    models.Q(
                                        models.Q(("kind", "archive_a"), _negated=True),
                                        models.Q(("code", "arsip-a"), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="access_archive_a_named",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("code", "arsip-b"), ("kind", "archive_b")),
                                    models.Q(
                                        models.Q(("kind", "archive_b"), _negated=True),
                                        models.Q(("code", "arsip-b"), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="access_archive_b_named",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Elevation",
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
                        ("right", models.CharField(max_length=24)),
                        ("reason", models.CharField(max_length=300)),
                        ("hours", models.PositiveSmallIntegerField()),
                        ("asked_at", models.DateTimeField()),
                        ("approved", models.BooleanField(default=False)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="elevations_decided",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="elevations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("by__isnull", True),
                                    models.Q(("by", models.F("member")), _negated=True),
                                    _connector="OR",
                                ),
                                name="access_not_by_oneself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("by__isnull", True), ("decided_at__isnull", True)),
                                    models.Q(("by__isnull", False), ("decided_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="access_decided_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved", False),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("until__gt", models.F("decided_at")),
                                    ),
                                    _connector="OR",
                                ),
                                name="access_elevation_ends",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoleHeld",
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
                        ("role", models.CharField(max_length=24)),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roles_held",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("member", "role"),
                                name="access_role_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="access_role_forward",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Duty",
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
                        ("starts", models.DateTimeField()),
                        ("ends", models.DateTimeField()),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="access.team",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("starts"))),
                                name="access_duty_forward",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamSeat",
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
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        ("lead", models.BooleanField(default=False)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="access.team",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("team", "member"),
                                name="access_seat_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="access_seat_forward",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LostFactor",
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
                        ("reason", models.CharField(max_length=300)),
                        ("asked_at", models.DateTimeField()),
                        ("until", models.DateTimeField()),
                        ("approved", models.BooleanField(default=False)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="factors_asked",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="factors_decided",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lost_factors",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("asked_by", models.F("member")), _negated=True),
                                name="access_lost_by_other",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("asked_at"))),
                                name="access_lost_ends",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("by__isnull", True), ("decided_at__isnull", True)),
                                    models.Q(("by__isnull", False), ("decided_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="access_lost_decided_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved", False),
                                    models.Q(
                                        ("by__isnull", False),
                                        ("decided_at__lt", models.F("until")),
                                        models.Q(("by", models.F("member")), _negated=True),
                                        models.Q(("by", models.F("asked_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="access_lost_takes_two",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Absence",
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
                        ("starts", models.DateTimeField()),
                        ("ends", models.DateTimeField()),
                        (
                            "deputy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stands_in",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="absences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("starts"))),
                                name="access_away_forward",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("deputy__isnull", True),
                                    models.Q(("deputy", models.F("member")), _negated=True),
                                    _connector="OR",
                                ),
                                name="access_away_other",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Conflict",
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
            ],
        ),
    ]
