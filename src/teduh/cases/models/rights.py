"""How far each right of a survivor has come."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from teduh.cases.models.case import Case


class RightStep(models.Model):
    """One right of a survivor: the days on which it was told, requested, met; who wrote last."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="rights")
    right = models.CharField(max_length=20)
    told = models.DateField(null=True, blank=True)
    requested = models.DateField(null=True, blank=True)
    met = models.DateField(null=True, blank=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "right", "told", "requested", "met", "member"), "open"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "right"], name="cases_right_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.right}"
