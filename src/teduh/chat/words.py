"""Words of a thread."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Side(TextChoices):
    """Who wrote a message."""

    OFFICE = "office", _("Kantor")
    REPORTER = "reporter", _("Pemegang tiket")


class Crowd(TextChoices):
    """How many wait for an answer before her, in words that change seldom."""

    NEXT = "next", _("Anda berikutnya.")
    FEW = "few", _("Ada beberapa orang yang menunggu lebih dulu.")
    MANY = "many", _("Banyak orang sedang menunggu lebih dulu.")


class Pace(TextChoices):
    """How long an answer took in the last days, as coarse as it is honest."""

    QUARTER = "quarter", _("Belakangan ini biasanya dijawab dalam seperempat jam.")
    HOUR = "hour", _("Belakangan ini biasanya dijawab dalam satu jam.")
    HOURS = "hours", _("Belakangan ini biasanya dijawab dalam beberapa jam.")
    DAY = "day", _("Belakangan ini biasanya baru dijawab dalam sehari.")
    UNKNOWN = "", _("Jawaban datang paling lama 24 jam.")
