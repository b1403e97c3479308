"""Levels of areas, ways to reach the office, helpers, and why a provider comes first."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """What an official area code stands for, by its number of parts."""

    PROVINCE = "province", _("Provinsi")
    CITY = "city", _("Kabupaten atau kota")
    DISTRICT = "district", _("Kecamatan")
    KELURAHAN = "kelurahan", _("Kelurahan atau desa")


class ChannelKind(TextChoices):
    """The ways a report can come (code list 4.11); those a citizen can choose."""

    WALKIN = "walkin", _("Datang langsung")
    PHONE = "phone", _("Telepon")
    CALLCENTER = "callcenter", _("Call center 112")
    WEB = "web", _("Formulir daring")
    WHATSAPP = "whatsapp", _("WhatsApp")
    SAPA129 = "sapa129", _("SAPA 129")
    LAPOR = "lapor", _("SP4N-LAPOR!")


class Cost(TextChoices):
    """What a way costs whoever uses it."""

    FREE = "free", _("Gratis")
    CREDIT = "credit", _("Pulsa atau tagihan telepon")
    DATA = "data", _("Kuota data saja")


LEAVES: dict[str, Promise] = {  # kind -> what stays behind where others may look
    ChannelKind.WALKIN: _("Tidak ada di ponsel. Kalau ponsel Anda diawasi, tinggalkan di rumah."),
    ChannelKind.PHONE: _("Nomornya ada di riwayat panggilan, dan bisa muncul di tagihan."),
    ChannelKind.CALLCENTER: _("Nomornya ada di riwayat panggilan."),
    ChannelKind.WEB: _("Alamat dan judul halaman ada di riwayat peramban; isinya tidak."),
    ChannelKind.WHATSAPP: _(
        "Percakapan tetap ada di ponsel dan cadangannya, dan dapat dibaca di perjalanan. Tulis "
        "seperlunya, lalu lanjutkan di obrolan tertutup."
    ),
    ChannelKind.SAPA129: _("Nomornya ada di riwayat panggilan atau WhatsApp."),
    ChannelKind.LAPOR: _("Akun dan laporannya ada di aplikasi itu."),
}


class Profile(TextChoices):
    """What a helper is to the people around (issue 5, section 4)."""

    RELIGIOUS = "religious", _("Tokoh agama")
    SCHOOL = "school", _("Guru BK")
    PKK = "pkk", _("Kader PKK")
    POSYANDU = "posyandu", _("Kader posyandu")
    RT = "rt", _("Relawan RT")
    HEALTH = "health", _("Tenaga kesehatan")
    OFFICER = "officer", _("Petugas")


class HelperState(TextChoices):
    """Whether a helper helps."""

    ACTIVE = "active", _("Aktif")
    PAUSED = "paused", _("Berhenti sementara")
    LEFT = "left", _("Tidak lagi")


class Topic(TextChoices):
    """What helpers are trained in (code list 4.19, the topics of the field)."""

    SIGNS = "signs", _("Tanda bahaya dan rujukan")
    PFA = "pfa", _("Dukungan psikologis awal")
    NOBLAME = "noblame", _("Bahasa yang tidak menyalahkan")
    CONFID = "confid", _("Kerahasiaan dan UU PDP")
    CHILD = "child", _("Komunikasi ramah anak")
    DISABILITY = "disability", _("Pendampingan ramah disabilitas")
    BOUNDS = "bounds", _("Batas interaksi aman")
    MEDIATION = "mediation", _("Batas mediasi")
    SELFCARE = "selfcare", _("Perawatan diri")


SAFE_PLACE = _("Tempat aman")  # what a shelter is called before whoever does not keep the list
WEEKDAYS = (
    _("Senin"), _("Selasa"), _("Rabu"), _("Kamis"), _("Jumat"), _("Sabtu"), _("Minggu"),
)  # fmt: skip


class Why(TextChoices):
    """Why a provider is offered before or after others."""

    OPEN = "open", _("buka sekarang")
    OPENS = "opens", _("buka lagi %(when)s")
    NO_HOURS = "no_hours", _("jam bukanya belum dicatat")
    SERVES = "serves", _("melayani %(area)s")
    WHOLE_CITY = "whole_city", _("melayani seluruh kota")
    ELSEWHERE = "elsewhere", _("tidak melayani kelurahan ini")
    VERIFIED = "verified", _("datanya diperiksa %(day)s")
    STALE = "stale", _("datanya sudah lama tidak diperiksa")
    NEVER = "never", _("datanya belum pernah diperiksa")
    A_DAY = "a_day", _("menerima %(count)s orang sehari")
    LAPSED = "lapsed", _("nota kesepahamannya sudah berakhir")
