"""Tables of the ticket."""

import uuid
from typing import ClassVar

from django.db import models

from teduh.tickets.words import NextStep, OpinionAnswer, Stage


class Ticket(models.Model):
    """The thread a reporter follows. Holds no story and no name."""

    number = models.CharField(max_length=13, unique=True)
    auth = models.CharField(max_length=64)
    own = models.BooleanField(default=False)
    asks = models.BooleanField(default=False)  # a question that is no report yet
    stage = models.CharField(max_length=16, choices=Stage.choices, default=Stage.RECEIVED)
    stage_day = models.DateField()
    next_step = models.CharField(max_length=16, choices=NextStep.choices, default=NextStep.READ)
    by_day = models.DateField(null=True, blank=True)  # promised for the next step, her own only
    late = models.BooleanField(default=False)  # that day is over and the promise not kept
    opened_day = models.DateField()
    rights_version = models.CharField(max_length=32)
    quiet_since = models.DateField(null=True, blank=True)
    opinion_given = models.BooleanField(default=False)
    issued_on = models.DateField(null=True, blank=True)  # staff know the code; until she changed it
    renewed_on = models.DateField(null=True, blank=True)  # when she last made her own

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "number",
            "auth",
            "own",
            "asks",
            "stage",
            "stage_day",
            "next_step",
            "by_day",
            "late",
            "opened_day",
            "rights_version",
            "quiet_since",
            "opinion_given",
            "issued_on",
            "renewed_on",
        ),
        "open",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["by_day"],
                condition=models.Q(late=False, by_day__isnull=False),
                name="tickets_days",
            )
        ]

    def __str__(self) -> str:
        return self.number


class StageReached(models.Model):
    """A day on which a ticket came to a public stage."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="reached")
    stage = models.CharField(max_length=16, choices=Stage.choices)
    day = models.DateField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("ticket", "stage", "day"), "open")

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.stage}"


class Opinion(models.Model):
    """What a survivor said of us when her case had ended: four codes and the month, nobody's name.

    No ticket, no day, no counting number: it is not to be told whose it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.DateField(db_index=True)  # its first day
    safe = models.CharField(max_length=8, choices=OpinionAnswer.choices, blank=True)
    heard = models.CharField(max_length=8, choices=OpinionAnswer.choices, blank=True)
    promised = models.CharField(max_length=8, choices=OpinionAnswer.choices, blank=True)
    again = models.CharField(max_length=8, choices=OpinionAnswer.choices, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("month", "safe", "heard", "promised", "again"), "open"
    )

    def __str__(self) -> str:
        return f"{self.month}"
