"""Data that came to where it should not be: whose, what was done, who was told."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teduh.records.words import BreachKind, Exposure, NoticeWay


class BreachQuery(models.QuerySet["Breach"]):
    """Breaches, by what is still to be done."""

    def open(self) -> Self:
        """Not closed by two people yet."""
        return self.filter(closed_day__isnull=True)

    def late(self, at: datetime) -> Self:
        """Open, and the authority was not told within the hours of the law."""
        return self.open().filter(authority_at__isnull=True, due_at__lt=at)


class Breach(models.Model):
    """One failure to protect data. `item`: what happened, how, and what was done, sealed."""

    code = models.CharField(max_length=13, unique=True)
    team_code = models.CharField(max_length=32)
    kind = models.CharField(max_length=8, choices=BreachKind.choices)
    known_at = models.DateTimeField()
    due_at = models.DateTimeField()
    item = models.CharField(max_length=22)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    authority_at = models.DateTimeField(null=True, blank=True)  # the authority was told in writing
    asker = models.ForeignKey(  # who says that all is done
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("code", "team_code", "kind", "known_at", "due_at", "item", "member"),
            *("authority_at", "asker", "closer", "closed_day"),
        ),
        "open",
    )

    objects = BreachQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["closed_day", "due_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closer__isnull=True) | ~Q(closer=F("asker")),
                name="records_breach_two_hands",
            ),
            models.CheckConstraint(
                condition=Q(closed_day__isnull=True, closer__isnull=True)
                | Q(
                    closed_day__isnull=False,
                    closer__isnull=False,
                    asker__isnull=False,
                    authority_at__isnull=False,
                ),
                name="records_breach_closed_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Exposed(models.Model):
    """One sort of data that was exposed in a breach."""

    breach = models.ForeignKey(Breach, on_delete=models.CASCADE, related_name="exposed")
    what = models.CharField(max_length=10, choices=Exposure.choices)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("breach", "what"), "open")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["breach", "what"], name="records_exposed_once")
        ]

    def __str__(self) -> str:
        return f"{self.breach_id} {self.what}"


class Touched(models.Model):
    """Somebody whose data it was, by the code of their case or ticket; how and when they were told."""

    breach = models.ForeignKey(Breach, on_delete=models.CASCADE, related_name="touched")
    subject = models.CharField(max_length=40, db_index=True)
    way = models.CharField(max_length=10, choices=NoticeWay.choices, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("breach", "subject", "way", "told_at", "member"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["breach", "subject"], name="records_touched_once"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True)
                | (~Q(way__in=("", "unsafe")) & Q(member__isnull=False)),
                name="records_touched_told_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.breach_id} {self.subject}"
