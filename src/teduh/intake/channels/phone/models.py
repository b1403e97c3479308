"""Tables of the hotline: calls as rows without a number, and what an exchange counts by day."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from teduh.intake.channels.phone.words import CallKind


class Call(models.Model):
    """One call: what sort, when, how long. Never a number, never whose ticket came of it.

    `open`: it broke or goes on; what was written of it lies sealed in the vault under its code.
    """

    code = models.CharField(max_length=13, unique=True)
    kind = models.CharField(max_length=16, choices=CallKind.choices)
    team_code = models.CharField(max_length=32)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calls"
    )
    day = models.DateField()
    started_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(default=0)
    filed = models.BooleanField(default=False)
    open = models.BooleanField(default=False)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("code", "kind", "team_code", "member", "day", "started_at", "seconds", "filed"),
            "open",
        ),
        "open",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["team_code", "day"], name="intake_calls_of_a_day"),
            models.Index(
                fields=["team_code"], condition=models.Q(open=True), name="intake_open_calls"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class CallDay(models.Model):
    """What a team's exchange counted on one day, entered by hand or from its file."""

    team_code = models.CharField(max_length=32)
    day = models.DateField()
    offered = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()
    abandoned = models.PositiveIntegerField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("team_code", "day", "offered", "answered", "waiting", "abandoned"), "open"
    )

    class Meta:
        ordering: ClassVar = ["-day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team_code", "day"], name="intake_call_day_once"),
            models.CheckConstraint(
                condition=models.Q(offered__gte=models.F("answered") + models.F("abandoned")),
                name="intake_call_day_sum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_code} {self.day}"
