"""What whoever filed a report for somebody may read again: the words their own browser sealed."""

from datetime import date
from typing import ClassVar, Self

from django.db import models

from teduh.vault.models.sealed import Compartment


class OwnWrapQuery(models.QuerySet["OwnWrap"]):
    """Own wraps, by whose they are and whether they hold."""

    def standing(self, member_code: str, day: date) -> Self:
        """Those of a member that are not over on `day`."""
        return self.filter(member_code=member_code, until__gte=day)


class OwnWrap(models.Model):
    """A compartment key sealed to whoever filed what lies in it; gone as soon as it is over.

    `body` names exactly the items they sealed, signed by themselves: their browser opens no other.
    It lies under the subject's unit key and, inside, under one of its own.
    """

    compartment = models.OneToOneField(
        Compartment, on_delete=models.CASCADE, related_name="own_wrap"
    )
    member_code = models.CharField(max_length=32, db_index=True)
    kid = models.CharField(max_length=80)
    until = models.DateField()
    stored = models.BinaryField()
    body = models.BinaryField()
    sig = models.BinaryField()

    privacy: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("compartment", "member_code", "kid", "until", "body", "sig"), "open"),
        "stored": "sealed",
    }

    objects = OwnWrapQuery.as_manager()

    def __str__(self) -> str:
        return f"{self.compartment_id} to {self.kid}"
