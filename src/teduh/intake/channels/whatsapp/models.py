"""For a day: which number wrote under which ticket. No number stands here, nor a ticket's code."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models

from teduh.intake.channels.whatsapp.rules import TALK
from teduh.intake.models import Report


class TalkQuery(models.QuerySet["Talk"]):
    """Talks, by their day."""

    def going_on(self, at: datetime) -> Self:
        """Begun within the last day."""
        return self.filter(since__gt=at - TALK)


class Talk(models.Model):
    """What one number wrote within a day goes under one report.

    `mark`: of way and number, made with a secret outside the database. `kept`: ticket and code,
    encrypted under that secret, with the hour inside; both are erased after a day.
    """

    mark = models.BinaryField(unique=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE)
    kept = models.BinaryField()
    since = models.DateTimeField(db_index=True)

    privacy: ClassVar[dict[str, str]] = {
        "mark": "sealed",
        "report": "open",
        "kept": "sealed",
        "since": "open",
    }

    objects = TalkQuery.as_manager()

    def __str__(self) -> str:
        return str(self.report_id)


class Heard(models.Model):
    """A message that is kept already: the mark of its name, for two days."""

    mark = models.BinaryField(unique=True)
    at = models.DateTimeField(db_index=True)

    privacy: ClassVar[dict[str, str]] = {"mark": "sealed", "at": "open"}

    def __str__(self) -> str:
        return f"{self.at:%d %H:%M}"
