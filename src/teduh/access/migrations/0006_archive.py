"""Two kinds of teams that hold the halves of the archive."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_conflict"),
    ]

    operations = [
        migrations.AlterField(
            model_name="team",
            name="kind",
            field=models.CharField(
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
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
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
        ),
    ]
