"""The headings of a safety plan (case_standards.md 3.8) and of a survivor's wishes.

Each is a part of one sealed item; what is written under it never leaves the browser open.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Heading:
    """One part of a sealed plan: its name in the seal, what the page calls it, what helps to fill it."""

    part: str
    label: str | Promise
    hint: str | Promise = ""


WISHES = (
    Heading("needs", _("Kebutuhan")),
    Heading("hopes", _("Harapan")),
    Heading("refuses", _("Yang tidak dikehendaki")),
)
SAFETY = (
    Heading("danger", _("Tanda bahaya"), _("Rasa bahayanya sendiri; pola yang mendahului.")),
    Heading("worked", _("Yang pernah menolong")),
    Heading("rooms", _("Ruang aman, jalan keluar, rute, kendaraan")),
    Heading("places", _("Dua tempat tujuan, dan siapa yang tahu")),
    Heading("contacts", _("Nomor darurat yang dihafal")),
    Heading("signal", _("Kata sandi dan isyarat, siapa yang menanggapi")),
    Heading("children", _("Bagian anak")),
    Heading("bag", _("Isi tas yang siap dibawa")),
    Heading("documents", _("Salinan dokumen di tempat lain")),
    Heading(
        "digital", _("Aman di dunia digital"), _("Lokasi, akun bersama, cadangan awan, penyadap.")
    ),
    Heading("routes", _("Jalan ke tempat kerja dan sekolah")),
    Heading("order", _("Salinan perintah perlindungan")),
    Heading("staying", _("Kalau bertahan di rumah")),
    Heading("leaving", _("Kalau pergi")),
    Heading("after", _("Setelah pergi")),
    Heading("care", _("Merawat diri"), _("Juga kalau muncul pikiran mengakhiri hidup.")),
    Heading("kept", _("Rencana ini disimpan di mana")),
)
BAG = (
    ("ids", _("KTP dan kartu keluarga")),
    ("papers", _("Akta, ijazah, surat nikah")),
    ("money", _("Uang")),
    ("keys", _("Kunci")),
    ("medicine", _("Obat")),
    ("phone", _("HP dan pengisi daya")),
    ("clothes", _("Pakaian")),
    ("toy", _("Mainan kesayangan anak")),
)
