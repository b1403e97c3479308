"""Words of what agencies file, and of what the network asks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Paper(TextChoices):
    """Which short form: its questions stand in data/papers.toml."""

    POLICE = "police", _("Kepolisian")
    HEALTH = "health", _("Rumah sakit atau puskesmas")
    SCHOOL = "school", _("Sekolah")
    CAMPUS = "campus", _("Satuan tugas kampus")
    AGENCY = "agency", _("Lembaga pendamping")
    SAPA129 = "sapa129", _("Pelimpahan dari SAPA 129")
    LAPOR = "lapor", _("Pelimpahan dari SP4N-LAPOR!")


class Agreed(TextChoices):
    """Who agreed that this is filed."""

    HERSELF = "herself", _("yang mengalami setuju")
    GUARDIAN = "guardian", _("wali anak setuju")
    DUTY = "duty", _("anak dalam bahaya, wajib dilaporkan")


class Query(TextChoices):
    """What the network asks about a ticket that waits."""

    WHEN = "when", _("Kapan dijawab?")
    SAFE = "safe", _("Sudah dilihat apakah ia aman?")
    HELP = "help", _("Perlu bantuan lembaga kami?")


class Reply(TextChoices):
    """What the office answers."""

    TAKEN = "taken", _("sudah ditangani")
    TODAY = "today", _("dijawab hari ini")
    HELP = "help", _("ya, kami hubungi lembaga Anda")
    ELSEWHERE = "elsewhere", _("sudah diarahkan ke layanan lain")
