"""Two cases that turned out to be one: somebody asked, a supervisor answered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teduh.cases.models.case import Case
from teduh.cases.words import MergeAnswer, MergeReason, MergeRefusal


class Merge(models.Model):
    """Somebody asked that `case` goes on in the case `into`; who answers is not the asker."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="merges")
    into = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="merges_into")
    reason = models.CharField(max_length=12, choices=MergeReason.choices)
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_day = models.DateField()
    answer = models.CharField(max_length=8, choices=MergeAnswer.choices, blank=True)
    refusal = models.CharField(max_length=12, choices=MergeRefusal.choices, blank=True)
    answerer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("case", "into", "reason", "asker", "asked_day"),
            *("answer", "refusal", "answerer", "answered_day"),
        ),
        "open",
    )

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(answer=""), name="cases_merge_one_asked"
            ),
            models.CheckConstraint(
                condition=Q(answerer__isnull=True) | ~Q(answerer=F("asker")),
                name="cases_merge_two_hands",
            ),
            models.CheckConstraint(condition=~Q(case=F("into")), name="cases_merge_two_cases"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} into {self.into_id}"
