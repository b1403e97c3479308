"""Openings in need: somebody of the team reads a case without a place in it, for minutes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teduh.cases.models.case import Case
from teduh.cases.words import GlassReason


class BreakGlass(models.Model):
    """One opening in need, from `since` to `until`, and the supervisor who has looked at it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="glasses")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=GlassReason.choices)
    since = models.DateTimeField()
    until = models.DateTimeField()
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    looked_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "member", "reason", "since", "until", "looked_by", "looked_at"), "open"
    )

    class Meta:
        ordering: ClassVar = ["-since", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="cases_glass_forward"),
            models.CheckConstraint(
                condition=Q(looked_by__isnull=True, looked_at__isnull=True)
                | Q(looked_by__isnull=False, looked_at__isnull=False),
                name="cases_glass_looked_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.case_id} until {self.until}"
