"""Tables of what agencies file and ask. No identity stands in them."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from teduh.access.models import Agency
from teduh.intake.channels.referral.words import Agreed, Paper, Query, Reply
from teduh.intake.models import Report


class Filing(models.Model):
    """A report that an agency filed on behalf of somebody, with the agency's own number."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="filing")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="filings")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="filings"
    )
    paper = models.CharField(max_length=8, choices=Paper.choices)
    agreed = models.CharField(max_length=8, choices=Agreed.choices)
    reference = models.CharField(max_length=40, blank=True)
    told = models.CharField(max_length=200, blank=True)  # question=code of its form, with ; between

    privacy: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("report", "agency", "member", "paper", "agreed", "told"), "open"),
        "reference": "personal",
    }

    def __str__(self) -> str:
        return f"{self.report_id} {self.paper}"

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What the questions of its form were answered with, by code."""
        parts = (one.partition("=") for one in self.told.split(";") if one)
        return [(question, code) for question, _sep, code in parts]


class NetworkQuery(models.Model):
    """What the network asks about a ticket that waits, and what the office answered.

    Until when is a promise of the procedure (step `network_answer`). `late`: noted where none was
    made, under a procedure that did not know the step yet.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="network_queries")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="network_queries")
    asked = models.CharField(max_length=8, choices=Query.choices)
    asked_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    answer = models.CharField(max_length=12, choices=Reply.choices, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("report", "agency", "asked", "asked_at", "late"),
            *("answer", "answered_by", "answered_at"),
        ),
        "open",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "agency"],
                condition=models.Q(answered_at__isnull=True),
                name="intake_one_open_query",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="intake_query_answered_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(answered_at__isnull=True, late=False),
                name="intake_query_waits",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.asked}"
