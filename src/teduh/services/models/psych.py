"""Psychological support of some months: what was agreed, each look at it, each measure."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teduh.cases.models import Case
from teduh.services.psych_days import MOST_A_MONTH


class PsychPlanQuery(models.QuerySet["PsychPlan"]):
    """Plans, by case and by whether they run."""

    def running(self) -> Self:
        """Not ended."""
        return self.filter(ended_day__isnull=True)

    def of(self, case: Case) -> Self:
        """Those of a case, and of those that go on in it."""
        return self.filter(Q(case=case) | Q(case__merged_into=case))


class PsychPlan(models.Model):
    """A plan of three to twelve months; `goals` and the rest are codes of data/psych.toml."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="psych_plans")
    since = models.DateField()
    until = models.DateField()
    monthly = models.PositiveSmallIntegerField()  # sessions planned in a month
    goals = models.JSONField(default=list)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_for = models.CharField(max_length=16, blank=True)
    ended_day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "since", "until", "monthly", "goals", "member", "ended_for", "ended_day"), "open"
    )

    objects = PsychPlanQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_day__isnull=True), name="services_psych_one_runs"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="services_psych_plan_lasts"
            ),
            models.CheckConstraint(
                condition=Q(monthly__range=(1, MOST_A_MONTH)), name="services_psych_monthly"
            ),
            models.CheckConstraint(
                condition=Q(ended_day__isnull=True, ended_for="")
                | Q(ended_day__isnull=False) & ~Q(ended_for=""),
                name="services_psych_end_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.since}"


class PsychLook(models.Model):
    """A look at a plan, each month: what stands after it. `subject`: the case its note is sealed in."""

    plan = models.ForeignKey(PsychPlan, on_delete=models.CASCADE, related_name="looks")
    day = models.DateField()
    monthly = models.PositiveSmallIntegerField()
    goals = models.JSONField(default=list)
    subject = models.CharField(max_length=13)
    item = models.CharField(max_length=22, blank=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("plan", "day", "monthly", "goals", "subject", "item", "member"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.day}"


class Measure(models.Model):
    """That something was measured, by which instrument and when; the answers are sealed, no score is kept."""

    plan = models.ForeignKey(PsychPlan, on_delete=models.CASCADE, related_name="measures")
    instrument = models.CharField(max_length=16)
    day = models.DateField()
    subject = models.CharField(max_length=13)
    item = models.CharField(max_length=22)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("plan", "instrument", "day", "subject", "item", "member"), "open"
    )

    class Meta:
        ordering: ClassVar = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.instrument} {self.day}"
