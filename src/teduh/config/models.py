"""The one table of this room: who has shown a sign of life, and when."""

from typing import ClassVar

from django.db import models


class Beat(models.Model):
    """The newest sign of life of what works unseen: the clock, a backup."""

    privacy: ClassVar[dict[str, str]] = {"name": "open", "at": "open"}

    name = models.CharField(max_length=16, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
