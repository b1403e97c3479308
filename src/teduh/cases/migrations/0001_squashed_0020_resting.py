"""Every table of the room as 0020 left it, which a new office lays in one step."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from teduh.lib.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0001_initial"),
        ("cases", "0002_legal"),
        ("cases", "0003_risk"),
        ("cases", "0004_plan"),
        ("cases", "0005_rights"),
        ("cases", "0006_break_glass"),
        ("cases", "0007_samples"),
        ("cases", "0008_today"),
        ("cases", "0009_recovery"),
        ("cases", "0010_daily"),
        ("cases", "0011_tasks"),
        ("cases", "0012_merge"),
        ("cases", "0013_erased"),
        ("cases", "0014_assessment_parts"),
        ("cases", "0015_support_tasks"),
        ("cases", "0016_transfers"),
        ("cases", "0017_merged_index"),
        ("cases", "0018_links"),
        ("cases", "0019_going"),
        ("cases", "0020_resting"),
    ]

    initial = True

    dependencies = [
        ("access", "__first__"),
        ("intake", "0006_becomes_case"),
        ("vault", "0011_archive"),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Case",
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
                        ("opened_day", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Dibuka, menunggu asesmen"),
                                    ("assessed", "Asesmen selesai"),
                                    ("planned", "Rencana layanan disepakati"),
                                    ("in_service", "Layanan berjalan"),
                                    ("referred", "Dirujuk"),
                                    ("legal", "Proses hukum"),
                                    ("monitoring", "Pemantauan"),
                                    ("closed", "Selesai"),
                                    ("reopened", "Dibuka kembali"),
                                    ("transferred", "Dilimpahkan"),
                                ],
                                default="open",
                                max_length=16,
                            ),
                        ),
                        (
                            "band",
                            models.CharField(
                                choices=[
                                    ("extreme", "Sangat tinggi"),
                                    ("high", "Tinggi"),
                                    ("medium", "Sedang"),
                                    ("low", "Rendah"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("urgency", models.PositiveSmallIntegerField()),
                        ("child", models.BooleanField(default=False)),
                        ("contact_day", models.DateField(blank=True, null=True)),
                        ("closed_day", models.DateField(blank=True, null=True)),
                        ("closed_for", models.CharField(blank=True, max_length=16)),
                        (
                            "manager",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="cases.case",
                            ),
                        ),
                        ("erased_day", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["team_code", "state", "urgency", "-id"], name="cases_list"
                            ),
                            models.Index(
                                fields=["team_code", "urgency", "-id"], name="cases_of_all_states"
                            ),
                            models.Index(fields=["manager", "state"], name="cases_load"),
                            models.Index(
                                condition=models.Q(
                                    ("closed_day__isnull", False), ("erased_day__isnull", True)
                                ),
                                fields=["closed_day"],
                                name="cases_to_erase",
                            ),
                            models.Index(
                                condition=models.Q(("merged_into__isnull", False)),
                                fields=["merged_into"],
                                name="cases_merged",
                            ),
                            models.Index(
                                condition=models.Q(("closed_day__isnull", True)),
                                fields=["team_code", "urgency", "-id"],
                                name="cases_going",
                            ),
                            models.Index(
                                condition=models.Q(("closed_day__isnull", True)),
                                fields=[
                                    "team_code",
                                    "manager",
                                    "state",
                                    "urgency",
                                    "contact_day",
                                    "opened_day",
                                    "closed_day",
                                ],
                                name="cases_by_manager",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into__isnull", True),
                                    models.Q(
                                        ("closed_for", "merged"),
                                        ("state", "closed"),
                                        models.Q(("merged_into", models.F("pk")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_merged_is_closed",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Crew",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("manager", "Manajer kasus"),
                                    ("officer", "Petugas pengaduan"),
                                    ("counsellor", "Konselor atau psikolog"),
                                    ("social", "Pekerja sosial"),
                                    ("legal", "Pendamping hukum"),
                                    ("health", "Tenaga kesehatan"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="crew",
                                to="cases.case",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="crews",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("case", "member", "role"),
                                name="cases_crew_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Incident",
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
                        ("main_kind", models.CharField(max_length=32)),
                        (
                            "gbv",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("rape", "Perkosaan"),
                                    ("sexual_assault", "Serangan seksual"),
                                    ("physical_assault", "Serangan fisik"),
                                    ("forced_marriage", "Pemaksaan perkawinan"),
                                    (
                                        "denial",
                                        "Penyangkalan sumber daya, kesempatan, atau layanan",
                                    ),
                                    ("emotional", "Kekerasan psikis atau emosional"),
                                    ("none", "Bukan kekerasan berbasis gender"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("day", models.DateField(blank=True, null=True)),
                        ("place", models.CharField(blank=True, max_length=32)),
                        ("area_code", models.CharField(blank=True, max_length=16)),
                        ("online", models.BooleanField(default=False)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="incidents",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "number"), name="cases_incident_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IncidentCode",
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
                            "incident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="codes",
                                to="cases.incident",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("incident", "question", "code"),
                                name="cases_incident_code_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Person",
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
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("survivor", "Penyintas"),
                                    ("child", "Anak yang terdampak"),
                                    ("household", "Serumah"),
                                    ("accused", "Terlapor"),
                                    ("reporter", "Pelapor"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("item", models.CharField(blank=True, max_length=22)),
                        ("sex", models.CharField(blank=True, max_length=16)),
                        ("age_band", models.CharField(blank=True, max_length=16)),
                        ("disability", models.CharField(blank=True, max_length=16)),
                        ("education", models.CharField(blank=True, max_length=16)),
                        ("occupation", models.CharField(blank=True, max_length=16)),
                        ("marital", models.CharField(blank=True, max_length=16)),
                        (
                            "nationality",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("idn", "WNI"),
                                    ("foreign", "WNA"),
                                    ("stateless", "Tanpa kewarganegaraan"),
                                    ("unknown", "Tidak diketahui"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("relation", models.CharField(blank=True, max_length=32)),
                        ("interpreter", models.BooleanField(default=False)),
                        ("returned", models.BooleanField(default=False)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="people",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "number"), name="cases_person_number"
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
                                    ("open", "Dibuka, menunggu asesmen"),
                                    ("assessed", "Asesmen selesai"),
                                    ("planned", "Rencana layanan disepakati"),
                                    ("in_service", "Layanan berjalan"),
                                    ("referred", "Dirujuk"),
                                    ("legal", "Proses hukum"),
                                    ("monitoring", "Pemantauan"),
                                    ("closed", "Selesai"),
                                    ("reopened", "Dibuka kembali"),
                                    ("transferred", "Dilimpahkan"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("day", models.DateField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="cases.case",
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
                    name="Told",
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
                        ("day", models.DateField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="told",
                                to="cases.case",
                            ),
                        ),
                        (
                            "report",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="told_in",
                                to="intake.report",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="JusticeStep",
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
                                    ("lp", "Laporan polisi (LP)"),
                                    ("lidik", "Penyelidikan"),
                                    ("sidik", "Penyidikan"),
                                    ("tahap_1", "Tahap I"),
                                    ("p19", "P-19, dikembalikan"),
                                    ("p21", "P-21, lengkap"),
                                    ("tahap_2", "Tahap II"),
                                    ("sidang", "Sidang"),
                                    ("putusan", "Putusan"),
                                    ("banding", "Banding atau kasasi"),
                                    ("inkrah", "Berkekuatan tetap"),
                                    ("sp3", "SP3, dihentikan"),
                                    ("diversi", "Diversi"),
                                    ("dicabut", "Dicabut"),
                                    ("tidak_lanjut", "Tidak dilanjutkan"),
                                    ("waits", "Belum memberi tahu polisi, keputusan penyelia"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("day", models.DateField()),
                        ("pressure", models.BooleanField(default=False)),
                        (
                            "waits",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("asked", "Penyintas meminta waktu"),
                                    ("unsafe", "Memberi tahu sekarang membahayakan penyintas"),
                                    ("child", "Kepentingan terbaik anak sedang ditimbang"),
                                    ("known", "Polisi sudah tahu dari pihak lain"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="justice",
                                to="cases.case",
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
                        "ordering": ["day", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Protection",
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
                                    (
                                        "tpks",
                                        "Pelindungan sementara polisi, TPKS (paling lama 14 hari)",
                                    ),
                                    (
                                        "pkdrt",
                                        "Pelindungan sementara polisi, PKDRT (paling lama 7 hari)",
                                    ),
                                    ("court", "Penetapan pengadilan (paling lama 1 tahun)"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        ("over", models.DateField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="protections",
                                to="cases.case",
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
                    name="VisumStep",
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
                                    ("offered", "Ditawarkan"),
                                    ("emergency_care", "Perawatan dulu, visum menyusul"),
                                    ("lp_made", "Laporan polisi dibuat"),
                                    ("spv_requested", "Surat permintaan visum diminta"),
                                    ("spv_issued", "Surat permintaan visum terbit"),
                                    ("exam_scheduled", "Pemeriksaan dijadwalkan"),
                                    ("delayed", "Tertunda"),
                                    ("exam_done", "Pemeriksaan selesai"),
                                    ("psych_report", "Visum psikiatrikum atau keterangan ahli"),
                                    ("result_sent", "Hasil dikirim ke penyidik"),
                                    ("result_confirmed", "Hasil diterima penyidik"),
                                    ("declined", "Tidak dikehendaki penyintas"),
                                    ("not_needed", "Tidak diperlukan"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("day", models.DateField()),
                        (
                            "delay",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fee", "Diminta biaya"),
                                    ("distance", "Jarak atau transportasi"),
                                    ("doctor", "Dokter belum ada"),
                                    ("letter", "Surat belum terbit"),
                                    ("not_ready", "Penyintas belum siap"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("fee_asked", models.BooleanField(default=False)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="visum",
                                to="cases.case",
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
                    name="Assessment",
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
                        ("instrument", models.CharField(max_length=32)),
                        ("version", models.CharField(max_length=16)),
                        ("score", models.PositiveSmallIntegerField()),
                        (
                            "computed",
                            models.CharField(
                                choices=[
                                    ("extreme", "Sangat tinggi"),
                                    ("high", "Tinggi"),
                                    ("medium", "Sedang"),
                                    ("low", "Rendah"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "final",
                            models.CharField(
                                choices=[
                                    ("extreme", "Sangat tinggi"),
                                    ("high", "Tinggi"),
                                    ("medium", "Sedang"),
                                    ("low", "Rendah"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("away", "Terlapor ditahan atau tidak dapat mendekat"),
                                    ("safe", "Penyintas sudah di tempat aman"),
                                    ("past", "Yang dijawab ya sudah lama dan tidak berulang"),
                                    ("protected", "Pelindungan berjalan dan dipatuhi"),
                                    ("meant", "Jawaban penyintas bermaksud lain"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "lowering",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("asked", "menunggu penyelia"),
                                    ("confirmed", "disetujui penyelia"),
                                    ("refused", "tidak disetujui penyelia"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("day", models.DateField()),
                        ("item", models.CharField(max_length=22)),
                        ("body", models.BinaryField()),
                        ("sig", models.BinaryField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assessments",
                                to="cases.case",
                            ),
                        ),
                        (
                            "decided_by",
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
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "number"), name="cases_assessment_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Retaliation",
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
                                    ("threat", "Diancam"),
                                    ("violence", "Disakiti lagi"),
                                    ("followed", "Dibuntuti atau didatangi"),
                                    ("cast_out", "Diusir atau diputus nafkahnya"),
                                    ("work", "Dipersulit di tempat kerja atau sekolah"),
                                    ("accused_back", "Dilaporkan balik"),
                                    ("exposed", "Disebarkan aib atau identitasnya"),
                                    ("family", "Keluarga, saksi, atau pendamping ditekan"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("day", models.DateField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="retaliations",
                                to="cases.case",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "kind", "day"), name="cases_retaliation_once_a_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
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
                        ("edition", models.PositiveIntegerField(default=0)),
                        (
                            "copy",
                            models.CharField(
                                choices=[
                                    ("no", "Tidak, rencana tetap di sini"),
                                    ("safe", "Ya, di tempat yang aman"),
                                ],
                                default="no",
                                max_length=8,
                            ),
                        ),
                        ("review_day", models.DateField(blank=True, null=True)),
                        ("agreed_day", models.DateField(blank=True, null=True)),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="plan",
                                to="cases.case",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Goal",
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
                        ("item", models.CharField(max_length=22)),
                        ("service", models.CharField(blank=True, max_length=20)),
                        (
                            "who",
                            models.CharField(
                                choices=[
                                    ("crew", "Tim kasus"),
                                    ("survivor", "Penyintas"),
                                    ("together", "Bersama-sama"),
                                    ("partner", "Lembaga mitra"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("due", models.DateField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "berjalan"),
                                    ("reached", "tercapai"),
                                    ("dropped", "tidak dilanjutkan"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("since", models.DateField()),
                        ("ended_day", models.DateField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="goals",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "number"), name="cases_goal_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_day__isnull", True), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("ended_day__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_goal_end_has_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RightStep",
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
                        ("right", models.CharField(max_length=20)),
                        ("told", models.DateField(blank=True, null=True)),
                        ("requested", models.DateField(blank=True, null=True)),
                        ("met", models.DateField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rights",
                                to="cases.case",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "right"), name="cases_right_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BreakGlass",
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
                            "reason",
                            models.CharField(
                                choices=[
                                    ("danger", "Ada bahaya sekarang"),
                                    ("manager", "Manajer kasus tidak dapat dihubungi"),
                                    ("court", "Sidang atau pemeriksaan hari ini"),
                                    ("other", "Sebab lain, dijelaskan kepada penyelia"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField()),
                        ("looked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="glasses",
                                to="cases.case",
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
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-since", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("since"))),
                                name="cases_glass_forward",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("looked_at__isnull", True), ("looked_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("looked_at__isnull", False), ("looked_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_glass_looked_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sample",
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
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("reviewed_day__isnull", True)),
                                fields=("case", "by"),
                                name="cases_sample_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("follow_up", ""), ("reviewed_day__isnull", True)),
                                    models.Q(
                                        ("reviewed_day__isnull", False),
                                        models.Q(("follow_up", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_sample_reviewed_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SampleAnswer",
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
                            "question",
                            models.CharField(
                                choices=[
                                    ("risk", "Risiko dinilai tepat waktu dan ditindaklanjuti"),
                                    ("safety", "Ada rencana keselamatan yang sesuai risikonya"),
                                    (
                                        "rights",
                                        "Hak dijelaskan dan diminta sesuai pilihan penyintas",
                                    ),
                                    (
                                        "contact",
                                        "Penyintas dihubungi sesuai cara dan waktu amannya",
                                    ),
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
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sample", "question"), name="cases_sample_answer_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Closure",
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
                            "reason",
                            models.CharField(
                                choices=[
                                    ("goals_met", "Tujuan pemulihan tercapai"),
                                    ("self", "Permintaan penyintas"),
                                    ("transferred", "Dilimpahkan"),
                                    ("out_scope", "Bukan kewenangan, sudah diarahkan"),
                                    ("unreachable", "Tidak dapat dihubungi secara aman"),
                                    ("moved", "Pindah domisili"),
                                    ("deceased", "Meninggal"),
                                    (
                                        "court_final",
                                        "Putusan berkekuatan tetap dan pemulihan selesai",
                                    ),
                                    ("duplicate", "Duplikat"),
                                    ("insufficient", "Informasi tidak cukup"),
                                    ("false_entry", "Salah input atau percobaan"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("item", models.CharField(max_length=22)),
                        ("asked_day", models.DateField()),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[("approved", "Disetujui"), ("refused", "Belum disetujui")],
                                max_length=8,
                            ),
                        ),
                        (
                            "refusal",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unheard", "Penyintas belum ditanya"),
                                    ("risk", "Risikonya belum reda"),
                                    ("early", "Terlalu cepat sejak tinjauan terakhir"),
                                    ("undone", "Masih ada yang perlu dikerjakan"),
                                ],
                                max_length=12,
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
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="closures",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answer", "")),
                                fields=("case",),
                                name="cases_closure_one_asked",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answerer__isnull", True),
                                    models.Q(("answerer", models.F("asker")), _negated=True),
                                    _connector="OR",
                                ),
                                name="cases_closure_two_hands",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Review",
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
                        ("day", models.DateField()),
                        (
                            "band",
                            models.CharField(
                                choices=[
                                    ("extreme", "Sangat tinggi"),
                                    ("high", "Tinggi"),
                                    ("medium", "Sedang"),
                                    ("low", "Rendah"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("agreed", models.PositiveSmallIntegerField()),
                        ("reached", models.PositiveSmallIntegerField()),
                        ("rating", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("item", models.CharField(blank=True, max_length=22)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reviews",
                                to="cases.case",
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rating__isnull", True),
                                    ("rating__range", (1, 5)),
                                    _connector="OR",
                                ),
                                name="cases_review_rating",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reached__lte", models.F("agreed"))),
                                name="cases_review_reached",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
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
                            "way",
                            models.CharField(
                                choices=[
                                    ("phone", "Telepon"),
                                    ("text", "Pesan ke ponsel"),
                                    ("ticket", "Pesan lewat tiket"),
                                    ("visit", "Berkunjung"),
                                    ("met", "Bertemu di kantor atau layanan"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("reached", "Berbicara dengan penyintas"),
                                    ("no_answer", "Tidak dijawab"),
                                    ("unsafe", "Belum aman untuk berbicara"),
                                    ("wrong_person", "Orang lain yang menjawab"),
                                    ("no_message", "Tidak dijawab, tanpa meninggalkan pesan"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("item", models.CharField(blank=True, max_length=22)),
                        ("day", models.DateField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contacts",
                                to="cases.case",
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
                    },
                ),
                migrations.CreateModel(
                    name="Note",
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
                        ("item", models.CharField(max_length=22)),
                        ("day", models.DateField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notes",
                                to="cases.case",
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
                    },
                ),
                migrations.CreateModel(
                    name="Task",
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
                                    ("call", "Menghubungi seseorang"),
                                    ("accompany", "Mendampingi"),
                                    ("papers", "Mengurus surat"),
                                    ("arrange", "Mengatur layanan"),
                                    ("support", "Menawarkan bantuan ekonomi sementara"),
                                    ("rescore", "Menilai ulang risiko"),
                                    ("other", "Lainnya"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("item", models.CharField(blank=True, max_length=22)),
                        ("due", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Belum selesai"),
                                    ("done", "Selesai"),
                                    ("dropped", "Tidak perlu lagi"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="cases.case",
                            ),
                        ),
                        (
                            "who",
                            models.ForeignKey(
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
                                fields=["who", "due"],
                                name="cases_tasks",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Merge",
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
                            "reason",
                            models.CharField(
                                choices=[
                                    ("she_said", "Penyintas sendiri mengatakannya"),
                                    ("twice", "Beberapa orang melaporkan hal yang sama"),
                                    ("papers", "Nama dan peristiwanya sama, sudah dicocokkan"),
                                    ("mistake", "Kasusnya terbuka dua kali karena keliru"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("asked_day", models.DateField()),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[("approved", "Disatukan"), ("refused", "Tetap dua kasus")],
                                max_length=8,
                            ),
                        ),
                        (
                            "refusal",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("person", "Penyintasnya berbeda"),
                                    ("events", "Peristiwanya berbeda"),
                                    ("unsure", "Belum pasti, tanyakan dulu kepada penyintas"),
                                    ("unsafe", "Menyatukannya membahayakan penyintas"),
                                ],
                                max_length=12,
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
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="merges",
                                to="cases.case",
                            ),
                        ),
                        (
                            "into",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="merges_into",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answer", "")),
                                fields=("case",),
                                name="cases_merge_one_asked",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answerer__isnull", True),
                                    models.Q(("answerer", models.F("asker")), _negated=True),
                                    _connector="OR",
                                ),
                                name="cases_merge_two_hands",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("case", models.F("into")), _negated=True),
                                name="cases_merge_two_cases",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Part",
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
                        ("part", models.CharField(max_length=16)),
                        ("item", models.CharField(max_length=22)),
                        ("day", models.DateField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="cases.case",
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
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "part"), name="cases_part_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartGrant",
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
                        ("part", models.CharField(max_length=16)),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("plan", "Menyusun rencana bersama penyintas"),
                                    ("visit", "Mendampingi atau menjangkau"),
                                    ("stand_in", "Menggantikan rekan"),
                                    ("court", "Sidang atau pemeriksaan"),
                                    ("supervision", "Penyeliaan"),
                                    ("other", "Sebab lain, dijelaskan langsung"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("asked", models.DateTimeField()),
                        ("since", models.DateTimeField(blank=True, null=True)),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        ("ended", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
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
                                related_name="part_grants",
                                to="cases.case",
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
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("ended__isnull", True), ("since__isnull", True)
                                ),
                                fields=("case", "part", "member"),
                                name="cases_grant_asked_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("since__isnull", True), ("until__isnull", True)),
                                    models.Q(
                                        ("by__isnull", False),
                                        ("since__isnull", False),
                                        ("until__gt", models.F("since")),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_grant_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("by__isnull", True),
                                    models.Q(("by", models.F("member")), _negated=True),
                                    _connector="OR",
                                ),
                                name="cases_grant_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PeerOffice",
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
                        ("inst", models.CharField(max_length=64, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        ("root", models.BinaryField()),
                        ("card", models.TextField()),
                        ("added_day", models.DateField()),
                        ("approved_day", models.DateField(blank=True, null=True)),
                        ("body", models.BinaryField(default=bytes)),
                        ("sig", models.BinaryField(default=bytes)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "approved_by",
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
                        "ordering": ["name", "inst"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    models.Q(("approved_by", models.F("added_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="cases_peer_two_hands",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Arrival",
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
                        ("code", models.CharField(max_length=13)),
                        (
                            "consent_by",
                            models.CharField(
                                choices=[
                                    ("self", "Penyintas sendiri"),
                                    ("guardian", "Wali, bersama anaknya"),
                                    ("duty", "Petugas, karena kewajiban hukum"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "consent_how",
                            models.CharField(
                                choices=[
                                    ("spoken", "Lisan, bertemu langsung"),
                                    ("phone", "Lewat telepon"),
                                    ("written", "Tertulis"),
                                    ("ticket", "Lewat pesan tiket"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("consent_day", models.DateField()),
                        ("day", models.DateField()),
                        ("by", models.CharField(max_length=64)),
                        ("body", models.BinaryField()),
                        ("sig", models.BinaryField()),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="arrival",
                                to="cases.case",
                            ),
                        ),
                        (
                            "peer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.peeroffice",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("peer", "code"), name="cases_arrival_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Transfer",
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
                        ("cmp", models.CharField(max_length=43)),
                        ("parts", models.CharField(max_length=120)),
                        (
                            "consent_by",
                            models.CharField(
                                choices=[
                                    ("self", "Penyintas sendiri"),
                                    ("guardian", "Wali, bersama anaknya"),
                                    ("duty", "Petugas, karena kewajiban hukum"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "consent_how",
                            models.CharField(
                                choices=[
                                    ("spoken", "Lisan, bertemu langsung"),
                                    ("phone", "Lewat telepon"),
                                    ("written", "Tertulis"),
                                    ("ticket", "Lewat pesan tiket"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("consent_day", models.DateField()),
                        ("day", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("sent", "Menunggu tanda terima"),
                                    ("received", "Diterima kantor tujuan"),
                                    ("withdrawn", "Dibatalkan"),
                                ],
                                default="sent",
                                max_length=10,
                            ),
                        ),
                        ("ended_day", models.DateField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="transfers",
                                to="cases.case",
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
                        (
                            "peer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.peeroffice",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "sent")),
                                fields=("case",),
                                name="cases_transfer_one_sent",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Link",
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
                        ("asked_day", models.DateField()),
                        ("one", models.CharField(db_index=True, max_length=40)),
                        ("other", models.CharField(db_index=True, max_length=40)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("survivor", "Penyintas yang sama"),
                                    ("accused", "Terlapor yang sama"),
                                    ("incident", "Peristiwa yang sama"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("agreed", "Disepakati"),
                                    ("declined", "Ternyata berbeda"),
                                ],
                                max_length=10,
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
                        "ordering": ["id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answerer__isnull", True),
                                    models.Q(("answerer", models.F("asker")), _negated=True),
                                    _connector="OR",
                                ),
                                name="cases_link_two_hands",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("answer", "declined"), _negated=True),
                                fields=("one", "other", "kind"),
                                name="cases_link_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("one", models.F("other")), _negated=True),
                                name="cases_link_two_subjects",
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
                                name="cases_link_answered_whole",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
