"""Forms that members' browsers sent, so that one that comes again is known."""

from typing import ClassVar

from django.db import models


class Sending(models.Model):
    """A form that was taken, and what it was answered.

    `name`: 16 random bytes its browser gave it. `mark`: an HMAC of where it went and all it said.
    """

    name = models.CharField(max_length=22, unique=True)
    member_code = models.CharField(max_length=32)
    mark = models.CharField(max_length=64)
    answer = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    privacy: ClassVar[dict[str, str]] = {
        "name": "open",
        "member_code": "personal",
        "mark": "open",
        "answer": "open",
        "at": "open",
    }

    def __str__(self) -> str:
        return self.name
