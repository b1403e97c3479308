"""The shared assessment: which part was written by whom and when, and who may read it for a while."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teduh.cases.models.case import Case
from teduh.cases.words import GrantReason


class Part(models.Model):
    """A part that was written. `item`: its sealed words as they are now; each edit is one more item."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parts")
    part = models.CharField(max_length=16)
    item = models.CharField(max_length=22)
    day = models.DateField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "part", "item", "day", "member"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "part"], name="cases_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.part}"


class PartGrantQuery(models.QuerySet["PartGrant"]):
    """Grants, by what became of them."""

    def waiting(self) -> Self:
        """Asked for and not answered."""
        return self.filter(since__isnull=True, ended__isnull=True)

    def holding(self, at: datetime) -> Self:
        """Given, not over and not withdrawn at `at`."""
        return self.filter(since__lte=at, until__gt=at, ended__isnull=True)


class PartGrant(models.Model):
    """Somebody asked to read a part; whoever gave it (`by`) gave it from `since` to `until`.

    `ended`: refused where it never began, else withdrawn or given back.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="part_grants")
    part = models.CharField(max_length=16)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=GrantReason.choices)
    asked = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "part", "member", "reason", "asked", "by", "since", "until", "ended"), "open"
    )

    objects = PartGrantQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "part", "member"],
                condition=Q(since__isnull=True, ended__isnull=True),
                name="cases_grant_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True, until__isnull=True)
                | Q(since__isnull=False, until__gt=F("since"), by__isnull=False),
                name="cases_grant_whole",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=True) | ~Q(by=F("member")), name="cases_grant_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.part} for {self.member_id}"
