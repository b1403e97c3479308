"""Grants: compartments of a case that somebody outside its team opens, as a member signed it."""

from datetime import date
from typing import ClassVar, Self

from django.db import models

from teduh.vault.models.sealed import Compartment


class GrantQuery(models.QuerySet["Grant"]):
    """Grants, by whether they hold."""

    def standing(self, day: date) -> Self:
        """Not ended and not over on `day`."""
        return self.filter(ended_at__isnull=True, until__gte=day)


class Grant(models.Model):
    """What `body` says, signed by `by`; the columns only repeat it, and no browser believes them.

    `name`: the random part of the statement. `comps`: compartments with a space between. `consent`:
    SHA-256 of the consent it rests on.
    """

    name = models.CharField(max_length=22, unique=True)
    subject = models.CharField(max_length=40, db_index=True)
    member_code = models.CharField(max_length=32, db_index=True)
    kid = models.CharField(max_length=80)
    comps = models.CharField(max_length=160)
    consent = models.CharField(max_length=43, db_index=True)
    until = models.DateField()
    made_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    body = models.BinaryField()
    sig = models.BinaryField()
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("name", "subject", "member_code", "kid", "comps", "consent", "until", "made_at"),
            *("by", "body", "sig", "ended_at"),
        ),
        "open",
    )

    objects = GrantQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.subject} to {self.kid}"

    @property
    def parts(self) -> tuple[str, ...]:
        """The compartments it names."""
        return tuple(self.comps.split())


class GrantWrap(models.Model):
    """A compartment key sealed to the recipient of a grant; gone as soon as the grant has ended.

    It lies under the subject's unit key and, inside, under the grant's own: with either gone nobody
    opens it, in no backup.
    """

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="wraps")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="granted")
    stored = models.BinaryField()

    privacy: ClassVar[dict[str, str]] = {
        "grant": "open",
        "compartment": "open",
        "stored": "sealed",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["grant", "compartment"], name="vault_granted_compartment_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.compartment_id} by {self.grant_id}"
