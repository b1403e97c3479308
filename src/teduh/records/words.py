"""Words of what is kept: what stops an erasure, who decides it, how it ends."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Ends(TextChoices):
    """What ends the keeping of a kind of record."""

    ERASED = "erased", _("dimusnahkan oleh dua orang")
    GOES_WITH = "goes_with", _("ikut laporan atau kasusnya")
    STAYS = "stays", _("tidak dimusnahkan")


class Stop(TextChoices):
    """What stands in the way of erasing, as the rows tell it."""

    GOING = "going", _("masih berjalan")
    COURT = "court", _("proses hukum belum selesai")
    PROTECTION = "protection", _("pelindungan masih berlaku")
    PROMISES = "promises", _("ada janji waktu yang belum ditepati")
    MESSAGES = "messages", _("ada pesan yang belum dibaca")
    HELD = "held", _("ditahan")


class Hold(TextChoices):
    """Why somebody keeps a record from being erased."""

    COURT = "court", _("Perkara, pidana, atau restitusi masih berjalan")
    COMPLAINT = "complaint", _("Ada pengaduan tentang layanan")
    INSPECTION = "inspection", _("Diperiksa inspektorat atau lembaga lain")
    SURVIVOR = "survivor", _("Penyintas meminta disimpan")
    ARCHIVE = "archive", _("Dinilai arsip untuk disimpan lebih lama")


class Why(TextChoices):
    """Why somebody asks for an erasure."""

    TERM = "term", _("masa simpan berakhir")
    ASKED = "asked", _("penyintas meminta")


class Answer(TextChoices):
    """What the second person answers."""

    APPROVED = "approved", _("disetujui")
    REFUSED = "refused", _("tidak disetujui")


class KeepReason(TextChoices):
    """Why what was to be erased is kept for now."""

    NEEDED = "needed", _("Masih diperlukan untuk penyintas")
    LAW = "law", _("Hukum meminta disimpan")
    CHECK = "check", _("Belum yakin, diperiksa dulu")
