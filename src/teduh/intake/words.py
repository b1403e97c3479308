"""Words of a report: doors, what a reporter chooses, states and triage steps."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(StrEnum):
    """How a report came; what a person reads for it stands in data/codes.toml, list `channel`."""

    WALKIN = "walkin"
    PHONE = "phone"
    CALLCENTER = "callcenter"
    WEB = "web"
    CHAT = "chat"
    WHATSAPP = "whatsapp"
    SMS = "sms"
    SAPA129 = "sapa129"
    LAPOR = "lapor"
    LETTER = "letter"
    OUTREACH = "outreach"
    RESPONDER = "responder"
    REFERRAL = "referral"
    TRANSFER = "transfer"
    POLICE = "police"
    HEALTH = "health"
    MEDIA = "media"
    CYBER = "cyber"
    SAFEPOINT = "safepoint"


class Door(TextChoices):
    """Through which door somebody came."""

    SELF = "self", _("Untuk diri sendiri")
    OTHER = "other", _("Untuk orang lain")
    YOUNG = "young", _("Di bawah 18 tahun")
    ASK = "ask", _("Bertanya dulu")


class Danger(TextChoices):
    """The first question: safe now?"""

    UNSAFE = "unsafe", _("Tidak aman")
    UNSURE = "unsure", _("Tidak tahu")
    SAFE = "safe", _("Aman")
    SKIPPED = "", _("Dilewati")


class Signs(TextChoices):
    """How grave the signs were that somebody in the field saw (data/guide.toml)."""

    RED = "red", _("Merah: telepon sekarang")
    AMBER = "amber", _("Kuning: rujuk hari ini")
    GREEN = "green", _("Hijau: perhatikan, tawarkan bantuan")


class Proof(TextChoices):
    """What became of the card that signed a referral."""

    NONE = "", _("Tanpa kartu")
    PROVEN = "proven", _("Ditandatangani dengan kartu")
    UNPROVEN = "unproven", _("Kartunya tidak terbukti")


class EventWhen(TextChoices):
    """When it happened last, as coarse as statistics need."""

    DAY = "day", _("Hari ini")
    WEEK = "week", _("Minggu ini")
    MONTH = "month", _("Bulan ini")
    YEAR = "year", _("Tahun ini")
    LONGER = "longer", _("Lebih lama")
    UNKNOWN = "unknown", _("Tidak ingat")


class ContactVia(TextChoices):
    """How she wants to be reached, if at all."""

    TICKET = "ticket", _("Lewat halaman ini saja, dengan tiket")
    PHONE = "phone", _("Telepon")
    WHATSAPP = "whatsapp", _("WhatsApp")
    EMAIL = "email", _("Surel")
    NONE = "none", _("Jangan hubungi saya")


class OfficerSex(TextChoices):
    """Whom she would rather talk with."""

    ANY = "any", _("Siapa saja")
    FEMALE = "female", _("Perempuan")
    MALE = "male", _("Laki-laki")


class State(TextChoices):
    """Where a report stands in the office."""

    NEW = "new", _("Baru")
    TAKEN = "taken", _("Ditangani")
    ASKED = "asked", _("Menunggu jawaban pelapor")
    PASSED = "passed", _("Diteruskan ke lembaga lain")
    DUPLICATE = "duplicate", _("Satu kejadian dengan laporan lain")
    GUIDED = "guided", _("Di luar kewenangan, sudah diarahkan")
    CASE = "case", _("Menjadi kasus")


class Sweep(TextChoices):
    """A step for many reports of a flood at once."""

    TAKEN = "taken", _("Tangani semuanya")
    UNMARKED = "unmarked", _("Lepas tanda “banyak sekaligus”")
    GUIDED = "guided", _("Di luar kewenangan, sudah diarahkan")


class Left(TextChoices):
    """Why a report was left as it is when many were worked at once."""

    READ_FIRST = (
        "read_first",
        _("Tidak aman, tentang anak, atau ada pesan baru. Buka dan baca dulu."),
    )
    UNMARKED = "unmarked", _("Tandanya sudah dilepas: tidak lagi dihitung banyak sekaligus.")
    MOVED = "moved", _("Dari keadaannya sekarang, langkah ini tidak bisa.")
    FAILED = "failed", _("Belum tersimpan. Coba sekali lagi.")


class Origin(TextChoices):
    """Where the words were sealed. A label, not a proof (sealing.md 5)."""

    BROWSER = "browser", _("Dikunci di ponsel pelapor")
    SERVER = "server", _("Dikunci di server (tanpa JavaScript)")
    STAFF = "staff", _("Dikunci di komputer petugas yang mencatatnya")


class Fact(TextChoices):
    """What somebody without a code is asked, and the sealed identity knows."""

    NAME = "name", _("Nama atau panggilan")
    CONTACT = "contact", _("Nomor atau alamat")
    WHEN = "when", _("Waktu aman")
    WORDS = "words", _("Kata sandi percakapan")


class Met(TextChoices):
    """How we met whoever has lost a code."""

    HERE = "here", _("datang sendiri")
    CALLED = "called", _("kami telepon balik ke nomor yang tersimpan")


class InstrumentKind(TextChoices):
    """What a risk instrument is for."""

    FULL = "full", _("asesmen lengkap")
    SHORT = "short", _("saringan singkat")


class RiskAnswer(TextChoices):
    """What a question of a risk instrument may be answered with."""

    YES = "yes", _("Ya")
    NO = "no", _("Tidak")
    NOT_ASKED = "not_asked", _("Tidak ditanyakan")
    DECLINED = "declined", _("Belum ingin menjawab")
