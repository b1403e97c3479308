"""How dangerous it is, assessed again and again; and what was done in revenge."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from teduh.cases import rules
from teduh.cases.models.case import Case
from teduh.cases.words import Lowering, LowerReason, RetaliationKind
from teduh.sop.words import Band


class Assessment(models.Model):
    """One assessment: what came out, what a person made of it, and the signature over both.

    Its answers lie sealed in `item`; `body` and `sig` are what the member's key signed about it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assessments")
    number = models.PositiveSmallIntegerField()
    instrument = models.CharField(max_length=32)
    version = models.CharField(max_length=16)
    score = models.PositiveSmallIntegerField()
    computed = models.CharField(max_length=8, choices=Band.choices)
    final = models.CharField(max_length=8, choices=Band.choices)
    reason = models.CharField(max_length=12, choices=LowerReason.choices, blank=True)
    lowering = models.CharField(max_length=10, choices=Lowering.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    item = models.CharField(max_length=22)
    body = models.BinaryField()
    sig = models.BinaryField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("case", "number", "instrument", "version", "score", "computed", "final", "reason"),
            *("lowering", "decided_by", "member", "day", "item", "body", "sig"),
        ),
        "open",
    )

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="cases_assessment_number")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number} {self.final}"

    @property
    def counts(self) -> str:
        """The band that counts."""
        confirmed = self.lowering == Lowering.CONFIRMED
        return rules.counting(self.computed, self.final, confirmed=confirmed)

    @property
    def get_counts_display(self) -> str:
        """The same in words."""
        return str(Band(self.counts).label)


class Retaliation(models.Model):
    """Somebody was made to pay for the report: an event of its own, one a day of each kind."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="retaliations")
    kind = models.CharField(max_length=12, choices=RetaliationKind.choices)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("case", "kind", "member", "day"), "open")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "kind", "day"], name="cases_retaliation_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
