"""What was done on the pathway of a place."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from teduh.cases.models import Case


class PathwayTick(models.Model):
    """One task of a pathway that somebody did or saw done; taken back, it is no more."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pathway_ticks")
    pathway = models.CharField(max_length=16)
    task = models.CharField(max_length=16)
    day = models.DateField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "pathway", "task", "day", "member"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "pathway", "task"], name="services_tick_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.pathway} {self.task}"
