"""Two cases that turned out to be one: somebody asked, a supervisor answered."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from teduh.access.models import TwoHands
from teduh.cases.models.case import Case
from teduh.cases.words import MergeAnswer, MergeReason, MergeRefusal


class Merge(TwoHands):
    """Somebody asked that `case` goes on in the case `into`; who answers is not the asker."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="merges")
    into = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="merges_into")
    reason = models.CharField(max_length=12, choices=MergeReason.choices)
    answer = models.CharField(max_length=8, choices=MergeAnswer.choices, blank=True)
    refusal = models.CharField(max_length=12, choices=MergeRefusal.choices, blank=True)
    answered_day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("case", "into", "reason", "asker", "asked_day"),
            *("answer", "refusal", "answerer", "answered_day"),
        ),
        "open",
    )

    class Meta(TwoHands.Meta):
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            *TwoHands.Meta.constraints,
            models.UniqueConstraint(
                fields=["case"], condition=Q(answer=""), name="cases_merge_one_asked"
            ),
            models.CheckConstraint(condition=~Q(case=F("into")), name="cases_merge_two_cases"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} into {self.into_id}"
