"""What was agreed with the survivor: codes and days. The words of a plan lie in the vault."""

from datetime import date
from typing import ClassVar

from django.db import models

from teduh.cases.models.case import Case
from teduh.cases.words import Copy, GoalState, GoalWho


class Plan(models.Model):
    """The plan of a case. `edition` counts what was kept: who writes over it must have seen the last."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="plan")
    edition = models.PositiveIntegerField(default=0)
    copy = models.CharField(max_length=8, choices=Copy.choices, default=Copy.NO)
    review_day = models.DateField(null=True, blank=True)
    agreed_day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "edition", "copy", "review_day", "agreed_day"), "open"
    )

    def __str__(self) -> str:
        return f"{self.case_id} edition {self.edition}"


class Goal(models.Model):
    """One thing she wants to reach, and who does the next step; `item`: its sealed words."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="goals")
    number = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=22)
    service = models.CharField(max_length=20, blank=True)
    who = models.CharField(max_length=12, choices=GoalWho.choices)
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=GoalState.choices, default=GoalState.OPEN)
    since = models.DateField()
    ended_day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "number", "item", "service", "who", "due", "state", "since", "ended_day"), "open"
    )

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="cases_goal_number"),
            models.CheckConstraint(
                condition=models.Q(state=GoalState.OPEN, ended_day__isnull=True)
                | ~models.Q(state=GoalState.OPEN) & models.Q(ended_day__isnull=False),
                name="cases_goal_end_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number} {self.state}"

    def late(self, day: date) -> bool:
        """Whether it is open after its day."""
        return self.state == GoalState.OPEN and self.due is not None and self.due < day
