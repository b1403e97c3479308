"""The call centres that may hand over."""

from typing import ClassVar

from django.db import models


class CallCentre(models.Model):
    """A call centre and its link, of which only a hash is kept; `closed_day`: since when it is dead."""

    name = models.CharField(max_length=80)
    agency_code = models.CharField(max_length=32)
    link = models.CharField(max_length=64, unique=True)
    made_day = models.DateField()
    closed_day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("name", "agency_code", "link", "made_day", "closed_day"), "open"
    )

    class Meta:
        ordering: ClassVar = ["closed_day", "name", "pk"]

    def __str__(self) -> str:
        return self.name
