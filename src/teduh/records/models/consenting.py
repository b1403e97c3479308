"""Consent: who may read which parts of a case, for what, until when, and who agreed."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teduh.access.models import Agency
from teduh.cases.models import Case, Person
from teduh.cases.words import ConsentBy, ConsentHow, PersonRole
from teduh.records.words import Duty, Purpose, TakenBack, Tie


class ConsentQuery(models.QuerySet["Consent"]):
    """Consents, by whether they hold."""

    def holding(self, day: date) -> Self:
        """Those under which something may be read on `day`.

        None of a case that was erased or merged, none by a guardian who is accused since then.
        """
        return self.filter(
            until__gte=day,
            withdrawn_at__isnull=True,
            case__erased_day__isnull=True,
            case__merged_into__isnull=True,
        ).exclude(guardian__role=PersonRole.ACCUSED)


class Consent(models.Model):
    """A yes to one thing: this agency, this purpose, these parts, until that day.

    `comps`: compartments with a space between. `guardian`: a person of the case, where the guardian
    is one; `tie`: what they are to the accused. `duty`: what stands in the place of a yes. `sha`: the
    SHA-256 of its `facts`, by which grants name it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consents")
    number = models.PositiveSmallIntegerField()  # within the case
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    comps = models.CharField(max_length=160)
    given_by = models.CharField(max_length=8, choices=ConsentBy.choices)
    how = models.CharField(max_length=8, choices=ConsentHow.choices)
    day = models.DateField()
    until = models.DateField()
    child_agrees = models.BooleanField(default=False)
    guardian = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    tie = models.CharField(max_length=10, choices=Tie.choices, blank=True)
    duty = models.CharField(max_length=6, choices=Duty.choices, blank=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sha = models.CharField(max_length=43, db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=8, choices=TakenBack.choices, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("case", "number", "agency", "purpose", "comps", "given_by", "how", "day", "until"),
            *("child_agrees", "guardian", "tie", "duty", "member", "sha"),
            *("withdrawn_at", "withdrawn_by"),
        ),
        "open",
    )

    objects = ConsentQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="records_consent_number"),
            models.CheckConstraint(condition=Q(until__gte=F("day")), name="records_consent_ends"),
            models.CheckConstraint(  # an accused, or who lives with them, never consents
                condition=Q(given_by=ConsentBy.GUARDIAN, tie=Tie.APART)
                | ~Q(given_by=ConsentBy.GUARDIAN) & Q(tie="", guardian__isnull=True),
                name="records_consent_guardian",
            ),
            models.CheckConstraint(
                condition=Q(given_by=ConsentBy.DUTY) & ~Q(duty="")
                | ~Q(given_by=ConsentBy.DUTY) & Q(duty=""),
                name="records_consent_duty",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by=""),
                name="records_consent_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"

    @property
    def facts(self) -> dict[str, object]:
        """Everything about it that never changes, in the order in which it is hashed."""
        return {
            "case": self.case.code,
            "number": self.number,
            "agency": self.agency.code,
            "purpose": self.purpose,
            "comps": self.comps,
            "by": self.given_by,
            "how": self.how,
            "day": str(self.day),
            "until": str(self.until),
            "child": self.child_agrees,
            "guardian": self.guardian.number if self.guardian else 0,
            "duty": self.duty,
        }

    @property
    def parts(self) -> tuple[str, ...]:
        """The compartments it names."""
        return tuple(self.comps.split())
