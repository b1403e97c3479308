"""What one member asks and another answers."""

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
