"""What was asked to be erased and by whose two hands, and what is held back from it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from teduh.access.models import TwoHands
from teduh.records.words import Answer, Hold, KeepReason, Why


class ErasureQuery(models.QuerySet["Erasure"]):
    """Requests to erase, by what came of them."""

    def waiting(self) -> Self:
        """Not answered yet."""
        return self.filter(answer="")

    def done(self) -> Self:
        """Erased: for ever, in every backup too."""
        return self.filter(answer=Answer.APPROVED)


class Erasure(TwoHands):
    """Somebody asked to erase a case or a report; another answers. It outlives what it is about."""

    subject = models.CharField(max_length=40)
    team_code = models.CharField(max_length=32)
    kind = models.CharField(max_length=16)  # of the schedule
    why = models.CharField(max_length=8, choices=Why.choices)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    kept_for = models.CharField(max_length=8, choices=KeepReason.choices, blank=True)
    answered_day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("subject", "team_code", "kind", "why", "asker", "asked_day"),
            *("answer", "kept_for", "answerer", "answered_day"),
        ),
        "open",
    )

    objects = ErasureQuery.as_manager()

    class Meta(TwoHands.Meta):
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["team_code", "answer", "-id"], name="records_erasures"),
        ]
        constraints: ClassVar = [
            *TwoHands.Meta.constraints,
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(answer__in=("", "approved")),
                name="records_erasure_once",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answerer__isnull=True, answered_day__isnull=True)
                | (~Q(answer="") & Q(answerer__isnull=False, answered_day__isnull=False)),
                name="records_erasure_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.why}"


class RetainedQuery(models.QuerySet["Retained"]):
    """What is held back, by whether it still is."""

    def standing(self) -> Self:
        """Not let go."""
        return self.filter(until__isnull=True)


class Retained(models.Model):
    """A case or report that somebody holds back from erasing, with a reason, until it is let go."""

    subject = models.CharField(max_length=40, db_index=True)
    team_code = models.CharField(max_length=32)
    reason = models.CharField(max_length=12, choices=Hold.choices)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    let_go_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("subject", "team_code", "reason", "member", "since", "until", "let_go_by"), "open"
    )

    objects = RetainedQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "reason"],
                condition=Q(until__isnull=True),
                name="records_retained_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, let_go_by__isnull=True)
                | Q(until__isnull=False, let_go_by__isnull=False),
                name="records_retained_let_go_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.reason}"
