"""Visum and medical care: days and codes beside what is sealed; a finding is never kept."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from teduh.cases.models import Case, VisumStep
from teduh.directory.models import Provider
from teduh.services.rules import SEVERAL
from teduh.services.words import FeeOutcome, Hand, HealthKind, HealthOutcome, HealthState, Thing


class Particulars(models.Model):
    """What is known of one step of the visum. `day`: of the letter or the examination itself;
    `who`: who asked, or received; `item`: the sealed number of the letter and the hour.
    """

    step = models.OneToOneField(VisumStep, on_delete=models.CASCADE, related_name="particulars")
    day = models.DateField()
    provider = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    who = models.CharField(max_length=12, choices=Hand.choices, blank=True)
    item = models.CharField(max_length=22, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("step", "day", "provider", "who", "item"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.step_id} {self.day}"


class FeeAnswer(models.Model):
    """How it was put right that somebody asked a survivor for money at a step of the visum."""

    step = models.OneToOneField(VisumStep, on_delete=models.CASCADE, related_name="fee_answer")
    outcome = models.CharField(max_length=12, choices=FeeOutcome.choices)
    day = models.DateField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("step", "outcome", "day", "member"), "open")

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.step_id} {self.outcome}"


class Handing(models.Model):
    """Evidence that went from one hand to another; only added to, numbered without a gap in its case.

    `mends`: the number of the line that this one puts right. `sha`: SHA-256 in hex of a sealed file.
    `item`: the sealed hour, and the number of its seal or receipt.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handings")
    number = models.PositiveSmallIntegerField()
    thing = models.CharField(max_length=8, choices=Thing.choices)
    given_by = models.CharField(max_length=12, choices=Hand.choices)
    given_where = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_by = models.CharField(max_length=12, choices=Hand.choices)
    taken_where = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField()
    sha = models.CharField(max_length=64, blank=True)
    mends = models.PositiveSmallIntegerField(null=True, blank=True)
    item = models.CharField(max_length=22, blank=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("case", "number", "thing", "given_by", "given_where", "taken_by", "taken_where"),
            *("day", "sha", "mends", "item", "member"),
        ),
        "open",
    )

    class Meta:
        ordering: ClassVar = ["case", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="services_handing_number"),
            models.CheckConstraint(
                condition=Q(mends__isnull=True) | Q(mends__lt=models.F("number")),
                name="services_handing_mends_earlier",
            ),
            models.CheckConstraint(
                condition=~Q(thing=Thing.FILE) | ~Q(sha=""), name="services_handing_file_has_sha"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"


class MedicalOrderQuery(models.QuerySet["MedicalOrder"]):
    """Medical care that was asked for, by whether it is answered."""

    def open(self) -> Self:
        """Asked, and nobody said what became of it."""
        return self.filter(state=HealthState.ASKED)


class MedicalOrder(models.Model):
    """Medical care asked for a survivor. `until`: the end of its window, where it has one and the
    day of the violence is known; `item`: the sealed result.
    """

    code = models.CharField(max_length=13, unique=True)  # PLK-XXXX-XXXX
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="medical_orders")
    kind = models.CharField(max_length=16, choices=HealthKind.choices)
    provider = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField()
    until = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=HealthState.choices, default=HealthState.ASKED)
    outcome = models.CharField(max_length=8, choices=HealthOutcome.choices, blank=True)
    answered_day = models.DateField(null=True, blank=True)
    item = models.CharField(max_length=22, blank=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("code", "case", "kind", "provider", "day", "until", "state", "outcome"),
            *("answered_day", "item", "member"),
        ),
        "open",
    )

    objects = MedicalOrderQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(state=HealthState.ASKED) & ~Q(kind__in=sorted(SEVERAL)),
                name="services_health_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(state=HealthState.ASKED, answered_day__isnull=True)
                | ~Q(state=HealthState.ASKED) & Q(answered_day__isnull=False),
                name="services_health_answered",
            ),
            models.CheckConstraint(
                condition=Q(state=HealthState.GIVEN) & ~Q(outcome="")
                | ~Q(state=HealthState.GIVEN) & Q(outcome=""),
                name="services_health_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def home(self) -> Case:
        """The case that goes on with it: its own, or the one that was merged into."""
        return self.case.merged_into or self.case
