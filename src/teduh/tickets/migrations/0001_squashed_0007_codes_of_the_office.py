"""Every table of the room as 0007 left it, which a new office lays in one step."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from teduh.lib.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("tickets", "0001_initial"),
        ("tickets", "0002_of_other_reports_no_word"),
        ("tickets", "0003_guided_without_a_message"),
        ("tickets", "0004_steps_of_a_case"),
        ("tickets", "0005_promised_days"),
        ("tickets", "0006_opinions"),
        ("tickets", "0007_codes_of_the_office"),
    ]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Ticket",
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
                        ("number", models.CharField(max_length=13, unique=True)),
                        ("auth", models.CharField(max_length=64)),
                        ("own", models.BooleanField(default=False)),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("received", "Laporan diterima"),
                                    ("review", "Sedang ditelaah"),
                                    ("preparing", "Layanan disiapkan"),
                                    ("running", "Layanan berjalan"),
                                    ("passed_on", "Diteruskan ke layanan yang tepat"),
                                    ("monitoring", "Pemantauan dan pemulihan"),
                                    ("done", "Selesai"),
                                ],
                                default="received",
                                max_length=16,
                            ),
                        ),
                        ("stage_day", models.DateField()),
                        (
                            "next_step",
                            models.CharField(
                                choices=[
                                    (
                                        "read",
                                        "Petugas membaca laporan Anda, paling lama 24 jam sejak dikirim.",
                                    ),
                                    ("assess", "Petugas menelaah kebutuhan dan keselamatan Anda."),
                                    (
                                        "answer",
                                        "Kami menunggu jawaban Anda di halaman pesan. Tidak perlu tergesa.",
                                    ),
                                    (
                                        "partner",
                                        "Lembaga yang tepat menerima laporan ini dan menindaklanjuti.",
                                    ),
                                    ("guided", "Kami sudah mengirim arahan di halaman pesan."),
                                    (
                                        "elsewhere",
                                        "Untuk hal ini ada layanan lain yang lebih tepat; nomornya ada di halaman depan. Kalau keliru, tulis di halaman pesan.",
                                    ),
                                    ("plan", "Petugas menyusun rencana bersama Anda."),
                                    ("prepare", "Layanan yang Anda setujui sedang disiapkan."),
                                    (
                                        "service",
                                        "Layanan berjalan. Kabar berikutnya lewat cara yang Anda pilih.",
                                    ),
                                    ("review", "Kami menanyakan kabar Anda dari waktu ke waktu."),
                                    (
                                        "return",
                                        "Tidak ada langkah lagi. Anda bisa membuka lagi kapan saja.",
                                    ),
                                ],
                                default="read",
                                max_length=16,
                            ),
                        ),
                        ("opened_day", models.DateField()),
                        ("rights_version", models.CharField(max_length=32)),
                        ("quiet_since", models.DateField(blank=True, null=True)),
                        ("by_day", models.DateField(blank=True, null=True)),
                        ("late", models.BooleanField(default=False)),
                        ("opinion_given", models.BooleanField(default=False)),
                        ("issued_on", models.DateField(blank=True, null=True)),
                        ("renewed_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("by_day__isnull", False), ("late", False)),
                                fields=["by_day"],
                                name="tickets_days",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StageReached",
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
                            "stage",
                            models.CharField(
                                choices=[
                                    ("received", "Laporan diterima"),
                                    ("review", "Sedang ditelaah"),
                                    ("preparing", "Layanan disiapkan"),
                                    ("running", "Layanan berjalan"),
                                    ("passed_on", "Diteruskan ke layanan yang tepat"),
                                    ("monitoring", "Pemantauan dan pemulihan"),
                                    ("done", "Selesai"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("day", models.DateField()),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reached",
                                to="tickets.ticket",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Opinion",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("month", models.DateField(db_index=True)),
                        (
                            "safe",
                            models.CharField(
                                blank=True,
                                choices=[("yes", "Ya"), ("partly", "Sebagian"), ("no", "Tidak")],
                                max_length=8,
                            ),
                        ),
                        (
                            "heard",
                            models.CharField(
                                blank=True,
                                choices=[("yes", "Ya"), ("partly", "Sebagian"), ("no", "Tidak")],
                                max_length=8,
                            ),
                        ),
                        (
                            "promised",
                            models.CharField(
                                blank=True,
                                choices=[("yes", "Ya"), ("partly", "Sebagian"), ("no", "Tidak")],
                                max_length=8,
                            ),
                        ),
                        (
                            "again",
                            models.CharField(
                                blank=True,
                                choices=[("yes", "Ya"), ("partly", "Sebagian"), ("no", "Tidak")],
                                max_length=8,
                            ),
                        ),
                    ],
                ),
            ],
        ),
    ]
