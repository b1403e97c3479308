"""The archive: what rests, halves of keys, and who asks for them back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("vault", "0010_renewals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Resting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
        ),
        migrations.CreateModel(
            name="Half",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
        ),
        migrations.CreateModel(
            name="Recall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.UniqueConstraint(
                fields=("compartment", "by"), name="vault_pair_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="half",
            constraint=models.UniqueConstraint(
                fields=("pair", "side", "kid"), name="vault_half_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="half",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", "ab")), name="vault_half_of_two"
            ),
        ),
    ]
