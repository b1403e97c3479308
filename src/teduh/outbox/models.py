"""The queue."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from teduh.outbox.rules import LONGEST_WAIT
from teduh.outbox.words import AT_ONCE, Channel, End, Template


class MessageQuery(models.QuerySet["Message"]):
    """Messages, by what is to be done with them."""

    def waiting(self) -> Self:
        """Not delivered and not given up."""
        return self.filter(delivered_at__isnull=True, given_up_at__isnull=True)

    def due(self, at: datetime) -> Self:
        """Waiting, and to be tried at `at`.

        A wait longer than any that is ever set means that the clock went back: no wait then.
        """
        now = Q(due_at__lte=at) | Q(due_at__gt=at + LONGEST_WAIT)
        return self.waiting().filter(now).order_by("-danger", "due_at")

    def ringing(self) -> Self:
        """Those that leave in quiet hours too."""
        return self.filter(Q(danger=True) | Q(template__in=AT_ONCE))


class Message(models.Model):
    """One message: which text, by which way, to an address that is erased when it has left.

    `key`: what a gateway knows it by, the same at each try. `ticket`: whose holder it tells, if any.
    `twin`: equal for the same text to the same address, and erased with it; empty with a link.
    """

    privacy: ClassVar[dict[str, str]] = {
        "channel": "open",
        "template": "open",
        "key": "open",
        "ticket": "open",
        "danger": "open",
        "address": "sealed",
        "link": "sealed",
        "twin": "sealed",
        "queued_at": "open",
        "due_at": "open",
        "tries": "open",
        "delivered_at": "open",
        "given_up_at": "open",
        "ended": "open",
    }

    channel = models.CharField(max_length=12, choices=Channel.choices)
    template = models.CharField(max_length=24, choices=Template.choices)
    key = models.CharField(max_length=32)
    ticket = models.CharField(max_length=16, blank=True, default="", db_index=True)
    danger = models.BooleanField(default=False)
    address = models.BinaryField()
    link = models.BinaryField(blank=True)
    twin = models.BinaryField(blank=True, default=b"", db_index=True)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=12, choices=End.choices, blank=True, default="")

    objects = MessageQuery.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True, given_up_at__isnull=True)
                | Q(address=b"", link=b"", twin=b""),
                name="outbox_address_erased",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} by {self.channel}"

    @property
    def subject(self) -> str:
        """What the trail calls it: the ticket it tells of, or its own number."""
        return self.ticket or f"pesan-{self.pk}"
