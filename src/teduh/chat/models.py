"""Tables of the thread: order and side of each message; the words lie in the vault."""

from typing import ClassVar

from django.db import models

from teduh.chat.words import Side


class Message(models.Model):
    """One sealed message; `item` names its envelope, `seq` counts 1, 2, 3… per side."""

    subject = models.CharField(max_length=32)
    side = models.CharField(max_length=8, choices=Side.choices)
    seq = models.PositiveIntegerField()
    item = models.CharField(max_length=22, unique=True)
    day = models.DateField()
    member_code = models.CharField(max_length=32, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("subject", "side", "seq", "item", "day", "member_code"), "open"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "side", "seq"], name="chat_one_per_seq")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.side} {self.seq}"
