"""Cases drawn for review."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_break_glass"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("reviewed_day", models.DateField(blank=True, null=True)),
                (
                    "follow_up",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "Tidak ada"),
                            ("talk", "Dibicarakan dengan manajer kasus"),
                            ("help", "Tim perlu bantuan atau pelatihan"),
                            ("now", "Ditindaklanjuti hari ini"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="samples",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SampleAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("risk", "Risiko dinilai tepat waktu dan ditindaklanjuti"),
                            ("safety", "Ada rencana keselamatan yang sesuai risikonya"),
                            ("rights", "Hak dijelaskan dan diminta sesuai pilihan penyintas"),
                            ("contact", "Penyintas dihubungi sesuai cara dan waktu amannya"),
                            ("plan", "Rencana ditinjau pada waktunya"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "found",
                    models.CharField(
                        choices=[
                            ("yes", "ya"),
                            ("partly", "sebagian"),
                            ("no", "tidak"),
                            ("not_due", "belum waktunya"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="cases.sample",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reviewed_day__isnull", True)),
                fields=("case", "by"),
                name="cases_sample_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("follow_up", ""), ("reviewed_day__isnull", True)),
                    models.Q(
                        ("reviewed_day__isnull", False), models.Q(("follow_up", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="cases_sample_reviewed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="sampleanswer",
            constraint=models.UniqueConstraint(
                fields=("sample", "question"), name="cases_sample_answer_once"
            ),
        ),
    ]
