"""Tables of the thread: order and side of each message; the words lie in the vault."""

from typing import ClassVar

from django.db import models

from teduh.chat.words import Side


class Message(models.Model):
    """One sealed message; `item` names its envelope, `seq` counts 1, 2, 3… per side.

    `file`: names the body of the file that the office sent with it.
    """

    subject = models.CharField(max_length=32)
    side = models.CharField(max_length=8, choices=Side.choices)
    seq = models.PositiveIntegerField()
    item = models.CharField(max_length=22, unique=True)
    day = models.DateField()
    member_code = models.CharField(max_length=32, blank=True)
    file = models.CharField(max_length=22, blank=True)
    closed = models.BooleanField(default=False)  # to who holds the code: a lost one was replaced

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("subject", "side", "seq", "item", "day", "member_code", "file", "closed"), "open"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "side", "seq"], name="chat_one_per_seq")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.side} {self.seq}"


class Conversation(models.Model):
    """Where a thread stands since its holder first wrote in it: who waits, who holds back, who ended it.

    `waiting_since` is a clock, to the minute: her oldest word that nobody has answered. `waited`:
    minutes her last answered word waited. `away`: she said that she cannot talk now. `word_day`: the
    day of the newest word of either side; `reminded_day`: since when the office was told of its
    silence. `ended_by`: empty where the clock did.
    """

    subject = models.CharField(max_length=32, unique=True)
    team_code = models.CharField(max_length=32)
    waiting_since = models.DateTimeField(null=True, blank=True)
    waited = models.PositiveIntegerField(null=True, blank=True)
    answered_day = models.DateField(null=True, blank=True)
    word_day = models.DateField(null=True, blank=True)
    reminded_day = models.DateField(null=True, blank=True)
    away = models.BooleanField(default=False)
    ended_day = models.DateField(null=True, blank=True)
    ended_by = models.CharField(max_length=8, choices=Side.choices, blank=True)
    erased_day = models.DateField(null=True, blank=True)  # since when nothing of it opens any more

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("subject", "team_code", "waiting_since", "waited", "answered_day", "away"),
            *("word_day", "reminded_day", "ended_day", "ended_by", "erased_day"),
        ),
        "open",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["team_code", "waiting_since"],
                condition=models.Q(waiting_since__isnull=False),
                name="chat_waiting",
            ),
            models.Index(fields=["team_code", "answered_day"], name="chat_answered"),
            models.Index(
                fields=["ended_day"],
                condition=models.Q(ended_day__isnull=False, erased_day__isnull=True),
                name="chat_ended",
            ),
            models.Index(
                fields=["word_day"],
                condition=models.Q(ended_day__isnull=True),
                name="chat_quiet",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ended_day__isnull=True) | models.Q(waiting_since__isnull=True),
                name="chat_nobody_waits_after_the_end",
            )
        ]

    def __str__(self) -> str:
        return self.subject
