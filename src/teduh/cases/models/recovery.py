"""How she is from review to review, and the end of a case with its reason and its two hands."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teduh.access.models import TwoHands
from teduh.cases.models.case import Case
from teduh.cases.words import ClosureAnswer, ClosureReason, RefusalReason
from teduh.sop.words import Band


class Review(models.Model):
    """One look together at how far she has come; `item`: the sealed note, empty without one."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reviews")
    day = models.DateField()
    band = models.CharField(max_length=8, choices=Band.choices)  # as it stood that day
    agreed = models.PositiveSmallIntegerField()  # goals that stood, dropped ones left out
    reached = models.PositiveSmallIntegerField()
    rating = models.PositiveSmallIntegerField(null=True, blank=True)  # her own, 1 to 5; or skipped
    item = models.CharField(max_length=22, blank=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "day", "band", "agreed", "reached", "rating", "item", "member"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)),
                name="cases_review_rating",
            ),
            models.CheckConstraint(
                condition=Q(reached__lte=F("agreed")), name="cases_review_reached"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.day}"


class Closure(TwoHands):
    """Somebody asked to close a case; a supervisor who is not the asker answers."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="closures")
    reason = models.CharField(max_length=16, choices=ClosureReason.choices)
    item = models.CharField(max_length=22)
    answer = models.CharField(max_length=8, choices=ClosureAnswer.choices, blank=True)
    refusal = models.CharField(max_length=12, choices=RefusalReason.choices, blank=True)
    answered_day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("case", "reason", "item", "asker", "asked_day"),
            *("answer", "refusal", "answerer", "answered_day"),
        ),
        "open",
    )

    class Meta(TwoHands.Meta):
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            *TwoHands.Meta.constraints,
            models.UniqueConstraint(
                fields=["case"], condition=Q(answer=""), name="cases_closure_one_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.reason}"
