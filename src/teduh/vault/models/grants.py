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

    `member_code`: empty where whoever holds its link may read. `name`: the random part of the statement. `comps`: compartments with a space between. `consent`:
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


class PartnerLink(models.Model):
    """How a grant is opened by whoever has no account: by a link and six words, on one device.

    `key`: the public key that both make. `auth` and `device`: what the server keeps of the proof of
    both, and of the cookie of the device that opened it first. `wrong`: proofs that were not right;
    `elsewhere`: right ones from another device. `until`: the hour from which it opens no more, set
    by the first opening.
    """

    grant = models.OneToOneField(Grant, on_delete=models.CASCADE, related_name="link")
    key = models.BinaryField()
    auth = models.CharField(max_length=64)
    device = models.CharField(max_length=64, blank=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    elsewhere = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("grant", "key", "auth", "wrong", "elsewhere", "opened_at", "until"), "open"
        ),
        "device": "personal",
    }

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(device="", opened_at__isnull=True, until__isnull=True)
                | ~models.Q(device="")
                & models.Q(opened_at__isnull=False, until__gt=models.F("opened_at")),
                name="vault_link_opened_on_a_device",
            ),
        ]

    def __str__(self) -> str:
        return f"link of {self.grant_id}"


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
