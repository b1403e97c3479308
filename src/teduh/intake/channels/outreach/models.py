"""Tables of an occasion: what, where, when, and the reports that were taken there."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from teduh.intake.channels.outreach.words import Occasion
from teduh.intake.models import Report


class Gathering(models.Model):
    """One occasion on which many people were met. It says nothing of anybody."""

    occasion = models.CharField(max_length=16, choices=Occasion.choices)
    place = models.CharField(max_length=32, blank=True)
    area_code = models.CharField(max_length=16, blank=True)
    day = models.DateField()
    team_code = models.CharField(max_length=32, db_index=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("occasion", "place", "area_code", "day", "team_code", "member"), "open"
    )

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.occasion} {self.day}"


class Gathered(models.Model):
    """A report that was taken on an occasion."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="gathered")
    report = models.OneToOneField(Report, on_delete=models.CASCADE)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("gathering", "report"), "open")

    def __str__(self) -> str:
        return str(self.report_id)
