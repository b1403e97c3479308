"""What one member asks and another answers: temporary rights, lost second factors."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise

from teduh.access.models.members import Member
from teduh.access.words import Right


class ElevationQuery(models.QuerySet["Elevation"]):
    """Requests for a right for a few hours."""

    def running(self, at: datetime) -> Self:
        """Approved by somebody else and not over at `at`."""
        return self.filter(approved=True, decided_at__lte=at, until__gt=at)

    def waiting(self) -> Self:
        """Not answered yet."""
        return self.filter(decided_at__isnull=True)

    def visible_to(self, member: Member) -> Self:
        """One's own; with the right to approve, those of everybody one may see."""
        if member.may(Right.APPROVE_ELEVATION):
            return self.filter(member__in=Member.objects.visible_to(member))
        return self.filter(member=member)


class Elevation(models.Model):
    """A right for a few hours: asked with a reason, answered by somebody else."""

    privacy: ClassVar[dict[str, str]] = {
        "member": "open",
        "right": "open",
        "reason": "personal",
        "hours": "open",
        "asked_at": "open",
        "by": "open",
        "approved": "open",
        "decided_at": "open",
        "until": "open",
    }

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="elevations")
    right = models.CharField(max_length=24)
    reason = models.CharField(max_length=300)
    hours = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="elevations_decided"
    )
    approved = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)

    objects = ElevationQuery.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=True) | ~Q(by=F("member")), name="access_not_by_oneself"
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=True, decided_at__isnull=True)
                | Q(by__isnull=False, decided_at__isnull=False),
                name="access_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approved=False)
                | Q(decided_at__isnull=False, until__gt=F("decided_at")),
                name="access_elevation_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.right} for {self.member_id}"

    @property
    def label(self) -> Promise:
        """The right in words for people."""
        return Right(self.right).label


class LostFactorQuery(models.QuerySet["LostFactor"]):
    """Requests to take the second factor of somebody who lost it."""

    def waiting(self, at: datetime) -> Self:
        """Not answered, and not too old to be."""
        return self.filter(decided_at__isnull=True, until__gt=at)

    def visible_to(self, member: Member) -> Self:
        """Those about oneself; for who manages members, those about everybody one may see."""
        if member.may(Right.MANAGE_MEMBERS):
            return self.filter(member__in=Member.objects.visible_to(member))
        return self.filter(member=member)


class LostFactor(models.Model):
    """A second factor somebody lost: one manager asks, another one approves, or its owner says no."""

    privacy: ClassVar[dict[str, str]] = {
        "member": "open",
        "reason": "personal",
        "asked_by": "open",
        "asked_at": "open",
        "until": "open",
        "by": "open",
        "approved": "open",
        "decided_at": "open",
    }

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="lost_factors")
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="factors_asked")
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="factors_decided"
    )
    approved = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = LostFactorQuery.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("member")), name="access_lost_by_other"),
            models.CheckConstraint(condition=Q(until__gt=F("asked_at")), name="access_lost_ends"),
            models.CheckConstraint(
                condition=Q(by__isnull=True, decided_at__isnull=True)
                | Q(by__isnull=False, decided_at__isnull=False),
                name="access_lost_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approved=False)
                | Q(by__isnull=False, decided_at__lt=F("until"))
                & ~Q(by=F("member"))
                & ~Q(by=F("asked_by")),
                name="access_lost_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return f"factor of {self.member_id}"
