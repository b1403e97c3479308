"""Roles: each says what its holder may do, in words a manager can read."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teduh.access.words import Right


class Role:
    """A handful of rights with a name. Rights are about kinds of work; teams decide whose."""

    code: ClassVar[str]
    label: ClassVar[Promise]
    description: ClassVar[Promise]
    rights: ClassVar[frozenset[Right]]


class Officer(Role):
    """Answers first."""

    code = "officer"
    label = _("Petugas pengaduan")
    description = _("Menerima laporan baru timnya, menelaah, dan membalas pelapor.")
    rights = frozenset(
        {
            Right.READ_REPORTS,
            Right.TRIAGE_REPORTS,
            Right.FILE_REPORTS,
            Right.MESSAGE_REPORTERS,
            Right.WORK_CASES,
        }
    )


class CaseManager(Role):
    """Walks with a survivor."""

    code = "case_manager"
    label = _("Manajer kasus")
    description = _(
        "Membaca laporan timnya, menelaah, membalas, merencanakan layanan, memperbarui kunci tim, "
        "menjaga persediaan alat tes cepat."
    )
    rights = frozenset(
        {
            Right.READ_REPORTS,
            Right.TRIAGE_REPORTS,
            Right.FILE_REPORTS,
            Right.MESSAGE_REPORTERS,
            Right.WORK_CASES,
            Right.RENEW_TEAM_KEYS,
            Right.KEEP_STOCK,
        }
    )


class Counsellor(Role):
    """Listens."""

    code = "counsellor"
    label = _("Konselor atau psikolog")
    description = _("Membaca laporan timnya dan membalas pelapor; tidak menelaah.")
    rights = frozenset(
        {Right.READ_REPORTS, Right.FILE_REPORTS, Right.MESSAGE_REPORTERS, Right.WORK_CASES}
    )


class LegalCompanion(Role):
    """Explains and accompanies."""

    code = "legal_companion"
    label = _("Pendamping hukum")
    description = _("Membaca laporan timnya dan membalas pelapor tentang langkah hukum.")
    rights = frozenset(
        {Right.READ_REPORTS, Right.FILE_REPORTS, Right.MESSAGE_REPORTERS, Right.WORK_CASES}
    )


class Supervisor(Role):
    """Keeps the team working."""

    code = "supervisor"
    label = _("Penyelia")
    description = _(
        "Semua pekerjaan petugas, menyusun jadwal piket, mengelola anggota dan kanal, "
        "memperbarui kunci tim, menjaga masa simpan data, anggaran, alat tes cepat, dan rumah aman, "
        "dan menyetujui akses sementara orang lain."
    )
    rights = frozenset(
        {
            Right.READ_REPORTS,
            Right.TRIAGE_REPORTS,
            Right.FILE_REPORTS,
            Right.MESSAGE_REPORTERS,
            Right.WORK_CASES,
            Right.SUPERVISE_CASES,
            Right.SEE_FIGURES,
            Right.MANAGE_MEMBERS,
            Right.PLAN_DUTY,
            Right.MANAGE_CHANNELS,
            Right.KEEP_HELPERS,
            Right.KEEP_STOCK,
            Right.KEEP_PROVIDERS,
            Right.KEEP_RECORDS,
            Right.APPROVE_ELEVATION,
            Right.RENEW_TEAM_KEYS,
            Right.KEEP_MONEY,
            Right.KEEP_SHELTER,
        }
    )


class HeadOfOffice(Role):
    """Answers for the office, without reading a single story."""

    code = "head"
    label = _("Kepala UPTD PPA")
    description = _(
        "Melihat angka, mengelola anggota dan kanal, menjaga masa simpan data dan anggaran, "
        "menyetujui akses sementara. "
        "Tidak membaca isi laporan."
    )
    rights = frozenset(
        {
            Right.SEE_FIGURES,
            Right.MANAGE_MEMBERS,
            Right.PLAN_DUTY,
            Right.MANAGE_CHANNELS,
            Right.KEEP_HELPERS,
            Right.KEEP_PROVIDERS,
            Right.KEEP_RECORDS,
            Right.APPROVE_ELEVATION,
            Right.KEEP_MONEY,
        }
    )


class DataOfficer(Role):
    """Counts."""

    code = "data_officer"
    label = _("Petugas data")
    description = _("Melihat angka gabungan untuk laporan bulanan. Tidak membaca isi laporan.")
    rights = frozenset({Right.SEE_FIGURES})


class Auditor(Role):
    """Looks at who looked."""

    code = "auditor"
    label = _("Pemeriksa")
    description = _("Membaca jejak akses: siapa membuka apa dan kapan. Tidak membaca isi laporan.")
    rights = frozenset({Right.READ_AUDIT})


class CityIT(Role):
    """Keeps the machine running."""

    code = "city_it"
    label = _("Petugas TI kota")
    description = _("Melihat keadaan sistem. Tidak punya hak apa pun atas laporan.")
    rights = frozenset({Right.SEE_SYSTEM})


class KeyOfficer(Role):
    """Signs the list of keys."""

    code = "key_officer"
    label = _("Pejabat kunci")
    description = _("Menandatangani daftar kunci kantor. Tidak membaca isi laporan.")
    rights = frozenset({Right.MANAGE_KEYS})


class ArchiveKeeper(Role):
    """Holds one half of what opens cases that ended long ago."""

    code = "archive_keeper"
    label = _("Pemegang arsip")
    description = _(
        "Memegang separuh kunci arsip kasus lama, bersama rekan sepihaknya, dan memperbarui kunci "
        "itu. Membuka arsip selalu perlu satu orang dari tiap pihak. Tidak membaca isi laporan."
    )
    rights = frozenset({Right.KEEP_ARCHIVE, Right.RENEW_TEAM_KEYS})


class ShelterKeeper(Role):
    """Keeps a house in which nobody is found."""

    code = "shelter_keeper"
    label = _("Pengelola rumah aman")
    description = _(
        "Menjaga kamar rumah aman: berapa orang tinggal, dengan kode, sampai kapan. "
        "Tidak membaca isi kasus dan tidak tahu kasus siapa."
    )
    rights = frozenset({Right.KEEP_SHELTER})


class PartnerOfficer(Role):
    """Answers for another agency."""

    code = "partner_officer"
    label = _("Petugas mitra")
    description = _(
        "Menjawab rujukan kepada lembaganya sendiri, hanya bagian yang dibagikan; mendaftarkan "
        "laporan atas nama penyintas dan melihat tahapnya."
    )
    rights = frozenset({Right.ANSWER_PARTNER, Right.REFER_SURVIVORS})


ROLES: dict[str, type[Role]] = {
    role.code: role
    for role in (
        Officer,
        CaseManager,
        Counsellor,
        LegalCompanion,
        Supervisor,
        HeadOfOffice,
        DataOfficer,
        Auditor,
        CityIT,
        KeyOfficer,
        ArchiveKeeper,
        ShelterKeeper,
        PartnerOfficer,
    )
}


def rights_of(codes: "frozenset[str] | set[str]") -> frozenset[Right]:
    """All rights these roles give together; an unknown code gives none."""
    given: frozenset[Right] = frozenset()
    for code in codes:
        role = ROLES.get(code)
        given |= role.rights if role else frozenset()
    return given


def roles_with(right: Right) -> list[str]:
    """Codes of the roles that give a right."""
    return [code for code, role in ROLES.items() if right in role.rights]


def role_label(code: str) -> Promise | str:
    """The name of a role for people."""
    role = ROLES.get(code)
    return role.label if role else code
