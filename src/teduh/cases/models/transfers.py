"""Other offices, what of a case went to one of them, and what came from one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teduh.cases.models.case import Case
from teduh.cases.words import ConsentBy, ConsentHow, TransferState


class PeerOffice(models.Model):
    """An office elsewhere with keys of its own, trusted once a supervisor has heard its code.

    `root`: its root key, `card`: the newest card it gave, `body` and `sig`: the supervisor's word.
    """

    inst = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    root = models.BinaryField()
    card = models.TextField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_day = models.DateField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_day = models.DateField(null=True, blank=True)
    body = models.BinaryField(default=bytes)
    sig = models.BinaryField(default=bytes)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("inst", "name", "root", "card", "added_by", "added_day"),
            *("approved_by", "approved_day", "body", "sig"),
        ),
        "open",
    )

    class Meta:
        ordering: ClassVar = ["name", "inst"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("added_by")),
                name="cases_peer_two_hands",
            )
        ]

    def __str__(self) -> str:
        return self.inst


class Transfer(models.Model):
    """A slice of a case that was sealed for another office; `cmp` names the slice."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="transfers")
    peer = models.ForeignKey(PeerOffice, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=13, unique=True)
    cmp = models.CharField(max_length=43)
    parts = models.CharField(max_length=120)  # with a comma between
    consent_by = models.CharField(max_length=8, choices=ConsentBy.choices)
    consent_how = models.CharField(max_length=8, choices=ConsentHow.choices)
    consent_day = models.DateField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    state = models.CharField(
        max_length=10, choices=TransferState.choices, default=TransferState.SENT
    )
    ended_day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("case", "peer", "code", "cmp", "parts", "consent_by", "consent_how"),
            *("consent_day", "member", "day", "state", "ended_day"),
        ),
        "open",
    )

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="sent"), name="cases_transfer_one_sent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class Arrival(models.Model):
    """A case that came from another office; `body` and `sig`: our word that we have it."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="arrival")
    peer = models.ForeignKey(PeerOffice, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=13)
    consent_by = models.CharField(max_length=8, choices=ConsentBy.choices)
    consent_how = models.CharField(max_length=8, choices=ConsentHow.choices)
    consent_day = models.DateField()
    day = models.DateField()
    by = models.CharField(max_length=64)  # the key that signed the receipt
    body = models.BinaryField()
    sig = models.BinaryField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("case", "peer", "code", "consent_by", "consent_how", "consent_day"),
            *("day", "by", "body", "sig"),
        ),
        "open",
    )

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["peer", "code"], name="cases_arrival_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} is {self.case_id}"
