"""Every table of the room, which a new office lays in one step."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from teduh.lib.tables import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0008_sending"),
        ("cases", "0022_fees"),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Series",
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
                        ("team_code", models.CharField(max_length=32)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("case", "Rapat kasus"), ("city", "Rapat lintas dinas")],
                                max_length=8,
                            ),
                        ),
                        ("starts", models.DateField()),
                        ("every", models.PositiveSmallIntegerField()),
                        ("hour", models.TimeField()),
                        (
                            "place",
                            models.CharField(
                                choices=[
                                    ("office", "Di kantor kami"),
                                    ("partner", "Di lembaga mitra"),
                                    ("city_hall", "Di balai kota"),
                                    ("call", "Lewat sambungan yang aman"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "chair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Conference",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[("case", "Rapat kasus"), ("city", "Rapat lintas dinas")],
                                max_length=8,
                            ),
                        ),
                        ("team_code", models.CharField(max_length=32)),
                        ("day", models.DateField()),
                        ("hour", models.TimeField()),
                        (
                            "place",
                            models.CharField(
                                choices=[
                                    ("office", "Di kantor kami"),
                                    ("partner", "Di lembaga mitra"),
                                    ("city_hall", "Di balai kota"),
                                    ("call", "Lewat sambungan yang aman"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "direncanakan"),
                                    ("under_way", "sedang berlangsung"),
                                    ("held", "sudah diadakan"),
                                    ("called_off", "dibatalkan"),
                                ],
                                default="planned",
                                max_length=12,
                            ),
                        ),
                        (
                            "why_off",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("few", "Terlalu sedikit yang dapat hadir"),
                                    ("nothing", "Tidak ada yang perlu dibahas"),
                                    ("moved", "Diganti hari lain"),
                                    ("unsafe", "Tempat atau sambungannya tidak aman"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("filled_day", models.DateField(blank=True, null=True)),
                        (
                            "chair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "minutes_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="conferences.series",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-day", "-id"],
                        "indexes": [
                            models.Index(fields=["team_code", "-day"], name="conferences_of_team")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("series", "day"), name="conferences_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "called_off"),
                                        models.Q(("why_off", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "called_off"), _negated=True),
                                        ("why_off", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="conferences_off_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("triggers", models.CharField(max_length=64)),
                        (
                            "judgement",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fear", "Ia sangat takut"),
                                    ("culture", "Budaya atau bahasa menghalanginya bercerita"),
                                    ("strangled", "Pernah dicekik"),
                                    ("stalked", "Dikuntit atau diawasi"),
                                    ("threats", "Diancam dibunuh"),
                                    ("control", "Berpisah, dikendalikan, dan disakiti sekaligus"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("assessed_day", models.DateField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "menunggu dibahas"),
                                    ("discussed", "sudah dibahas"),
                                    ("off", "tidak dibahas"),
                                ],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        (
                            "why_off",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("settled", "Sudah tertangani"),
                                    ("no_yes", "Ia tidak setuju dibahas"),
                                    ("later", "Dibahas di rapat berikutnya"),
                                    ("ended", "Kasusnya selesai atau berjalan di kasus lain"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("wishes", models.CharField(blank=True, max_length=22)),
                        (
                            "unsaid",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_now", "Ia belum ingin menyampaikannya"),
                                    ("trusts", "Ia menyerahkannya kepada pendampingnya"),
                                    ("young", "Ia terlalu kecil untuk ditanya"),
                                    ("unreached", "Belum dapat ditanya dengan aman"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("minutes", models.CharField(blank=True, max_length=22)),
                        (
                            "feedback_way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("met", "Langsung, saat bertemu"),
                                    ("call", "Lewat telepon, dengan kata sandinya"),
                                    ("ticket", "Lewat pesan tiket"),
                                    ("companion", "Lewat pendampingnya"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("feedback_until", models.DateField(blank=True, null=True)),
                        ("feedback_day", models.DateField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="discussed",
                                to="cases.case",
                            ),
                        ),
                        (
                            "feedback_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "conference",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="conferences.conference",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("conference", "case"), name="conferences_item_once"
                            ),
                            models.UniqueConstraint(
                                fields=("conference", "number"), name="conferences_item_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "off"), models.Q(("why_off", ""), _negated=True)
                                    ),
                                    models.Q(
                                        models.Q(("state", "off"), _negated=True), ("why_off", "")
                                    ),
                                    _connector="OR",
                                ),
                                name="conferences_item_off_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "discussed"), _negated=True),
                                    models.Q(("wishes", ""), _negated=True),
                                    models.Q(("unsaid", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="conferences_item_wishes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("feedback_by__isnull", True),
                                        ("feedback_until__isnull", True),
                                        ("feedback_way", ""),
                                    ),
                                    models.Q(
                                        models.Q(("feedback_way", ""), _negated=True),
                                        ("feedback_by__isnull", False),
                                        ("feedback_until__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="conferences_item_feedback_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contribution",
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
                        ("what", models.CharField(max_length=40)),
                        ("sealed", models.CharField(max_length=22)),
                        ("day", models.DateField()),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.agency",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contributions",
                                to="conferences.agendaitem",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "doing",
                            models.CharField(
                                choices=[
                                    ("contact", "Menghubungi penyintas"),
                                    ("safety", "Memperbarui rencana keselamatan"),
                                    ("patrol", "Patroli dan pemantauan"),
                                    ("investigate", "Melanjutkan penyidikan"),
                                    ("file", "Melengkapi berkas perkara"),
                                    ("protect", "Mengurus pelindungan"),
                                    ("visum", "Visum atau keterangan ahli"),
                                    ("treat", "Perawatan kesehatan"),
                                    ("therapy", "Pendampingan psikologis"),
                                    ("legal", "Bantuan hukum atau restitusi"),
                                    ("shelter", "Tempat aman"),
                                    ("school", "Urusan sekolah"),
                                    ("support", "Dukungan ekonomi atau sosial"),
                                    ("report", "Memberi kabar perkembangan"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("what", models.CharField(max_length=40)),
                        ("sealed", models.CharField(max_length=22)),
                        ("due", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "berjalan"),
                                    ("done", "dikerjakan"),
                                    ("let_go", "dilepas"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        (
                            "evidence",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("letter", "Ada suratnya"),
                                    ("met", "Bertemu atau menelepon"),
                                    ("seen", "Disaksikan petugas"),
                                    ("entry", "Tercatat dalam kasus"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "let_go",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("she_said", "Penyintas tidak menginginkannya"),
                                    ("needless", "Tidak diperlukan lagi"),
                                    ("replaced", "Diganti keputusan lain"),
                                    ("impossible", "Tidak dapat dikerjakan"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("ended_day", models.DateField(blank=True, null=True)),
                        ("told_day", models.DateField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="access.agency",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decisions",
                                to="conferences.agendaitem",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["due", "id"],
                                name="conferences_decisions_open",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "number"), name="conferences_decision_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_day__isnull", True),
                                        ("evidence", ""),
                                        ("let_go", ""),
                                        ("state", "open"),
                                    ),
                                    models.Q(
                                        ("ended_day__isnull", False),
                                        ("let_go", ""),
                                        ("state", "done"),
                                        models.Q(("evidence", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("ended_day__isnull", False),
                                        ("evidence", ""),
                                        ("state", "let_go"),
                                        models.Q(("let_go", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="conferences_decision_ended_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TableSeat",
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
                            "presence",
                            models.CharField(
                                choices=[
                                    ("asked", "diundang"),
                                    ("present", "hadir"),
                                    ("apology", "berhalangan"),
                                ],
                                default="asked",
                                max_length=8,
                            ),
                        ),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.CharField(blank=True, max_length=16)),
                        ("sha", models.CharField(blank=True, max_length=64)),
                        (
                            "conference",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seats",
                                to="conferences.conference",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats_at_meetings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("conference", "member"), name="conferences_seat_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("accepted_at__isnull", True), ("sha", ""), ("version", "")
                                    ),
                                    models.Q(
                                        ("accepted_at__isnull", False),
                                        models.Q(("version", ""), _negated=True),
                                        models.Q(("sha", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="conferences_accepted_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Veil",
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
                        ("place", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=40)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "conference",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="veils",
                                to="conferences.conference",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["place"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("conference", "case"), name="conferences_veil_once"
                            ),
                            models.UniqueConstraint(
                                fields=("conference", "place"), name="conferences_veil_place"
                            ),
                            models.UniqueConstraint(
                                fields=("conference", "name"), name="conferences_veil_name"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreedDanger",
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
                            "whose",
                            models.CharField(
                                choices=[
                                    ("survivor", "Penyintas"),
                                    ("children", "Anak-anak"),
                                    ("accused", "Terlapor"),
                                    ("others", "Orang lain di sekitarnya"),
                                    ("staff", "Petugas"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("violence", "Disakiti lagi"),
                                    ("killing", "Dibunuh"),
                                    ("self", "Menyakiti diri sendiri"),
                                    ("revenge", "Pembalasan"),
                                    ("pressure", "Ditekan mencabut laporan"),
                                    ("online", "Konten disebarkan"),
                                    ("taken", "Dibawa pergi"),
                                    ("home", "Kehilangan tempat tinggal atau nafkah"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("sealed", models.CharField(blank=True, max_length=22)),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dangers",
                                to="conferences.agendaitem",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "whose", "kind"), name="conferences_danger_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
