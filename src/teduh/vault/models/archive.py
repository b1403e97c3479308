"""The archive: what rests, its keys in halves, and who asks for it back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from teduh.vault.models.sealed import Compartment
from teduh.vault.words import RecallReason


class Resting(models.Model):
    """A subject that waits for the archive: what it belongs to has ended, and on which day."""

    subject = models.CharField(max_length=40, unique=True)
    team_code = models.CharField(max_length=32)
    since = models.DateField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("subject", "team_code", "since"), "open")

    def __str__(self) -> str:
        return self.subject


class Pair(models.Model):
    """A compartment's key in two halves, as one member's browser made them for the archive.

    `check_a`, `check_b`: what each half is proven by, without telling it.
    """

    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="pairs")
    by = models.CharField(max_length=32)
    at = models.DateTimeField()
    check_a = models.BinaryField()
    check_b = models.BinaryField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("compartment", "by", "at", "check_a", "check_b"), "open"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["compartment", "by"], name="vault_pair_once")
        ]

    def __str__(self) -> str:
        return f"{self.compartment_id} halved by {self.by}"


class Half(models.Model):
    """One half, sealed to an epoch of its archive, or handed on to one of the team that asked.

    `by`: who handed it on; empty for what came with the pair.
    """

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="halves")
    side = models.CharField(max_length=1)
    kid = models.CharField(max_length=80)
    stored = models.BinaryField()
    by = models.CharField(max_length=32, blank=True)

    privacy: ClassVar[dict[str, str]] = {
        "pair": "open",
        "side": "open",
        "kid": "open",
        "stored": "sealed",
        "by": "open",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pair", "side", "kid"], name="vault_half_once"),
            models.CheckConstraint(condition=Q(side__in="ab"), name="vault_half_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.pair_id} to {self.kid}"


class Recall(models.Model):
    """A team asks that what lies in the archive under `root` be opened again.

    `ended`: since when it waits for nobody: opened, or taken back.
    """

    root = models.CharField(max_length=40, db_index=True)
    subjects = models.JSONField()
    team_code = models.CharField(max_length=32)
    by = models.CharField(max_length=32)
    reason = models.CharField(max_length=16, choices=RecallReason.choices)
    at = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("root", "subjects", "team_code", "by", "reason", "at", "ended"), "open"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["root"], condition=Q(ended__isnull=True), name="vault_recall_once"
            )
        ]

    def __str__(self) -> str:
        return self.root
