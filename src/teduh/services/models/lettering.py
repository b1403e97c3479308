"""Letters of the office: one row for each, and how many were numbered in a year."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from teduh.cases.models import Case, Person
from teduh.cases.words import ConsentBy, ConsentHow
from teduh.directory.models import Provider
from teduh.services.words import LetterReason, LetterState


class LetterQuery(models.QuerySet["Letter"]):
    """Letters, by case."""

    def of(self, case: Case) -> Self:
        """Those of a case, and of those that go on in it."""
        return self.filter(Q(case=case) | Q(case__merged_into=case))


class Letter(models.Model):
    """A letter. Who she is stands only in her card, what was typed only sealed, as `item`.

    `kind`, `version`: of its template. `subject`: the case under which `item` is sealed. `serial`:
    the place among all letters of `year`, `number` as it is printed; both from the day it is issued.
    `agreed_*`: who agreed that the receiver learns who she is.
    """

    code = models.CharField(max_length=13, unique=True)  # SRT-XXXX-XXXX
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=16)
    version = models.CharField(max_length=16)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    provider = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assigned = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    service = models.CharField(max_length=20, blank=True)  # code list 4.9
    signatory = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    agreed_by = models.CharField(max_length=8, choices=ConsentBy.choices, blank=True)
    agreed_how = models.CharField(max_length=8, choices=ConsentHow.choices, blank=True)
    agreed_day = models.DateField(null=True, blank=True)
    subject = models.CharField(max_length=13)
    item = models.CharField(max_length=22)
    state = models.CharField(
        max_length=10, choices=LetterState.choices, default=LetterState.DRAFTED
    )
    drafter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_day = models.DateField()
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    serial = models.PositiveIntegerField(null=True, blank=True)
    number = models.CharField(max_length=60, blank=True)
    issued_day = models.DateField(null=True, blank=True)
    issuer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handed_day = models.DateField(null=True, blank=True)
    cancelled_day = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=12, choices=LetterReason.choices, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("code", "case", "kind", "version", "person", "provider", "assigned", "service"),
            *("signatory", "agreed_by", "agreed_how", "agreed_day", "subject", "item", "state"),
            *("drafter", "drafted_day", "year", "serial", "number", "issued_day", "issuer"),
            *("handed_day", "cancelled_day", "reason"),
        ),
        "open",
    )

    objects = LetterQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "serial"], name="services_letter_serial"),
            models.CheckConstraint(
                condition=Q(
                    year__isnull=True, serial__isnull=True, issued_day__isnull=True, number=""
                )
                | Q(year__isnull=False, serial__isnull=False, issued_day__isnull=False)
                & ~Q(number=""),
                name="services_letter_number",
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.DRAFTED, year__isnull=True)
                | Q(state__in=[LetterState.ISSUED, LetterState.HANDED], year__isnull=False)
                | Q(state=LetterState.CANCELLED),
                name="services_letter_issued",
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.CANCELLED, cancelled_day__isnull=False)
                & ~Q(reason="")
                | ~Q(state=LetterState.CANCELLED) & Q(cancelled_day__isnull=True, reason=""),
                name="services_letter_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class LetterCount(models.Model):
    """How many letters were numbered in a year; whoever numbers one holds its row."""

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("year", "last"), "open")

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year} {self.last}"
