"""Every table of the room as 0011 left it, which a new office lays in one step."""

import django.db.models.deletion
from django.db import migrations, models

from teduh.lib.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("vault", "0001_initial"),
        ("vault", "0002_lists"),
        ("vault", "0003_living_keys"),
        ("vault", "0004_withheld"),
        ("vault", "0005_certificates_of_lists"),
        ("vault", "0006_uploads"),
        ("vault", "0007_arriving"),
        ("vault", "0008_rewrapping"),
        ("vault", "0009_card_made_of"),
        ("vault", "0010_renewals"),
        ("vault", "0011_archive"),
    ]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Acceptance",
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
                        ("subject", models.CharField(max_length=40, unique=True)),
                        ("body", models.BinaryField()),
                        ("sig", models.BinaryField()),
                        ("by", models.CharField(max_length=80)),
                    ],
                ),
                migrations.CreateModel(
                    name="Keyring",
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
                        ("member_code", models.CharField(max_length=32, unique=True)),
                        ("salt", models.BinaryField()),
                        ("blob", models.BinaryField()),
                        ("withheld", models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Manifest",
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
                        ("serial", models.PositiveIntegerField(unique=True)),
                        ("body", models.BinaryField()),
                        ("sig", models.BinaryField()),
                        ("cert", models.BinaryField()),
                        ("cert_sig", models.BinaryField()),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                    ],
                ),
                migrations.CreateModel(
                    name="PublicKey",
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
                        ("kid", models.CharField(max_length=80, unique=True)),
                        ("kind", models.CharField(max_length=16)),
                        ("owner", models.CharField(blank=True, max_length=32)),
                        ("public", models.BinaryField()),
                        ("since", models.DateField()),
                        ("by", models.CharField(blank=True, max_length=80)),
                        ("gone", models.DateField(blank=True, null=True)),
                        ("made_at", models.DateTimeField(blank=True, null=True)),
                        ("sig", models.BinaryField(blank=True, default=b"")),
                    ],
                ),
                migrations.CreateModel(
                    name="ReporterKey",
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
                        ("subject", models.CharField(max_length=40, unique=True)),
                        ("kotak", models.BinaryField()),
                        ("tanda", models.BinaryField()),
                    ],
                ),
                migrations.CreateModel(
                    name="UnitKey",
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
                        ("unit", models.CharField(max_length=80, unique=True)),
                        ("key", models.BinaryField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Compartment",
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
                        ("comp", models.CharField(max_length=16)),
                        ("gen", models.PositiveIntegerField()),
                        ("d", models.BinaryField()),
                        ("cmp", models.CharField(max_length=43, unique=True)),
                        ("by", models.CharField(blank=True, max_length=80)),
                        ("sig", models.BinaryField(blank=True, default=b"")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subject", "comp", "gen"), name="vault_one_generation"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Envelope",
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
                        ("item", models.CharField(max_length=22, unique=True)),
                        ("what", models.CharField(max_length=48)),
                        ("seq", models.PositiveIntegerField()),
                        ("hdr", models.BinaryField()),
                        ("ct", models.BinaryField(blank=True, default=b"")),
                        ("sig", models.BinaryField(blank=True, default=b"")),
                        ("pieces", models.PositiveIntegerField(default=0)),
                        ("size", models.PositiveBigIntegerField(default=0)),
                        ("whole", models.BooleanField(default=True)),
                        (
                            "compartment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="vault.compartment",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="EpochWrap",
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
                        ("epoch_kid", models.CharField(max_length=80)),
                        ("team_code", models.CharField(db_index=True, max_length=32)),
                        ("member_code", models.CharField(db_index=True, max_length=32)),
                        ("kid", models.CharField(max_length=80)),
                        ("stored", models.BinaryField()),
                        ("withheld", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("epoch_kid", "kid"), name="vault_epoch_wrap_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Unlock",
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
                        ("member_code", models.CharField(max_length=32)),
                        ("day", models.DateField()),
                        ("times", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("member_code", "day"), name="vault_unlock_per_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Card",
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
                        ("subject", models.CharField(max_length=40)),
                        ("team_code", models.CharField(max_length=32)),
                        ("item", models.CharField(max_length=22, unique=True)),
                        ("hdr", models.BinaryField()),
                        ("stored", models.BinaryField()),
                        ("sig", models.BinaryField()),
                        (
                            "compartment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cards",
                                to="vault.compartment",
                            ),
                        ),
                        ("made_of", models.CharField(blank=True, max_length=120)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subject", "team_code"), name="vault_card_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Certificate",
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
                        ("member_code", models.CharField(max_length=32, unique=True)),
                        ("body", models.BinaryField()),
                        ("sig", models.BinaryField()),
                        ("until", models.DateField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Departure",
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
                        ("member_code", models.CharField(max_length=32)),
                        ("team_code", models.CharField(blank=True, max_length=32)),
                        ("at", models.DateTimeField()),
                        ("lost", models.BooleanField(default=False)),
                    ],
                ),
                migrations.CreateModel(
                    name="Upload",
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
                        ("resume", models.BinaryField()),
                        ("at", models.DateTimeField(db_index=True)),
                        (
                            "card",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="card_of",
                                to="vault.envelope",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="upload",
                                to="vault.envelope",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Arriving",
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
                        ("item", models.CharField(max_length=22, unique=True)),
                        ("at", models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="SecondLook",
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
                        ("by", models.CharField(max_length=80)),
                        ("body", models.BinaryField()),
                        ("sig", models.BinaryField()),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Wrap",
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
                        ("kid", models.CharField(max_length=80)),
                        ("stored", models.BinaryField()),
                        (
                            "compartment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="wraps",
                                to="vault.compartment",
                            ),
                        ),
                        ("by", models.CharField(blank=True, max_length=32)),
                        (
                            "opened",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wraps",
                                to="vault.secondlook",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("compartment", "kid"), name="vault_wrap_once"
                            )
                        ],
                        "indexes": [
                            models.Index(fields=["kid", "compartment"], name="vault_wrap_kid")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Renewal",
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
                        ("subject", models.CharField(max_length=40)),
                        ("gen", models.PositiveIntegerField()),
                        ("body", models.BinaryField()),
                        ("sig", models.BinaryField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subject", "gen"), name="vault_one_renewal"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Resting",
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
                        ("subject", models.CharField(max_length=40, unique=True)),
                        ("team_code", models.CharField(max_length=32)),
                        ("since", models.DateField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Pair",
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
                        ("check_a", models.BinaryField()),
                        ("check_b", models.BinaryField()),
                        (
                            "compartment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pairs",
                                to="vault.compartment",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("compartment", "by"), name="vault_pair_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Half",
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
                        ("side", models.CharField(max_length=1)),
                        ("kid", models.CharField(max_length=80)),
                        ("stored", models.BinaryField()),
                        ("by", models.CharField(blank=True, max_length=32)),
                        (
                            "pair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="halves",
                                to="vault.pair",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("pair", "side", "kid"), name="vault_half_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("side__in", "ab")), name="vault_half_of_two"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recall",
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
                        ("root", models.CharField(db_index=True, max_length=40)),
                        ("subjects", models.JSONField()),
                        ("team_code", models.CharField(max_length=32)),
                        ("by", models.CharField(max_length=32)),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("reopened", "kasus dibuka kembali"),
                                    ("her_request", "permintaan penyintas atas datanya"),
                                    ("court", "diminta pengadilan atau penyidik"),
                                    ("review", "peninjauan oleh penyelia"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("ended", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended__isnull", True)),
                                fields=("root",),
                                name="vault_recall_once",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
