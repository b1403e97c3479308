"""Every table of the room as 0005 left it, which a new office lays in one step."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from teduh.lib.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("records", "0001_initial"),
        ("records", "0002_requests"),
        ("records", "0003_breaches"),
        ("records", "0004_packets"),
        ("records", "0005_asked_by_ticket"),
    ]

    initial = True

    dependencies = [
        ("access", "__first__"),
        ("cases", "0016_transfers"),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Erasure",
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
                        ("kind", models.CharField(max_length=16)),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("term", "masa simpan berakhir"),
                                    ("asked", "penyintas meminta"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("asked_day", models.DateField()),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[("approved", "disetujui"), ("refused", "tidak disetujui")],
                                max_length=8,
                            ),
                        ),
                        (
                            "kept_for",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("needed", "Masih diperlukan untuk penyintas"),
                                    ("law", "Hukum meminta disimpan"),
                                    ("check", "Belum yakin, diperiksa dulu"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("answered_day", models.DateField(blank=True, null=True)),
                        (
                            "answerer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                fields=["team_code", "answer", "-id"], name="records_erasures"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answer__in", ("", "approved"))),
                                fields=("subject",),
                                name="records_erasure_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answerer__isnull", True),
                                    models.Q(("answerer", models.F("asker")), _negated=True),
                                    _connector="OR",
                                ),
                                name="records_erasure_two_hands",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer", ""),
                                        ("answered_day__isnull", True),
                                        ("answerer__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_day__isnull", False),
                                        ("answerer__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="records_erasure_answered_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Retained",
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
                        ("team_code", models.CharField(max_length=32)),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("court", "Perkara, pidana, atau restitusi masih berjalan"),
                                    ("complaint", "Ada pengaduan tentang layanan"),
                                    ("inspection", "Diperiksa inspektorat atau lembaga lain"),
                                    ("survivor", "Penyintas meminta disimpan"),
                                    ("archive", "Dinilai arsip untuk disimpan lebih lama"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "let_go_by",
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
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("subject", "reason"),
                                name="records_retained_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("let_go_by__isnull", True), ("until__isnull", True)),
                                    models.Q(
                                        ("let_go_by__isnull", False), ("until__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="records_retained_let_go_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DataRequest",
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
                                    ("copy", "Salinan, dan siapa yang membukanya"),
                                    ("correct", "Perbaikan atau pelengkapan"),
                                    ("limit", "Penundaan atau pembatasan"),
                                    ("erase", "Pemusnahan"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "came",
                            models.CharField(
                                choices=[
                                    ("met", "Dikatakan saat bertemu"),
                                    ("phone", "Lewat telepon"),
                                    ("ticket", "Lewat pesan tiket"),
                                    ("letter", "Lewat surat"),
                                    ("companion", "Lewat pendamping atau kuasa hukum"),
                                    ("code", "Sendiri, dengan tiket dan kodenya"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("item", models.CharField(blank=True, max_length=22)),
                        ("asked_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("granted", "Dipenuhi"),
                                    ("partly", "Dipenuhi sebagian"),
                                    ("refused", "Belum dapat dipenuhi"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "because",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("danger", "Membahayakan ia atau orang lain (Pasal 33)"),
                                    ("others", "Membuka data orang lain (Pasal 33)"),
                                    ("law", "Masih ada proses hukum (Pasal 15 dan 44)"),
                                    ("duty", "Hukum meminta disimpan atau dikerjakan (Pasal 41)"),
                                    ("not_sure", "Belum pasti bahwa ia sendiri yang meminta"),
                                    ("taken_back", "Ia menarik permintaannya"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("told_day", models.DateField(blank=True, null=True)),
                        (
                            "answerer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="data_requests",
                                to="cases.case",
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
                        ("ticket", models.CharField(blank=True, max_length=13)),
                    ],
                    options={
                        "ordering": ["due_at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("outcome", "")),
                                fields=["due_at"],
                                name="records_requests",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answered_at__isnull", True),
                                        ("answerer__isnull", True),
                                        ("outcome", ""),
                                    ),
                                    models.Q(
                                        models.Q(("outcome", ""), _negated=True),
                                        ("answered_at__isnull", False),
                                        ("answerer__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="records_request_answered_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("because", ""),
                                    ("outcome__in", ("partly", "refused")),
                                    _connector="OR",
                                ),
                                name="records_request_reason_of_refusal",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("told_day__isnull", True),
                                    models.Q(("outcome", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="records_request_told_what",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answerer__isnull", True),
                                    ("member__isnull", True),
                                    models.Q(("answerer", models.F("member")), _negated=True),
                                    _connector="OR",
                                ),
                                name="records_request_two_hands",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("member__isnull", False), ("ticket", "")),
                                    models.Q(
                                        ("member__isnull", True),
                                        models.Q(("ticket", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="records_request_by_one",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("outcome", ""), models.Q(("ticket", ""), _negated=True)
                                ),
                                fields=("ticket", "kind"),
                                name="records_request_waits_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Breach",
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
                        ("team_code", models.CharField(max_length=32)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("lost", "Perangkat atau berkas hilang atau dicuri"),
                                    ("wrong", "Terkirim atau terlihat orang yang salah"),
                                    ("opened", "Dibuka orang dalam yang tidak berhak"),
                                    ("told", "Diceritakan atau disebarkan"),
                                    ("entered", "Sistem dimasuki orang luar"),
                                    ("gone", "Data rusak atau tidak dapat dibuka lagi"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("known_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("item", models.CharField(max_length=22)),
                        ("authority_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_day", models.DateField(blank=True, null=True)),
                        (
                            "asker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "closer",
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
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["closed_day", "due_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closer__isnull", True),
                                    models.Q(("closer", models.F("asker")), _negated=True),
                                    _connector="OR",
                                ),
                                name="records_breach_two_hands",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_day__isnull", True), ("closer__isnull", True)
                                    ),
                                    models.Q(
                                        ("asker__isnull", False),
                                        ("authority_at__isnull", False),
                                        ("closed_day__isnull", False),
                                        ("closer__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="records_breach_closed_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Exposed",
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
                            "what",
                            models.CharField(
                                choices=[
                                    ("identity", "nama atau nomor identitas"),
                                    ("contact", "nomor atau alamat"),
                                    ("story", "yang diceritakan"),
                                    ("health", "catatan kesehatan"),
                                    ("files", "foto, rekaman, atau surat"),
                                    ("fact", "bahwa ia meminta bantuan"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "breach",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="exposed",
                                to="records.breach",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("breach", "what"), name="records_exposed_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Touched",
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
                        (
                            "way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("met", "Langsung, saat bertemu"),
                                    ("call", "Lewat telepon, dengan kata sandinya"),
                                    ("ticket", "Lewat pesan tiket"),
                                    ("letter", "Lewat surat yang diserahkan langsung"),
                                    ("companion", "Lewat pendamping"),
                                    ("unsafe", "Belum: tidak ada cara yang aman"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "breach",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="touched",
                                to="records.breach",
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
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("breach", "subject"), name="records_touched_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("told_at__isnull", True),
                                    models.Q(
                                        models.Q(("way__in", ("", "unsafe")), _negated=True),
                                        ("member__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="records_touched_told_how",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PacketGrant",
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
                            "receiver",
                            models.CharField(
                                choices=[
                                    ("police", "Kepolisian"),
                                    ("prosecution", "Kejaksaan"),
                                    ("court", "Pengadilan"),
                                    ("lpsk", "LPSK, pelindungan saksi dan korban"),
                                    ("lawyer", "Pendamping atau kuasa hukumnya"),
                                    ("survivor", "Penyintas sendiri"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("agreed", "Penyintas tahu isinya dan setuju"),
                                    (
                                        "summoned",
                                        "Diminta tertulis oleh penyidik atau pengadilan; penyintas tahu",
                                    ),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("asked_day", models.DateField()),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[("approved", "disetujui"), ("refused", "tidak disetujui")],
                                max_length=8,
                            ),
                        ),
                        (
                            "denial",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unheard", "Penyintas belum ditanya"),
                                    ("too_much", "Lebih banyak daripada yang diminta"),
                                    ("no_letter", "Permintaan tertulisnya belum ada"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        (
                            "answerer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asker",
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
                                related_name="packet_grants",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answer", "")),
                                fields=("case",),
                                name="records_grant_one_asked",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answerer__isnull", True),
                                    models.Q(("answerer", models.F("asker")), _negated=True),
                                    _connector="OR",
                                ),
                                name="records_packetgrant_two_hands",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("answer", "approved"), _connector="OR"
                                ),
                                name="records_grant_until",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Packet",
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
                        ("sha", models.CharField(max_length=64)),
                        ("size", models.PositiveBigIntegerField()),
                        (
                            "grant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="packets",
                                to="records.packetgrant",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                    },
                ),
                migrations.CreateModel(
                    name="PacketItem",
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
                        ("what", models.CharField(max_length=48)),
                        ("item", models.CharField(max_length=22)),
                        ("sha", models.CharField(max_length=64)),
                        (
                            "packet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="records.packet",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("packet", "item"), name="records_packet_item_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Custody",
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
                            "step",
                            models.CharField(
                                choices=[("made", "dibuat dan diunduh"), ("handed", "diserahkan")],
                                max_length=8,
                            ),
                        ),
                        (
                            "receiver",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("police", "Kepolisian"),
                                    ("prosecution", "Kejaksaan"),
                                    ("court", "Pengadilan"),
                                    ("lpsk", "LPSK, pelindungan saksi dan korban"),
                                    ("lawyer", "Pendamping atau kuasa hukumnya"),
                                    ("survivor", "Penyintas sendiri"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "packet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="custody",
                                to="records.packet",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("receiver", ""), ("step", "made")),
                                    models.Q(
                                        ("step", "handed"),
                                        models.Q(("receiver", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="records_custody_to_whom",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
