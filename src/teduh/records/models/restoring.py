"""That the office was put back from a backup, and what was gone through since."""

from typing import ClassVar

from django.db import models

from teduh.access.models import Member
from teduh.records.words import Recheck


class Restore(models.Model):
    """The office was put back `at` from a backup of `backup_at`: what ended between, nobody knows."""

    backup_at = models.DateTimeField()
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("backup_at", "at"), "open")

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.backup_at} at {self.at}"


class RestoreCheck(models.Model):
    """Somebody who answers for the office went through one thing that may hold again."""

    restore = models.ForeignKey(Restore, on_delete=models.CASCADE, related_name="checks")
    what = models.CharField(max_length=12, choices=Recheck.choices)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("restore", "what", "member", "at"), "open")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["restore", "what"], name="records_checked_once")
        ]

    def __str__(self) -> str:
        return f"{self.restore_id} {self.what}"
