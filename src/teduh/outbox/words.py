"""Ways out, and every text that may leave: neutral to whoever looks over a shoulder."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """The ways a message can leave."""

    EMAIL = "email", _("surel")
    SMS = "sms", _("SMS")
    WHATSAPP = "whatsapp", _("WhatsApp")


class End(TextChoices):
    """Why a message was given up."""

    OLD = "old", _("sehari menunggu")
    TRIES = "tries", _("terlalu sering dicoba")
    REFUSED = "refused", _("ditolak jalurnya")
    UNREADABLE = "unreadable", _("tidak terbaca lagi")
    WITHDRAWN = "withdrawn", _("ditarik kembali")


class Template(TextChoices):
    """The messages there are."""

    NEWS = "news", _("kabar untuk pemegang tiket")
    WORK = "work", _("ada yang menunggu")
    INVITATION = "invitation", _("undangan anggota")
    ACCOUNT = "account", _("cara masuk berubah")
    GUESSED = "guessed", _("kata sandi mungkin diketahui orang")
    LATE = "late", _("ada yang terlambat")
    LOST_FACTOR = "lost_factor", _("faktor kedua diminta dilepas")
    HEARD = "heard", _("pesan dari telepon sampai")
    HEARD_IN_PART = "heard_in_part", _("pesan dari telepon sampai, tanpa berkasnya")


FOR_REPORTERS = frozenset({Template.NEWS})
# What answers something that is being done just now: it leaves in quiet hours too.
AT_ONCE = frozenset(
    {
        Template.INVITATION,
        Template.ACCOUNT,
        Template.GUESSED,
        Template.LOST_FACTOR,
        Template.HEARD,
        Template.HEARD_IN_PART,
    }
)


@dataclass(frozen=True, slots=True)
class Text:
    """What is written: no unit, no subject matter, no name."""

    subject: Promise
    body: Promise


TEXTS: dict[Template, Text] = {
    Template.NEWS: Text(_("Ada kabar"), _("Ada kabar. Cek tiket Anda.")),
    Template.WORK: Text(_("Ada yang menunggu"), _("Ada yang menunggu Anda. Silakan masuk.")),
    Template.LATE: Text(
        _("Ada yang terlambat"), _("Ada yang lewat waktunya. Silakan masuk dan lihat papan janji.")
    ),
    Template.ACCOUNT: Text(
        _("Akun Anda"),
        _("Cara masuk akun Anda berubah. Bila bukan Anda, segera beri tahu penyelia Anda."),
    ),
    Template.GUESSED: Text(
        _("Akun Anda"),
        _(
            "Kata sandi Anda diketik dengan benar, tetapi langkah sesudahnya tidak cocok. Bila "
            "bukan Anda, masuk dan ganti kata sandi Anda sekarang."
        ),
    ),
    Template.LOST_FACTOR: Text(
        _("Akun Anda"),
        _(
            "Ada yang meminta agar faktor kedua akun Anda dilepas. Bila bukan Anda, masuk dan "
            "batalkan, atau segera beri tahu penyelia Anda."
        ),
    ),
    Template.HEARD: Text(
        _("Pesan Anda sampai"),
        _("Pesan Anda sampai. Perlu cepat? 112 atau 110. Lebih tertutup lewat sini:"),
    ),
    Template.HEARD_IN_PART: Text(
        _("Pesan Anda sampai"),
        _(
            "Pesan sampai, tanpa gambar atau suaranya. Perlu cepat? 112 atau 110. "
            "Kirim lebih tertutup lewat sini:"
        ),
    ),
    Template.INVITATION: Text(
        _("Undangan"),
        _("Anda diundang. Buka tautan ini dalam 3 hari dan buat kata sandi Anda:"),
    ),
}
