"""What hospitals, police and courts do in a case: one row for each step, none is written over."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from teduh.cases.models.case import Case
from teduh.cases.words import JusticeStage, ProtectionKind, VisumDelay, VisumStatus, WaitReason


class VisumStep(models.Model):
    """A step on the way to the forensic examination; the finding itself is never kept here."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="visum")
    to = models.CharField(max_length=20, choices=VisumStatus.choices)
    day = models.DateField()
    delay = models.CharField(max_length=12, choices=VisumDelay.choices, blank=True)
    fee_asked = models.BooleanField(default=False)  # it is free: UU 12/2022; a wrong to follow up
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "to", "day", "delay", "fee_asked", "member"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(  # what a supervisor sees to, of very few steps
                fields=["-id"], condition=models.Q(fee_asked=True), name="cases_fees"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.to}"


class JusticeStep(models.Model):
    """How far the law had come on a day; `pressure`: somebody pressed for what was withdrawn."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="justice")
    stage = models.CharField(max_length=16, choices=JusticeStage.choices)
    day = models.DateField()
    pressure = models.BooleanField(default=False)
    waits = models.CharField(max_length=12, choices=WaitReason.choices, blank=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "stage", "day", "pressure", "waits", "member"), "open"
    )

    class Meta:
        ordering: ClassVar = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stage}"


class Protection(models.Model):
    """A protection order: from when, until when, and the day it was no longer needed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="protections")
    kind = models.CharField(max_length=8, choices=ProtectionKind.choices)
    since = models.DateField()
    until = models.DateField()
    over = models.DateField(null=True, blank=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "kind", "since", "until", "over", "member"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"

    @property
    def code(self) -> str:
        """Its name in what is promised of it."""
        return f"PLD-{self.pk}"
