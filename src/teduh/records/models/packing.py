"""Packets of evidence: who asked, who granted, what was in each, through whose hands it went."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from teduh.access.models import TwoHands
from teduh.cases.models import Case
from teduh.records.words import Answer, Basis, Denial, Passed, Receiver


class PacketGrant(TwoHands):
    """Somebody asks to put a packet together for somebody; a supervisor grants it until an hour."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="packet_grants")
    receiver = models.CharField(max_length=12, choices=Receiver.choices)
    basis = models.CharField(max_length=8, choices=Basis.choices)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    denial = models.CharField(max_length=10, choices=Denial.choices, blank=True)
    until = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("case", "receiver", "basis", "asker", "asked_day"),
            *("answer", "denial", "answerer", "until"),
        ),
        "open",
    )

    class Meta(TwoHands.Meta):
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            *TwoHands.Meta.constraints,
            models.UniqueConstraint(
                fields=["case"], condition=Q(answer=""), name="records_grant_one_asked"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(answer="approved"), name="records_grant_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} for {self.receiver}"

    def holds(self, at: datetime) -> bool:
        """Whether a packet may be made under it at `at`."""
        return self.until is not None and at < self.until


class Packet(models.Model):
    """One packet as it was put together in an officer's browser; the office keeps no copy."""

    grant = models.ForeignKey(PacketGrant, on_delete=models.PROTECT, related_name="packets")
    number = models.PositiveSmallIntegerField()  # within the case
    sha = models.CharField(max_length=64)  # SHA-256 of the whole file, in hex
    size = models.PositiveBigIntegerField()  # bytes

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("grant", "number", "sha", "size"), "open")

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.number}"


class PacketItem(models.Model):
    """Something in a packet: which sealed item of whom, and the SHA-256 of its opened bytes."""

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="items")
    subject = models.CharField(max_length=40)
    what = models.CharField(max_length=48)
    item = models.CharField(max_length=22)
    sha = models.CharField(max_length=64)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("packet", "subject", "what", "item", "sha"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["packet", "item"], name="records_packet_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.packet_id} {self.item}"


class Custody(models.Model):
    """One line of the way of a packet: made, handed over; never written over."""

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="custody")
    step = models.CharField(max_length=8, choices=Passed.choices)
    receiver = models.CharField(max_length=12, choices=Receiver.choices, blank=True)
    at = models.DateTimeField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("packet", "step", "receiver", "at", "member"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(step="made", receiver="") | (Q(step="handed") & ~Q(receiver="")),
                name="records_custody_to_whom",
            )
        ]

    def __str__(self) -> str:
        return f"{self.packet_id} {self.step}"
