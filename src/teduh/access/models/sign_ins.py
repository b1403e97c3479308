"""When members came in."""

from typing import ClassVar

from django.db import models

from teduh.access.models.members import Member
from teduh.access.words import Device


class SignIn(models.Model):
    """One sign-in: when and on what sort of device. Never from where."""

    privacy: ClassVar[dict[str, str]] = {
        "member": "open",
        "at": "personal",
        "device": "personal",
        "session": "personal",
        "ended_at": "personal",
    }

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField()
    device = models.CharField(max_length=8, choices=Device.choices)
    session = models.CharField(max_length=40, blank=True, db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.at}"
