"""What members hold and do for a while: seats, roles, duty; and when they are away."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise

from teduh.access.models.members import Member, Team
from teduh.access.roles import role_label


class SpanQuery(models.QuerySet[Any]):
    """Rows that hold from `since` to `until` (open when null)."""

    def running(self, at: datetime) -> Self:
        """Those that hold at `at`."""
        return self.filter(since__lte=at).filter(Q(until__isnull=True) | Q(until__gt=at))


class TeamSeat(models.Model):
    """A member's seat in a team, for a while."""

    privacy: ClassVar[dict[str, str]] = {
        "team": "open",
        "member": "open",
        "since": "open",
        "until": "open",
        "lead": "open",
    }

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="seats")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="seats")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    lead = models.BooleanField(default=False)

    objects = SpanQuery.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "member"],
                condition=Q(until__isnull=True),
                name="access_seat_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="access_seat_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.team_id}"


class RoleHeld(models.Model):
    """A role a member holds, for a while."""

    privacy: ClassVar[dict[str, str]] = {
        "member": "open",
        "role": "open",
        "since": "open",
        "until": "open",
    }

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=24)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = SpanQuery.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "role"],
                condition=Q(until__isnull=True),
                name="access_role_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="access_role_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.member_id}"

    @property
    def label(self) -> Promise | str:
        """The role's name for people."""
        return role_label(self.role)


class DutyQuery(models.QuerySet["Duty"]):
    """Duties; reading starts at visible_to."""

    def visible_to(self, member: Member) -> Self:
        """Duties of the teams this member may see."""
        return self.filter(team__in=Team.objects.visible_to(member))

    def at(self, moment: datetime) -> Self:
        """Duties running at `moment`."""
        return self.filter(starts__lte=moment, ends__gt=moment)


class AbsenceQuery(models.QuerySet["Absence"]):
    """Absences; reading starts at visible_to."""

    def visible_to(self, member: Member) -> Self:
        """Absences of colleagues this member may see."""
        return self.filter(member__in=Member.objects.visible_to(member))

    def at(self, moment: datetime) -> Self:
        """Absences that hold at `moment`."""
        return self.filter(starts__lte=moment, ends__gt=moment)


class Duty(models.Model):
    """Who answers for a team, from when to when."""

    privacy: ClassVar[dict[str, str]] = {
        "team": "open",
        "member": "open",
        "starts": "open",
        "ends": "open",
    }

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="duties")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="duties")
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    objects = DutyQuery.as_manager()

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="access_duty_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} for {self.team_id} from {self.starts}"


class Absence(models.Model):
    """When a member is away (leave, illness), and who stands in for them."""

    privacy: ClassVar[dict[str, str]] = {
        "member": "open",
        "deputy": "open",
        "starts": "open",
        "ends": "open",
    }

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="stands_in", null=True, blank=True
    )
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    objects = AbsenceQuery.as_manager()

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="access_away_forward"),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("member")), name="access_away_other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} away from {self.starts}"
