"""What a survivor asks of her data, and the answer."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teduh.cases.models import Case
from teduh.records.words import Ask, Because, Came, Outcome


class DataRequestQuery(models.QuerySet["DataRequest"]):
    """Requests about data, by whether they are answered."""

    def waiting(self) -> Self:
        """Not answered yet."""
        return self.filter(outcome="")

    def late(self, at: datetime) -> Self:
        """Not answered, and the hours of the law are over."""
        return self.waiting().filter(due_at__lt=at)


class DataRequest(models.Model):
    """One wish of a survivor about her data. `item`: her words, sealed; empty without any.

    `member`: who registered it; nobody where she asked by her own `ticket`, whose code says who.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="data_requests")
    kind = models.CharField(max_length=8, choices=Ask.choices)
    came = models.CharField(max_length=10, choices=Came.choices)
    item = models.CharField(max_length=22, blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ticket = models.CharField(max_length=13, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    because = models.CharField(max_length=10, choices=Because.choices, blank=True)
    answerer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    told_day = models.DateField(null=True, blank=True)  # when she heard the answer

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("case", "kind", "came", "item", "asked_at", "due_at", "member", "ticket"),
            *("outcome", "because", "answerer", "answered_at", "told_day"),
        ),
        "open",
    )

    objects = DataRequestQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["due_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(outcome=""), name="records_requests"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answerer__isnull=True)
                | Q(member__isnull=True)
                | ~Q(answerer=F("member")),
                name="records_request_two_hands",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answerer__isnull=True, answered_at__isnull=True)
                | (~Q(outcome="") & Q(answerer__isnull=False, answered_at__isnull=False)),
                name="records_request_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(because="") | Q(outcome__in=("partly", "refused")),
                name="records_request_reason_of_refusal",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, ticket="")
                | (Q(member__isnull=True) & ~Q(ticket="")),
                name="records_request_by_one",
            ),
            models.UniqueConstraint(
                fields=["ticket", "kind"],
                condition=Q(outcome="") & ~Q(ticket=""),
                name="records_request_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(told_day__isnull=True) | ~Q(outcome=""),
                name="records_request_told_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
