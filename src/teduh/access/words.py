"""Rights, and the kinds of agencies and teams."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Right(StrEnum):
    """One thing a member may be allowed to do. A role is a handful of these."""

    READ_REPORTS = "read_reports"
    TRIAGE_REPORTS = "triage_reports"
    FILE_REPORTS = "file_reports"
    REFER_SURVIVORS = "refer_survivors"
    MESSAGE_REPORTERS = "message_reporters"
    WORK_CASES = "work_cases"
    SUPERVISE_CASES = "supervise_cases"
    ANSWER_PARTNER = "answer_partner"
    SEE_FIGURES = "see_figures"
    READ_AUDIT = "read_audit"
    MANAGE_MEMBERS = "manage_members"
    MANAGE_KEYS = "manage_keys"
    RENEW_TEAM_KEYS = "renew_team_keys"
    PLAN_DUTY = "plan_duty"
    MANAGE_CHANNELS = "manage_channels"
    KEEP_HELPERS = "keep_helpers"
    KEEP_STOCK = "keep_stock"
    KEEP_PROVIDERS = "keep_providers"
    KEEP_RECORDS = "keep_records"
    APPROVE_ELEVATION = "approve_elevation"
    SEE_SYSTEM = "see_system"
    KEEP_ARCHIVE = "keep_archive"
    KEEP_MONEY = "keep_money"
    KEEP_SHELTER = "keep_shelter"

    @property
    def label(self) -> Promise:
        """What a person reads for this right."""
        return RIGHT_LABELS[self]


RIGHT_LABELS: dict[Right, Promise] = {
    Right.READ_REPORTS: _("membaca laporan timnya"),
    Right.TRIAGE_REPORTS: _("menelaah laporan"),
    Right.REFER_SURVIVORS: _("mendaftarkan laporan atas nama penyintas"),
    Right.FILE_REPORTS: _("mencatat laporan untuk orang lain"),
    Right.MESSAGE_REPORTERS: _("membalas pelapor"),
    Right.WORK_CASES: _("mengerjakan kasus timnya"),
    Right.SUPERVISE_CASES: _("menyelia kasus timnya"),
    Right.ANSWER_PARTNER: _("menjawab rujukan mitra"),
    Right.SEE_FIGURES: _("melihat angka gabungan"),
    Right.READ_AUDIT: _("membaca jejak akses"),
    Right.MANAGE_MEMBERS: _("mengelola anggota"),
    Right.MANAGE_KEYS: _("menandatangani daftar kunci"),
    Right.RENEW_TEAM_KEYS: _("memperbarui kunci timnya"),
    Right.PLAN_DUTY: _("menyusun jadwal piket"),
    Right.MANAGE_CHANNELS: _("mengelola kanal di halaman depan"),
    Right.KEEP_HELPERS: _("mendata relawan dan kartunya"),
    Right.KEEP_STOCK: _("menjaga persediaan alat tes cepat"),
    Right.KEEP_PROVIDERS: _("mendata penyedia layanan"),
    Right.KEEP_RECORDS: _("menjaga masa simpan, permintaan atas data, dan kebocoran"),
    Right.APPROVE_ELEVATION: _("menyetujui akses sementara"),
    Right.SEE_SYSTEM: _("melihat keadaan sistem"),
    Right.KEEP_ARCHIVE: _("memegang separuh kunci arsip"),
    Right.KEEP_MONEY: _("menjaga anggaran dan memutuskan dukungan"),
    Right.KEEP_SHELTER: _("menjaga kamar rumah aman"),
}


class AgencyKind(TextChoices):
    """What sort of institution an agency is."""

    OFFICE = "office", _("UPTD PPA")
    DEPARTMENT = "department", _("Dinas")
    POLICE = "police", _("Kepolisian")
    PROSECUTION = "prosecution", _("Kejaksaan")
    HEALTH = "health", _("Layanan kesehatan")
    SOCIAL = "social", _("Layanan sosial")
    LEGAL = "legal", _("Bantuan hukum")
    SCHOOL = "school", _("Pendidikan")
    COMMUNITY = "community", _("Lembaga masyarakat")
    INSPECTORATE = "inspectorate", _("Inspektorat")
    CITY_IT = "city_it", _("Kominfo")


class TeamKind(TextChoices):
    """What a team does first."""

    ASSESSMENT = "assessment", _("Tim asesmen")
    COMPANION = "companion", _("Tim pendampingan")
    HOTLINE = "hotline", _("Tim hotline")
    ARCHIVE_A = "archive_a", _("Arsip A")
    ARCHIVE_B = "archive_b", _("Arsip B")


class ConflictKind(TextChoices):
    """Why somebody may not open what concerns a person they are bound to."""

    FAMILY = "family", _("keluarga")
    FRIEND = "friend", _("teman atau tetangga dekat")
    WORK = "work", _("bekerja dengan terlapor")
    NAMED = "named", _("disebut oleh penyintas")
    OTHER = "other", _("sebab lain")


class Lifted(TextChoices):
    """Why a conflict of interest holds no longer."""

    MISTAKE = "mistake", _("ternyata orang lain")
    ENDED = "ended", _("hubungannya sudah berakhir")
    AGREED = "agreed", _("penyintas tahu dan tidak keberatan")


class Device(TextChoices):
    """As much of a device as a member needs to recognise a sign-in of their own."""

    PHONE = "phone", _("ponsel")
    DESK = "desk", _("komputer")
    OTHER = "other", _("perangkat lain")
