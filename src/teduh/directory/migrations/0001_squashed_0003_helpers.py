"""Every table of the room as 0003 left it, which a new office lays in one step."""

import django.db.models.deletion
from django.db import migrations, models

from teduh.lib.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("directory", "0001_initial"),
        ("directory", "0002_cost"),
        ("directory", "0003_helpers"),
    ]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Area",
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
                        ("code", models.CharField(max_length=13, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("province", "Provinsi"),
                                    ("city", "Kabupaten atau kota"),
                                    ("district", "Kecamatan"),
                                    ("kelurahan", "Kelurahan atau desa"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("parent", models.CharField(blank=True, db_index=True, max_length=13)),
                        ("population", models.PositiveIntegerField(blank=True, null=True)),
                        ("source", models.CharField(blank=True, max_length=160)),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="Channel",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("walkin", "Datang langsung"),
                                    ("phone", "Telepon"),
                                    ("callcenter", "Call center 112"),
                                    ("web", "Formulir daring"),
                                    ("whatsapp", "WhatsApp"),
                                    ("sapa129", "SAPA 129"),
                                    ("lapor", "SP4N-LAPOR!"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("label", models.CharField(max_length=80)),
                        ("target", models.CharField(max_length=160)),
                        ("hours", models.CharField(blank=True, max_length=120)),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("active", models.BooleanField(default=True)),
                        (
                            "cost",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("free", "Gratis"),
                                    ("credit", "Pulsa atau tagihan telepon"),
                                    ("data", "Kuota data saja"),
                                ],
                                max_length=8,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "label"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "target"), name="directory_channel_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Helper",
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
                        ("name", models.CharField(max_length=120)),
                        (
                            "profile",
                            models.CharField(
                                choices=[
                                    ("religious", "Tokoh agama"),
                                    ("school", "Guru BK"),
                                    ("pkk", "Kader PKK"),
                                    ("posyandu", "Kader posyandu"),
                                    ("rt", "Relawan RT"),
                                    ("health", "Tenaga kesehatan"),
                                    ("officer", "Petugas"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("area_code", models.CharField(max_length=13)),
                        ("conduct", models.DateField(blank=True, null=True)),
                        ("until", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("active", "Aktif"),
                                    ("paused", "Berhenti sementara"),
                                    ("left", "Tidak lagi"),
                                ],
                                default="active",
                                max_length=8,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["area_code", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="HelperCard",
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
                        ("number", models.CharField(max_length=8, unique=True)),
                        ("public", models.BinaryField()),
                        ("issued", models.DateField()),
                        ("until", models.DateField()),
                        ("revoked", models.DateField(blank=True, null=True)),
                        ("misses", models.PositiveSmallIntegerField(default=0)),
                        ("used", models.DateField(blank=True, null=True)),
                        (
                            "helper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cards",
                                to="directory.helper",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Qualification",
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
                            "topic",
                            models.CharField(
                                choices=[
                                    ("signs", "Tanda bahaya dan rujukan"),
                                    ("pfa", "Dukungan psikologis awal"),
                                    ("noblame", "Bahasa yang tidak menyalahkan"),
                                    ("confid", "Kerahasiaan dan UU PDP"),
                                    ("child", "Komunikasi ramah anak"),
                                    ("disability", "Pendampingan ramah disabilitas"),
                                    ("bounds", "Batas interaksi aman"),
                                    ("mediation", "Batas mediasi"),
                                    ("selfcare", "Perawatan diri"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("day", models.DateField()),
                        (
                            "helper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="qualifications",
                                to="directory.helper",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("helper", "topic", "day"),
                                name="directory_qualification_once",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
