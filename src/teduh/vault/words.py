"""Words of the vault."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RecallReason(TextChoices):
    """Why what lies in the archive is to be opened again."""

    REOPENED = "reopened", _("kasus dibuka kembali")
    HER_REQUEST = "her_request", _("permintaan penyintas atas datanya")
    COURT = "court", _("diminta pengadilan atau penyidik")
    REVIEW = "review", _("peninjauan oleh penyelia")
