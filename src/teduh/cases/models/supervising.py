"""Cases drawn for a supervisor's review, and what the review found, in codes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from teduh.cases.models.case import Case
from teduh.cases.words import FollowUp, Found, ReviewQuestion


class Sample(models.Model):
    """A case drawn at random for one supervisor; it stays drawn until it is reviewed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="samples")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    reviewed_day = models.DateField(null=True, blank=True)
    follow_up = models.CharField(max_length=12, choices=FollowUp.choices, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "by", "day", "reviewed_day", "follow_up"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "by"],
                condition=Q(reviewed_day__isnull=True),
                name="cases_sample_once",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_day__isnull=True, follow_up="")
                | (Q(reviewed_day__isnull=False) & ~Q(follow_up="")),
                name="cases_sample_reviewed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} for {self.by_id}"


class SampleAnswer(models.Model):
    """One answer of a review."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=12, choices=ReviewQuestion.choices)
    found = models.CharField(max_length=8, choices=Found.choices)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("sample", "question", "found"), "open")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sample", "question"], name="cases_sample_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.question} {self.found}"
