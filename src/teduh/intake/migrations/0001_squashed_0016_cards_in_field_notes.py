"""Every table of the room as 0016 left it, which a new office lays in one step."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from teduh.lib.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("intake", "0001_initial"),
        ("intake", "0002_avoid_team"),
        ("intake", "0003_additions"),
        ("intake", "0004_of_all_states"),
        ("intake", "0005_unread"),
        ("intake", "0006_becomes_case"),
        ("intake", "0007_case_code"),
        ("intake", "0008_origin_staff"),
        ("intake", "0009_field_notes"),
        ("intake", "0010_messages_in"),
        ("intake", "0011_calls"),
        ("intake", "0012_reissues"),
        ("intake", "0013_call_centres"),
        ("intake", "0014_gatherings"),
        ("intake", "0015_filings"),
        ("intake", "0016_cards_in_field_notes"),
    ]

    initial = True

    dependencies = [
        ("access", "0005_conflict"),
        ("access", "__first__"),
        ("tickets", "0002_of_other_reports_no_word"),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Report",
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
                        ("channel", models.CharField(default="web", max_length=16)),
                        (
                            "door",
                            models.CharField(
                                choices=[
                                    ("self", "Untuk diri sendiri"),
                                    ("other", "Untuk orang lain"),
                                    ("young", "Di bawah 18 tahun"),
                                    ("ask", "Bertanya dulu"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("day", models.DateField()),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("browser", "Dikunci di ponsel pelapor"),
                                    ("server", "Dikunci di server (tanpa JavaScript)"),
                                    ("staff", "Dikunci di komputer petugas yang mencatatnya"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("team_code", models.CharField(max_length=32)),
                        (
                            "danger",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unsafe", "Tidak aman"),
                                    ("unsure", "Tidak tahu"),
                                    ("safe", "Aman"),
                                    ("", "Dilewati"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("urgency", models.PositiveSmallIntegerField(default=2)),
                        ("child", models.BooleanField(default=False)),
                        ("sex", models.CharField(blank=True, max_length=16)),
                        ("age_band", models.CharField(blank=True, max_length=16)),
                        ("relation", models.CharField(blank=True, max_length=32)),
                        ("place", models.CharField(blank=True, max_length=32)),
                        ("area_code", models.CharField(blank=True, max_length=16)),
                        ("event_when", models.CharField(blank=True, max_length=16)),
                        ("disability", models.CharField(blank=True, max_length=16)),
                        ("contact_via", models.CharField(blank=True, max_length=16)),
                        ("officer_sex", models.CharField(blank=True, max_length=8)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("new", "Baru"),
                                    ("taken", "Ditangani"),
                                    ("asked", "Menunggu jawaban pelapor"),
                                    ("passed", "Diteruskan ke lembaga lain"),
                                    ("duplicate", "Satu kejadian dengan laporan lain"),
                                    ("guided", "Di luar kewenangan, sudah diarahkan"),
                                    ("case", "Menjadi kasus"),
                                ],
                                default="new",
                                max_length=16,
                            ),
                        ),
                        ("flood", models.BooleanField(default=False)),
                        ("passed_to", models.CharField(blank=True, max_length=32)),
                        (
                            "handler",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "same_as",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="intake.report",
                            ),
                        ),
                        (
                            "ticket",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="report",
                                to="tickets.ticket",
                            ),
                        ),
                        ("avoid_team", models.BooleanField(default=False)),
                        ("added_day", models.DateField(blank=True, null=True)),
                        ("unread", models.PositiveIntegerField(default=0)),
                        ("case_code", models.CharField(blank=True, db_index=True, max_length=13)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["team_code", "state", "urgency", "-id"],
                                name="intake_worklist",
                            ),
                            models.Index(
                                fields=["team_code", "urgency", "-id"], name="intake_of_all_states"
                            ),
                            models.Index(
                                condition=models.Q(("unread__gt", 0)),
                                fields=["team_code"],
                                name="intake_unread",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Coded",
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
                        ("question", models.CharField(max_length=16)),
                        ("code", models.CharField(max_length=32)),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="coded",
                                to="intake.report",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("report", "question", "code"), name="intake_coded_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Step",
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
                            "to",
                            models.CharField(
                                choices=[
                                    ("new", "Baru"),
                                    ("taken", "Ditangani"),
                                    ("asked", "Menunggu jawaban pelapor"),
                                    ("passed", "Diteruskan ke lembaga lain"),
                                    ("duplicate", "Satu kejadian dengan laporan lain"),
                                    ("guided", "Di luar kewenangan, sudah diarahkan"),
                                    ("case", "Menjadi kasus"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("day", models.DateField()),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="intake.report",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Addition",
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
                        ("number", models.PositiveIntegerField()),
                        ("token", models.CharField(max_length=22)),
                        ("day", models.DateField()),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("browser", "Dikunci di ponsel pelapor"),
                                    ("server", "Dikunci di server (tanpa JavaScript)"),
                                    ("staff", "Dikunci di komputer petugas yang mencatatnya"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="additions",
                                to="intake.report",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("report", "number"), name="intake_addition_number"
                            ),
                            models.UniqueConstraint(
                                fields=("report", "token"), name="intake_addition_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AddedFact",
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
                        ("question", models.CharField(max_length=16)),
                        ("code", models.CharField(max_length=32)),
                        (
                            "addition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="facts",
                                to="intake.addition",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("addition", "question", "code"),
                                name="intake_added_fact_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FieldNote",
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
                            "level",
                            models.CharField(
                                choices=[
                                    ("red", "Merah: telepon sekarang"),
                                    ("amber", "Kuning: rujuk hari ini"),
                                    ("green", "Hijau: perhatikan, tawarkan bantuan"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "report",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="field_note",
                                to="intake.report",
                            ),
                        ),
                        ("area_code", models.CharField(blank=True, max_length=13)),
                        ("card", models.CharField(blank=True, max_length=8)),
                        ("profile", models.CharField(blank=True, max_length=16)),
                        (
                            "proof",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Tanpa kartu"),
                                    ("proven", "Ditandatangani dengan kartu"),
                                    ("unproven", "Kartunya tidak terbukti"),
                                ],
                                max_length=8,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Heard",
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
                        ("mark", models.BinaryField(unique=True)),
                        ("at", models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Talk",
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
                        ("mark", models.BinaryField(unique=True)),
                        ("kept", models.BinaryField()),
                        ("since", models.DateTimeField(db_index=True)),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, to="intake.report"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CallDay",
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
                        ("day", models.DateField()),
                        ("offered", models.PositiveIntegerField()),
                        ("answered", models.PositiveIntegerField()),
                        ("waiting", models.PositiveIntegerField()),
                        ("abandoned", models.PositiveIntegerField()),
                    ],
                    options={
                        "ordering": ["-day"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("team_code", "day"), name="intake_call_day_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "offered__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("answered"), "+", models.F("abandoned")
                                        ),
                                    )
                                ),
                                name="intake_call_day_sum",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Call",
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
                                choices=[
                                    ("help", "Butuh bantuan"),
                                    ("information", "Bertanya"),
                                    ("silent", "Diam"),
                                    ("abandoned", "Terputus sebelum bicara"),
                                    ("abusive", "Kasar atau mengganggu"),
                                    ("test", "Percobaan"),
                                    ("wrong_number", "Salah sambung"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("team_code", models.CharField(max_length=32)),
                        ("day", models.DateField()),
                        ("started_at", models.DateTimeField()),
                        ("seconds", models.PositiveIntegerField(default=0)),
                        ("filed", models.BooleanField(default=False)),
                        ("open", models.BooleanField(default=False)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calls",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["team_code", "day"], name="intake_calls_of_a_day"),
                            models.Index(
                                condition=models.Q(("open", True)),
                                fields=["team_code"],
                                name="intake_open_calls",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reissue",
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
                        ("facts", models.CharField(max_length=64)),
                        (
                            "met",
                            models.CharField(
                                choices=[
                                    ("here", "datang sendiri"),
                                    ("called", "kami telepon balik ke nomor yang tersimpan"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("looked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reissues",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "looked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reissues",
                                to="intake.report",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("looked_by__isnull", True)),
                                fields=["report"],
                                name="intake_reissue_waits",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallCentre",
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
                        ("name", models.CharField(max_length=80)),
                        ("agency_code", models.CharField(max_length=32)),
                        ("link", models.CharField(max_length=64, unique=True)),
                        ("made_day", models.DateField()),
                        ("closed_day", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["closed_day", "name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Gathering",
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
                            "occasion",
                            models.CharField(
                                choices=[
                                    ("returned", "Pekerja migran yang dipulangkan"),
                                    ("rescued", "Penyelamatan atau penggerebekan"),
                                    ("disaster", "Pengungsian"),
                                    ("visit", "Kunjungan ke kelurahan, sekolah, atau tempat kerja"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("place", models.CharField(blank=True, max_length=32)),
                        ("area_code", models.CharField(blank=True, max_length=16)),
                        ("day", models.DateField()),
                        ("team_code", models.CharField(db_index=True, max_length=32)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Gathered",
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
                            "report",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, to="intake.report"
                            ),
                        ),
                        (
                            "gathering",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="gathered",
                                to="intake.gathering",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Filing",
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
                            "paper",
                            models.CharField(
                                choices=[
                                    ("police", "Kepolisian"),
                                    ("health", "Rumah sakit atau puskesmas"),
                                    ("school", "Sekolah"),
                                    ("campus", "Satuan tugas kampus"),
                                    ("agency", "Lembaga pendamping"),
                                    ("sapa129", "Pelimpahan dari SAPA 129"),
                                    ("lapor", "Pelimpahan dari SP4N-LAPOR!"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "agreed",
                            models.CharField(
                                choices=[
                                    ("herself", "yang mengalami setuju"),
                                    ("guardian", "wali anak setuju"),
                                    ("duty", "anak dalam bahaya, wajib dilaporkan"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=40)),
                        ("told", models.CharField(blank=True, max_length=200)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="filings",
                                to="access.agency",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="filings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "report",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="filing",
                                to="intake.report",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="NetworkQuery",
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
                            "asked",
                            models.CharField(
                                choices=[
                                    ("when", "Kapan dijawab?"),
                                    ("safe", "Sudah dilihat apakah ia aman?"),
                                    ("help", "Perlu bantuan lembaga kami?"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("late", models.BooleanField(default=False)),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("taken", "sudah ditangani"),
                                    ("today", "dijawab hari ini"),
                                    ("help", "ya, kami hubungi lembaga Anda"),
                                    ("elsewhere", "sudah diarahkan ke layanan lain"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="network_queries",
                                to="access.agency",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="network_queries",
                                to="intake.report",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("answered_at__isnull", True), ("late", False)),
                                fields=["due_at"],
                                name="intake_query_due",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at__isnull", True)),
                                fields=("report", "agency"),
                                name="intake_one_open_query",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at__isnull", True)),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="intake_query_answered_whole",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
