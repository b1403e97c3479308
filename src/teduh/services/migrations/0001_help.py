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
        ("directory", "0005_offers_in_time"),
        ("funding", "0002_entries_stay"),
        ("records", "0009_conferences"),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="LetterCount",
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
                        ("year", models.PositiveSmallIntegerField(unique=True)),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="Beneficiary",
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
                            "relation",
                            models.CharField(
                                choices=[
                                    ("child", "Anak"),
                                    ("parent", "Ibu atau ayah"),
                                    ("sibling", "Kakak atau adik"),
                                    ("grandparent", "Nenek atau kakek"),
                                    ("other", "Keluarga lain serumah"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("age_band", models.CharField(blank=True, max_length=16)),
                        ("item", models.CharField(blank=True, max_length=22)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="beneficiaries",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "number"), name="services_beneficiary_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Care",
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
                        ("kind", models.CharField(max_length=20)),
                        ("state", models.CharField(max_length=16)),
                        ("since", models.DateField()),
                        ("facts", models.JSONField(default=dict)),
                        ("ended_for", models.CharField(blank=True, max_length=16)),
                        ("ended_day", models.DateField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cares",
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
                        (
                            "provider",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.provider",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["kind", "state"], name="services_care_stands")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_day__isnull", False),
                                        ("state", "ended"),
                                        models.Q(("ended_for", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "ended"), _negated=True),
                                        ("ended_day__isnull", True),
                                        ("ended_for", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_care_end_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("member__isnull", True),
                                    ("provider__isnull", True),
                                    _connector="OR",
                                ),
                                name="services_care_one_gives",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CareStep",
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
                        ("to", models.CharField(max_length=16)),
                        ("reason", models.CharField(blank=True, max_length=16)),
                        ("day", models.DateField()),
                        ("facts", models.JSONField(default=dict)),
                        ("subject", models.CharField(max_length=13)),
                        ("item", models.CharField(blank=True, max_length=22)),
                        ("address", models.CharField(blank=True, max_length=22)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "care",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="services.care",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="FeeAnswer",
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
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("returned", "Uangnya kembali kepadanya"),
                                    ("cancelled", "Tagihannya dibatalkan"),
                                    ("covered", "Kantor yang menanggung, lembaganya ditegur"),
                                    ("mistaken", "Ternyata salah catat"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("day", models.DateField()),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "step",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="fee_answer",
                                to="cases.visumstep",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Handing",
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
                            "thing",
                            models.CharField(
                                choices=[
                                    ("swab", "Perangkat usap"),
                                    ("clothing", "Pakaian"),
                                    ("photo", "Foto"),
                                    ("document", "Dokumen"),
                                    ("file", "Berkas terkunci"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "given_by",
                            models.CharField(
                                choices=[
                                    ("investigator", "Penyidik"),
                                    ("unit", "Petugas Unit PPA"),
                                    ("doctor", "Dokter"),
                                    ("nurse", "Perawat atau bidan"),
                                    ("lab", "Laboratorium"),
                                    ("prosecutor", "Jaksa"),
                                    ("office", "Petugas kantor"),
                                    ("companion", "Yang mendampinginya"),
                                    ("survivor", "Penyintas sendiri"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "taken_by",
                            models.CharField(
                                choices=[
                                    ("investigator", "Penyidik"),
                                    ("unit", "Petugas Unit PPA"),
                                    ("doctor", "Dokter"),
                                    ("nurse", "Perawat atau bidan"),
                                    ("lab", "Laboratorium"),
                                    ("prosecutor", "Jaksa"),
                                    ("office", "Petugas kantor"),
                                    ("companion", "Yang mendampinginya"),
                                    ("survivor", "Penyintas sendiri"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("day", models.DateField()),
                        ("sha", models.CharField(blank=True, max_length=64)),
                        ("mends", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("item", models.CharField(blank=True, max_length=22)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="handings",
                                to="cases.case",
                            ),
                        ),
                        (
                            "given_where",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.provider",
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
                            "taken_where",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.provider",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["case", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "number"), name="services_handing_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("mends__isnull", True),
                                    ("mends__lt", models.F("number")),
                                    _connector="OR",
                                ),
                                name="services_handing_mends_earlier",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("thing", "file"), _negated=True),
                                    models.Q(("sha", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="services_handing_file_has_sha",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hearing",
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
                        ("kind", models.CharField(max_length=16)),
                        ("at", models.DateTimeField()),
                        ("place", models.CharField(blank=True, max_length=16)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("set", "Ditetapkan"),
                                    ("held", "Sudah lewat"),
                                    ("postponed", "Diundur"),
                                    ("dropped", "Tidak jadi"),
                                ],
                                default="set",
                                max_length=12,
                            ),
                        ),
                        ("outcome", models.CharField(blank=True, max_length=16)),
                        ("ended_day", models.DateField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hearings",
                                to="cases.case",
                            ),
                        ),
                        (
                            "companion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hearings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "moved_to",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moved_from",
                                to="services.hearing",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "indexes": [models.Index(fields=["at"], name="services_hearing_days")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_day__isnull", True), ("state", "set")),
                                    models.Q(
                                        models.Q(("state", "set"), _negated=True),
                                        ("ended_day__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_hearing_end_has_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "held"), models.Q(("outcome", ""), _negated=True)
                                    ),
                                    models.Q(
                                        models.Q(("state", "held"), _negated=True), ("outcome", "")
                                    ),
                                    _connector="OR",
                                ),
                                name="services_hearing_held_has_outcome",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("moved_to__isnull", False), ("state", "postponed")),
                                    models.Q(
                                        models.Q(("state", "postponed"), _negated=True),
                                        ("moved_to__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_hearing_postponed_to",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Letter",
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
                        ("kind", models.CharField(max_length=16)),
                        ("version", models.CharField(max_length=16)),
                        ("service", models.CharField(blank=True, max_length=20)),
                        (
                            "agreed_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("self", "Penyintas sendiri"),
                                    ("guardian", "Wali, bersama anaknya"),
                                    ("duty", "Petugas, karena kewajiban hukum"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "agreed_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("spoken", "Lisan, bertemu langsung"),
                                    ("phone", "Lewat telepon"),
                                    ("written", "Tertulis"),
                                    ("ticket", "Lewat pesan tiket"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("agreed_day", models.DateField(blank=True, null=True)),
                        ("subject", models.CharField(max_length=13)),
                        ("item", models.CharField(max_length=22)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("drafted", "konsep"),
                                    ("issued", "bernomor, untuk ditandatangani"),
                                    ("handed", "diserahkan"),
                                    ("cancelled", "dibatalkan"),
                                ],
                                default="drafted",
                                max_length=10,
                            ),
                        ),
                        ("drafted_day", models.DateField()),
                        ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("serial", models.PositiveIntegerField(blank=True, null=True)),
                        ("number", models.CharField(blank=True, max_length=60)),
                        ("issued_day", models.DateField(blank=True, null=True)),
                        ("handed_day", models.DateField(blank=True, null=True)),
                        ("cancelled_day", models.DateField(blank=True, null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("mistake", "ada yang keliru"),
                                    ("no_need", "tidak diperlukan lagi"),
                                    ("taken_back", "penyintas menarik persetujuannya"),
                                    ("other_way", "ditempuh jalan lain"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "assigned",
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
                                related_name="letters",
                                to="cases.case",
                            ),
                        ),
                        (
                            "drafter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "issuer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.person",
                            ),
                        ),
                        (
                            "provider",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.provider",
                            ),
                        ),
                        (
                            "signatory",
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
                                fields=("year", "serial"), name="services_letter_serial"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("issued_day__isnull", True),
                                        ("number", ""),
                                        ("serial__isnull", True),
                                        ("year__isnull", True),
                                    ),
                                    models.Q(
                                        ("issued_day__isnull", False),
                                        ("serial__isnull", False),
                                        ("year__isnull", False),
                                        models.Q(("number", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_letter_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "drafted"), ("year__isnull", True)),
                                    models.Q(
                                        ("state__in", ["issued", "handed"]), ("year__isnull", False)
                                    ),
                                    ("state", "cancelled"),
                                    _connector="OR",
                                ),
                                name="services_letter_issued",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("cancelled_day__isnull", False),
                                        ("state", "cancelled"),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "cancelled"), _negated=True),
                                        ("cancelled_day__isnull", True),
                                        ("reason", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_letter_cancelled",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MedicalOrder",
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
                                    ("wounds", "Perawatan luka"),
                                    ("hiv", "Pencegahan HIV"),
                                    ("contraception", "Kontrasepsi darurat"),
                                    ("hepatitis_b", "Vaksin hepatitis B"),
                                    ("pregnancy", "Tes kehamilan"),
                                    ("sti", "Pemeriksaan infeksi menular seksual"),
                                    ("follow_up", "Pemeriksaan lanjutan"),
                                    ("other", "Layanan kesehatan lain"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("day", models.DateField()),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "diminta"),
                                    ("given", "diberikan"),
                                    ("declined", "ia memilih tidak"),
                                    ("not_needed", "tidak diperlukan"),
                                    ("too_late", "waktunya lewat"),
                                ],
                                default="asked",
                                max_length=12,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("done", "Selesai"),
                                    ("course", "Dimulai, obatnya berlanjut"),
                                    ("back", "Perlu datang lagi"),
                                    ("onward", "Dilanjutkan di tempat lain"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("answered_day", models.DateField(blank=True, null=True)),
                        ("item", models.CharField(blank=True, max_length=22)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="medical_orders",
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
                            "provider",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.provider",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state", "asked"),
                                    models.Q(("kind__in", ["follow_up", "other"]), _negated=True),
                                ),
                                fields=("case", "kind"),
                                name="services_health_asked_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_day__isnull", True), ("state", "asked")),
                                    models.Q(
                                        models.Q(("state", "asked"), _negated=True),
                                        ("answered_day__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_health_answered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "given"), models.Q(("outcome", ""), _negated=True)
                                    ),
                                    models.Q(
                                        models.Q(("state", "given"), _negated=True), ("outcome", "")
                                    ),
                                    _connector="OR",
                                ),
                                name="services_health_outcome",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Particulars",
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
                            "who",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("investigator", "Penyidik"),
                                    ("unit", "Petugas Unit PPA"),
                                    ("doctor", "Dokter"),
                                    ("nurse", "Perawat atau bidan"),
                                    ("lab", "Laboratorium"),
                                    ("prosecutor", "Jaksa"),
                                    ("office", "Petugas kantor"),
                                    ("companion", "Yang mendampinginya"),
                                    ("survivor", "Penyintas sendiri"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("item", models.CharField(blank=True, max_length=22)),
                        (
                            "provider",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.provider",
                            ),
                        ),
                        (
                            "step",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="particulars",
                                to="cases.visumstep",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="PathwayTick",
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
                        ("pathway", models.CharField(max_length=16)),
                        ("task", models.CharField(max_length=16)),
                        ("day", models.DateField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pathway_ticks",
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
                                fields=("case", "pathway", "task"), name="services_tick_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PoliceLetter",
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
                                    ("a1", "A1"),
                                    ("a2", "A2"),
                                    ("a3", "A3"),
                                    ("a4", "A4"),
                                    ("a5", "A5"),
                                    ("none", "Tanpa kode"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("day", models.DateField()),
                        ("received", models.DateField()),
                        ("item", models.CharField(blank=True, max_length=22)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="police_letters",
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
                        "ordering": ["-received", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("received__gte", models.F("day"))),
                                name="services_letter_received_after",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PsychPlan",
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
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        ("monthly", models.PositiveSmallIntegerField()),
                        ("goals", models.JSONField(default=list)),
                        ("ended_for", models.CharField(blank=True, max_length=16)),
                        ("ended_day", models.DateField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="psych_plans",
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
                                condition=models.Q(("ended_day__isnull", True)),
                                fields=("case",),
                                name="services_psych_one_runs",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("since"))),
                                name="services_psych_plan_lasts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("monthly__range", (1, 12))),
                                name="services_psych_monthly",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_day__isnull", True), ("ended_for", "")),
                                    models.Q(
                                        ("ended_day__isnull", False),
                                        models.Q(("ended_for", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_psych_end_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PsychLook",
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
                        ("monthly", models.PositiveSmallIntegerField()),
                        ("goals", models.JSONField(default=list)),
                        ("subject", models.CharField(max_length=13)),
                        ("item", models.CharField(blank=True, max_length=22)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="looks",
                                to="services.psychplan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Measure",
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
                        ("instrument", models.CharField(max_length=16)),
                        ("day", models.DateField()),
                        ("subject", models.CharField(max_length=13)),
                        ("item", models.CharField(max_length=22)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="measures",
                                to="services.psychplan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Referral",
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
                        ("service", models.CharField(max_length=20)),
                        ("needs", models.CharField(blank=True, max_length=120)),
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
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("drafted", "disiapkan"),
                                    ("sent", "dikirim"),
                                    ("seen", "dilihat mitra"),
                                    ("silent", "tidak dijawab"),
                                    ("accepted", "diterima mitra"),
                                    ("served", "layanan pertama diterima"),
                                    ("completed", "selesai"),
                                    ("refused", "belum dapat diterima mitra"),
                                    ("did_not_attend", "belum dapat hadir"),
                                    ("withdrawn", "ditarik kantor"),
                                ],
                                default="drafted",
                                max_length=16,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("full", "Sedang penuh"),
                                    ("no_staff", "Petugasnya tidak ada"),
                                    ("not_ours", "Bukan layanan kami"),
                                    ("far", "Di luar wilayah kami"),
                                    ("knows", "Ada yang mengenal orang dalam kasus ini"),
                                    ("more", "Perlu layanan yang lebih khusus"),
                                    ("met", "Kebutuhannya terpenuhi"),
                                    ("planned", "Semua pertemuan yang direncanakan selesai"),
                                    ("onward", "Dilanjutkan lembaga lain"),
                                    ("her_choice", "Ia memilih berhenti di sini"),
                                    ("transport", "Tidak ada kendaraan atau pendamping"),
                                    ("hindered", "Ada yang menghalangi"),
                                    ("unwell", "Sakit, atau mengurus keluarga"),
                                    ("unreached", "Belum dapat dihubungi"),
                                    ("changed", "Ia memilih cara lain"),
                                    ("reoffered", "Ditawarkan ke mitra lain"),
                                    ("mistaken", "Salah tujuan atau layanan"),
                                    ("unsafe", "Tidak aman untuknya"),
                                    ("taken_back", "Persetujuannya ditarik"),
                                    ("case_ended", "Kasusnya selesai atau pindah"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "agreed_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("self", "Penyintas sendiri"),
                                    ("guardian", "Wali, bersama anaknya"),
                                    ("duty", "Petugas, karena kewajiban hukum"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "agreed_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("spoken", "Lisan, bertemu langsung"),
                                    ("phone", "Lewat telepon"),
                                    ("written", "Tertulis"),
                                    ("ticket", "Lewat pesan tiket"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("agreed_day", models.DateField(blank=True, null=True)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("answer_by", models.DateTimeField(blank=True, null=True)),
                        ("served_day", models.DateField(blank=True, null=True)),
                        ("moved_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("waits_since", models.DateTimeField(blank=True, null=True)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "settled_for",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("full", "Sedang penuh"),
                                    ("no_staff", "Petugasnya tidak ada"),
                                    ("not_ours", "Bukan layanan kami"),
                                    ("far", "Di luar wilayah kami"),
                                    ("knows", "Ada yang mengenal orang dalam kasus ini"),
                                    ("more", "Perlu layanan yang lebih khusus"),
                                    ("met", "Kebutuhannya terpenuhi"),
                                    ("planned", "Semua pertemuan yang direncanakan selesai"),
                                    ("onward", "Dilanjutkan lembaga lain"),
                                    ("her_choice", "Ia memilih berhenti di sini"),
                                    ("transport", "Tidak ada kendaraan atau pendamping"),
                                    ("hindered", "Ada yang menghalangi"),
                                    ("unwell", "Sakit, atau mengurus keluarga"),
                                    ("unreached", "Belum dapat dihubungi"),
                                    ("changed", "Ia memilih cara lain"),
                                    ("reoffered", "Ditawarkan ke mitra lain"),
                                    ("mistaken", "Salah tujuan atau layanan"),
                                    ("unsafe", "Tidak aman untuknya"),
                                    ("taken_back", "Persetujuannya ditarik"),
                                    ("case_ended", "Kasusnya selesai atau pindah"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="access.agency",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="referrals",
                                to="cases.case",
                            ),
                        ),
                        (
                            "consent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referrals",
                                to="records.consent",
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
                            "provider",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referrals",
                                to="directory.provider",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="services.referral",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("ended_at__isnull", True), ("sent_at__isnull", False)
                                ),
                                fields=["agency", "urgency", "-sent_at"],
                                name="services_ref_with_partner",
                            ),
                            models.Index(
                                fields=["agency", "-moved_at"], name="services_ref_of_agency"
                            ),
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["answer_by"],
                                name="services_ref_to_answer",
                            ),
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["case"],
                                name="services_ref_open",
                            ),
                            models.Index(
                                condition=models.Q(("waits_since__isnull", False)),
                                fields=["case"],
                                name="services_ref_unmet",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "number"), name="services_ref_number"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "withdrawn"), _negated=True),
                                fields=("replaces",),
                                name="services_ref_replaced_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        (
                                            "state__in",
                                            ["completed", "did_not_attend", "refused", "withdrawn"],
                                        ),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "state__in",
                                                [
                                                    "completed",
                                                    "did_not_attend",
                                                    "refused",
                                                    "withdrawn",
                                                ],
                                            ),
                                            _negated=True,
                                        ),
                                        ("ended_at__isnull", True),
                                        ("reason", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_ref_end_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("sent_at__isnull", True),
                                        ("state__in", ["drafted", "withdrawn"]),
                                    ),
                                    models.Q(
                                        ("answer_by__isnull", False),
                                        ("sent_at__isnull", False),
                                        models.Q(("state", "drafted"), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_ref_sent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sent_at__isnull", True),
                                    ("consent__isnull", False),
                                    models.Q(
                                        ("agreed_day__isnull", False),
                                        models.Q(("agreed_by", ""), _negated=True),
                                        models.Q(("agreed_how", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_ref_agreed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("waits_since__isnull", True),
                                        models.Q(
                                            ("state__in", ["did_not_attend", "refused", "silent"]),
                                            _negated=True,
                                        ),
                                    ),
                                    models.Q(
                                        ("settled_at__isnull", False), ("waits_since__isnull", True)
                                    ),
                                    models.Q(
                                        ("settled_at__isnull", True),
                                        ("state__in", ["did_not_attend", "refused", "silent"]),
                                        ("waits_since__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_ref_waits",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_at__isnull", True), ("settled_for", "")),
                                    models.Q(
                                        ("settled_at__isnull", False),
                                        models.Q(("settled_for", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_ref_settled",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferralStep",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("drafted", "disiapkan"),
                                    ("sent", "dikirim"),
                                    ("seen", "dilihat mitra"),
                                    ("silent", "tidak dijawab"),
                                    ("accepted", "diterima mitra"),
                                    ("served", "layanan pertama diterima"),
                                    ("completed", "selesai"),
                                    ("refused", "belum dapat diterima mitra"),
                                    ("did_not_attend", "belum dapat hadir"),
                                    ("withdrawn", "ditarik kantor"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("office", "kantor"),
                                    ("account", "akun mitra"),
                                    ("link", "tautan sekali pakai"),
                                    ("phone", "disampaikan kepada petugas"),
                                    ("clock", "jam kerja sistem"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "told",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("desk", "Loket atau pendaftaran"),
                                    ("nurse", "Perawat atau bidan"),
                                    ("doctor", "Dokter"),
                                    ("counsellor", "Psikolog atau konselor"),
                                    ("lawyer", "Pendamping atau penasihat hukum"),
                                    ("police", "Penyidik atau petugas Unit PPA"),
                                    ("worker", "Pekerja sosial"),
                                    ("teacher", "Guru atau satgas"),
                                    ("leader", "Pimpinan lembaga"),
                                    ("survivor", "Penyintas sendiri"),
                                    ("companion", "Yang mendampinginya"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("full", "Sedang penuh"),
                                    ("no_staff", "Petugasnya tidak ada"),
                                    ("not_ours", "Bukan layanan kami"),
                                    ("far", "Di luar wilayah kami"),
                                    ("knows", "Ada yang mengenal orang dalam kasus ini"),
                                    ("more", "Perlu layanan yang lebih khusus"),
                                    ("met", "Kebutuhannya terpenuhi"),
                                    ("planned", "Semua pertemuan yang direncanakan selesai"),
                                    ("onward", "Dilanjutkan lembaga lain"),
                                    ("her_choice", "Ia memilih berhenti di sini"),
                                    ("transport", "Tidak ada kendaraan atau pendamping"),
                                    ("hindered", "Ada yang menghalangi"),
                                    ("unwell", "Sakit, atau mengurus keluarga"),
                                    ("unreached", "Belum dapat dihubungi"),
                                    ("changed", "Ia memilih cara lain"),
                                    ("reoffered", "Ditawarkan ke mitra lain"),
                                    ("mistaken", "Salah tujuan atau layanan"),
                                    ("unsafe", "Tidak aman untuknya"),
                                    ("taken_back", "Persetujuannya ditarik"),
                                    ("case_ended", "Kasusnya selesai atau pindah"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("day", models.DateField(blank=True, null=True)),
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
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="services.referral",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("told_at__isnull", False),
                                        ("way", "phone"),
                                        models.Q(("told", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("way", "phone"), _negated=True),
                                        ("told", ""),
                                        ("told_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_step_told",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Shelf",
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
                                    ("pregnancy", "Kehamilan"),
                                    ("hiv", "HIV"),
                                    ("syphilis", "Sifilis"),
                                    ("hepatitis_b", "Hepatitis B"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("low_told", models.DateField(blank=True, null=True)),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.provider",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["site__name", "kind", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("site__isnull", False)),
                                fields=("site", "kind"),
                                name="services_shelf_of_site_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("site__isnull", True)),
                                fields=("kind",),
                                name="services_shelf_of_office_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Batch",
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
                        ("lot", models.CharField(max_length=24)),
                        ("expires", models.DateField()),
                        ("left", models.PositiveIntegerField(default=0)),
                        ("expiry_told", models.DateField(blank=True, null=True)),
                        (
                            "shelf",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="batches",
                                to="services.shelf",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["expires", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("shelf", "lot"), name="services_batch_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("left__gte", 0)),
                                name="services_batch_never_below_zero",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KitEntry",
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
                        (
                            "move",
                            models.CharField(
                                choices=[
                                    ("received", "Diterima"),
                                    ("used", "Dipakai"),
                                    ("spoiled", "Rusak atau dibuang"),
                                    ("counted", "Dihitung ulang"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("amount", models.PositiveIntegerField()),
                        ("left", models.PositiveIntegerField()),
                        ("day", models.DateField()),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="services.batch",
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
                        "ordering": ["-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("batch", "number"), name="services_kit_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("left__gte", 0)),
                                name="services_kit_never_below_zero",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Shelter",
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
                            "provider",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shelter",
                                to="directory.provider",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ShelterRoom",
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
                            "group",
                            models.CharField(
                                choices=[
                                    ("women", "Perempuan sendiri"),
                                    ("families", "Ibu dengan anak perempuan atau bayi"),
                                    ("boys", "Ibu dengan anak laki-laki di bawah 12 tahun"),
                                    ("girls", "Anak perempuan tanpa ibu"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("beds", models.PositiveSmallIntegerField()),
                        ("taken", models.SmallIntegerField(default=0)),
                        ("wheelchair", models.BooleanField(default=False)),
                        ("active", models.BooleanField(default=True)),
                        (
                            "shelter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rooms",
                                to="services.shelter",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["shelter", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("shelter", "number"), name="services_room_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("taken__gte", 0), ("taken__lte", models.F("beds"))
                                ),
                                name="services_room_never_over",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("beds__gte", 1), ("beds__lte", 40)),
                                name="services_room_beds",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Slot",
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
                        ("weekday", models.PositiveSmallIntegerField()),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("begins", models.TimeField()),
                        ("ends", models.TimeField()),
                        (
                            "place",
                            models.CharField(
                                choices=[
                                    ("room", "ruang konseling"),
                                    ("home", "di tempatnya"),
                                    ("phone", "telepon"),
                                    ("link", "tautan suara atau video"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="slots",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["weekday", "begins", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("begins"))),
                                name="services_slot_ends",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weekday__lte", 6)),
                                name="services_slot_weekday",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Session",
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
                        ("day", models.DateField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("svc_counsel", "Konseling"),
                                    ("svc_psych_first", "Dukungan psikologis awal"),
                                    ("svc_psych_mid", "Pendampingan psikologis jangka menengah"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "place",
                            models.CharField(
                                choices=[
                                    ("room", "ruang konseling"),
                                    ("home", "di tempatnya"),
                                    ("phone", "telepon"),
                                    ("link", "tautan suara atau video"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("room", models.CharField(blank=True, max_length=22)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("booked", "dijadwalkan"),
                                    ("held", "bertemu"),
                                    ("missed", "belum bertemu"),
                                    ("called_off", "tidak jadi"),
                                ],
                                default="booked",
                                max_length=10,
                            ),
                        ),
                        (
                            "off_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("her", "Ia memilih waktu lain"),
                                    ("unsafe", "Belum aman baginya"),
                                    ("counsellor", "Konselor berhalangan"),
                                    ("office", "Kantor tutup, atau tempatnya tidak siap"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("final", models.BooleanField(default=False)),
                        ("reached", models.DateField(blank=True, null=True)),
                        ("item", models.CharField(blank=True, max_length=22)),
                        ("told", models.BooleanField(default=False)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sessions",
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
                            "slot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="services.slot",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-day", "-id"],
                        "indexes": [models.Index(fields=["day"], name="services_session_day")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["booked", "held", "missed"])),
                                fields=("slot", "day"),
                                name="services_session_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "called_off"),
                                        models.Q(("off_by", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "called_off"), _negated=True),
                                        ("off_by", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_session_off_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("minutes__gt", 0), ("state", "held")),
                                    models.Q(
                                        models.Q(("state", "held"), _negated=True),
                                        ("minutes__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_session_minutes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Stay",
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
                        ("persons", models.PositiveSmallIntegerField()),
                        (
                            "group",
                            models.CharField(
                                choices=[
                                    ("women", "Perempuan sendiri"),
                                    ("families", "Ibu dengan anak perempuan atau bayi"),
                                    ("boys", "Ibu dengan anak laki-laki di bawah 12 tahun"),
                                    ("girls", "Anak perempuan tanpa ibu"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("wheelchair", models.BooleanField(default=False)),
                        ("begun", models.DateField()),
                        ("until", models.DateField()),
                        ("left", models.DateField(blank=True, null=True)),
                        (
                            "end",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("home", "Pulang dengan aman"),
                                    ("family", "Ke keluarga yang aman"),
                                    ("house", "Dirujuk ke panti atau rumah aman lain"),
                                    ("moved", "Pindah tempat tinggal atau kota"),
                                    ("own_will", "Keluar atas kemauan sendiri"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("item", models.CharField(blank=True, max_length=22)),
                        ("told_day", models.DateField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stays",
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
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stays",
                                to="services.shelterroom",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["room", "begun"], name="services_stay_of_room")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left__isnull", True)),
                                fields=("case",),
                                name="services_stay_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("persons__gte", 1), ("persons__lte", 12)),
                                name="services_stay_persons",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("end", ""), ("left__isnull", True)),
                                    models.Q(
                                        ("left__gte", models.F("begun")),
                                        ("left__isnull", False),
                                        models.Q(("end", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_stay_ended",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Extension",
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
                        ("was", models.DateField()),
                        ("until", models.DateField()),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("danger", "Di luar belum aman"),
                                    ("process", "Pemeriksaan atau sidang sebentar lagi"),
                                    ("recovery", "Pemulihannya belum selesai"),
                                    ("nowhere", "Tempat tinggal baru belum siap"),
                                    ("child", "Demi anak: sekolah atau kesehatan"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("day", models.DateField()),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "stay",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="extensions",
                                to="services.stay",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("was"))),
                                name="services_extension_is_longer",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Support",
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
                                    ("living", "Kebutuhan sehari-hari"),
                                    ("rent", "Sewa tempat tinggal"),
                                    ("school", "Biaya sekolah anak"),
                                    ("transport", "Transportasi"),
                                    ("health", "Kesehatan, di luar layanan yang gratis"),
                                    ("work", "Alat atau modal kerja"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("amount", models.BigIntegerField()),
                        ("instalments", models.PositiveSmallIntegerField()),
                        ("until", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "diminta"),
                                    ("assessed", "menunggu keputusan"),
                                    ("approved", "berjalan"),
                                    ("refused", "belum dapat diberikan"),
                                    ("ended", "selesai"),
                                ],
                                default="asked",
                                max_length=12,
                            ),
                        ),
                        ("asked_day", models.DateField()),
                        (
                            "income_lost",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("all", "Seluruhnya hilang"),
                                    ("part", "Sebagian hilang"),
                                    ("none", "Tidak berubah"),
                                    ("unknown", "Belum diketahui"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("dependants", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("item", models.CharField(blank=True, max_length=22)),
                        ("decided_day", models.DateField(blank=True, null=True)),
                        (
                            "refusal",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("no_money", "Dananya belum tersedia"),
                                    (
                                        "other_source",
                                        "Lebih tepat dari program lain, sudah dirujuk",
                                    ),
                                    ("ask_more", "Asesmennya perlu dilengkapi"),
                                    ("not_covered", "Di luar peruntukan anggaran"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("met", "Kebutuhannya terpenuhi"),
                                    ("stands", "Sudah dapat mencukupi sendiri"),
                                    ("continued", "Dilanjutkan program lain"),
                                    ("her_choice", "Ia memilih berhenti"),
                                    ("unreached", "Belum dapat dihubungi"),
                                    ("unsafe", "Tidak aman untuknya"),
                                    ("mistaken", "Salah catat"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("ended_day", models.DateField(blank=True, null=True)),
                        (
                            "asker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "assessor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "beneficiary",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supports",
                                to="services.beneficiary",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="supports",
                                to="cases.case",
                            ),
                        ),
                        (
                            "decider",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supports",
                                to="funding.line",
                            ),
                        ),
                        (
                            "promised",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="funding.entry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("state__in", ("asked", "assessed", "approved"))
                                ),
                                fields=["state"],
                                name="services_support_standing",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)),
                                name="services_support_above_zero",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("instalments__gte", 1), ("instalments__lte", 12)
                                ),
                                name="services_support_instalments",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decider", models.F("asker")), _negated=True),
                                    models.Q(("decider", models.F("assessor")), _negated=True),
                                ),
                                name="services_support_two_hands",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    models.Q(
                                        ("decider__isnull", False),
                                        ("line__isnull", False),
                                        ("promised__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_support_promised",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_day__isnull", False), ("state", "ended")),
                                    models.Q(
                                        models.Q(("state", "ended"), _negated=True),
                                        ("ended_day__isnull", True),
                                        ("outcome", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_support_ended",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Payment",
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
                        ("amount", models.BigIntegerField()),
                        ("due", models.DateField()),
                        ("paid_day", models.DateField(blank=True, null=True)),
                        (
                            "proof",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("receipt", "Kuitansi"),
                                    ("transfer", "Bukti transfer"),
                                    ("goods", "Tanda terima barang"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("receipt", models.CharField(blank=True, max_length=24)),
                        (
                            "entry",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="funding.entry",
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
                        (
                            "support",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="payments",
                                to="services.support",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("support", "number"), name="services_payment_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("entry__isnull", True), ("paid_day__isnull", True)),
                                    models.Q(("entry__isnull", False), ("paid_day__isnull", False)),
                                    _connector="OR",
                                ),
                                name="services_payment_paid_by_an_entry",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TurnAway",
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
                            "group",
                            models.CharField(
                                choices=[
                                    ("women", "Perempuan sendiri"),
                                    ("families", "Ibu dengan anak perempuan atau bayi"),
                                    ("boys", "Ibu dengan anak laki-laki di bawah 12 tahun"),
                                    ("girls", "Anak perempuan tanpa ibu"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("persons", models.PositiveSmallIntegerField()),
                        ("wheelchair", models.BooleanField(default=False)),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("full", "Penuh"),
                                    ("no_room", "Tidak ada kamar yang cocok"),
                                    ("needs", "Kebutuhannya belum dapat dipenuhi"),
                                    ("not_safe", "Tidak aman di tempat ini"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "instead",
                            models.CharField(
                                choices=[
                                    ("house", "Rumah aman atau panti lain"),
                                    ("family", "Keluarga atau teman yang aman"),
                                    ("hospital", "Rumah sakit"),
                                    ("lodging", "Penginapan yang dibayar kantor"),
                                    ("nowhere", "Belum ada tempat"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="turn_aways",
                                to="access.agency",
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
                        "ordering": ["-day", "-id"],
                        "indexes": [
                            models.Index(fields=["agency", "day"], name="services_turn_aways")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
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
                        ("day", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "direncanakan"),
                                    ("under_way", "sedang berjalan"),
                                    ("done", "selesai"),
                                    ("called_off", "tidak jadi"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        (
                            "ended_for",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("her_choice", "Ia memilih waktu lain, atau tidak jadi"),
                                    ("unsafe", "Belum aman baginya"),
                                    ("unwell", "Sakit, atau mengurus keluarga"),
                                    ("place", "Tempat atau petugasnya berhalangan"),
                                    ("transport", "Kendaraan atau cuaca"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "transport",
                            models.CharField(
                                choices=[
                                    ("none", "Tidak perlu"),
                                    ("office", "Dijemput mobil kantor"),
                                    ("fare", "Ongkos diganti kantor"),
                                    ("boat", "Perahu atau pompong"),
                                    ("ambulance", "Ambulans"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("needs", models.CharField(blank=True, max_length=120)),
                        ("childcare", models.BooleanField(default=False)),
                        ("told", models.BooleanField(default=False)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="visits",
                                to="cases.case",
                            ),
                        ),
                        (
                            "companion",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
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
                        (
                            "provider",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="directory.provider",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-day", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "called_off"),
                                        models.Q(("ended_for", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "called_off"), _negated=True),
                                        ("ended_for", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="services_visit_called_off_for",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Station",
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
                        ("service", models.CharField(max_length=20)),
                        ("begins", models.TimeField()),
                        ("ends", models.TimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "menunggu"),
                                    ("under_way", "sedang berjalan"),
                                    ("done", "selesai"),
                                    ("skipped", "ia memilih tidak"),
                                    ("moved", "pindah ke hari lain"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("since", models.DateTimeField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stations",
                                to="access.agency",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "provider",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stations",
                                to="directory.provider",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stations",
                                to="services.visit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["begins", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("visit", "number"), name="services_station_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("begins"))),
                                name="services_station_ends",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("member__isnull", False), ("provider__isnull", True)),
                                    models.Q(("member__isnull", True), ("provider__isnull", False)),
                                    _connector="OR",
                                ),
                                name="services_station_of_one",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
