"""Temporary economic support: for whom, how much, who asked, assessed and decided, what was paid."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teduh.cases.models import Case
from teduh.funding.models import Entry, Line
from teduh.services.instalments import MOST_INSTALMENTS
from teduh.services.support_words import (
    IncomeLost,
    Proof,
    Relation,
    SupportKind,
    SupportOutcome,
    SupportRefusal,
    SupportState,
)

OPEN = (SupportState.ASKED, SupportState.ASSESSED, SupportState.APPROVED)


class Beneficiary(models.Model):
    """Somebody of the household who is helped, apart from the survivor's own record.

    `item`: the sealed name, empty where nobody needs it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="beneficiaries")
    number = models.PositiveSmallIntegerField()  # within the case
    relation = models.CharField(max_length=12, choices=Relation.choices)
    age_band = models.CharField(max_length=16, blank=True)
    item = models.CharField(max_length=22, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "number", "relation", "age_band", "item"), "open"
    )

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="services_beneficiary_number")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number} {self.relation}"


class SupportQuery(models.QuerySet["Support"]):
    """Support, by how far it has come."""

    def standing(self) -> Self:
        """Neither refused nor ended."""
        return self.filter(state__in=OPEN)


class Support(models.Model):
    """One request for money for a while, and what became of it.

    `beneficiary`: for whom, none for the survivor herself. `item`: the sealed note of the
    assessment. `promised`: the entry that keeps the money for it.
    """

    code = models.CharField(max_length=13, unique=True)  # DKG-XXXX-XXXX
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="supports")
    beneficiary = models.ForeignKey(
        Beneficiary, null=True, blank=True, on_delete=models.PROTECT, related_name="supports"
    )
    kind = models.CharField(max_length=12, choices=SupportKind.choices)
    amount = models.BigIntegerField()  # rupiah, of all instalments together
    instalments = models.PositiveSmallIntegerField()
    until = models.DateField()
    state = models.CharField(
        max_length=12, choices=SupportState.choices, default=SupportState.ASKED
    )
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_day = models.DateField()
    income_lost = models.CharField(max_length=8, choices=IncomeLost.choices, blank=True)
    dependants = models.PositiveSmallIntegerField(null=True, blank=True)
    item = models.CharField(max_length=22, blank=True)
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_day = models.DateField(null=True, blank=True)
    refusal = models.CharField(max_length=16, choices=SupportRefusal.choices, blank=True)
    line = models.ForeignKey(
        Line, null=True, blank=True, on_delete=models.PROTECT, related_name="supports"
    )
    promised = models.OneToOneField(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=12, choices=SupportOutcome.choices, blank=True)
    ended_day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("code", "case", "beneficiary", "kind", "amount", "instalments", "until", "state"),
            *("asker", "asked_day", "income_lost", "dependants", "item", "assessor", "decider"),
            *("decided_day", "refusal", "line", "promised", "outcome", "ended_day"),
        ),
        "open",
    )

    objects = SupportQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["state"], condition=Q(state__in=OPEN), name="services_support_standing"
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="services_support_above_zero"),
            models.CheckConstraint(
                condition=Q(instalments__gte=1, instalments__lte=MOST_INSTALMENTS),
                name="services_support_instalments",
            ),
            models.CheckConstraint(  # nobody decides on their own asking or assessing
                condition=~Q(decider=F("asker")) & ~Q(decider=F("assessor")),
                name="services_support_two_hands",
            ),
            models.CheckConstraint(
                condition=~Q(state=SupportState.APPROVED)
                | Q(decider__isnull=False, line__isnull=False, promised__isnull=False),
                name="services_support_promised",
            ),
            models.CheckConstraint(
                condition=Q(state=SupportState.ENDED, ended_day__isnull=False)
                | (~Q(state=SupportState.ENDED) & Q(ended_day__isnull=True, outcome="")),
                name="services_support_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def home(self) -> Case:
        """The case in which it goes on: the one that stays, where two were merged."""
        return self.case.merged_into or self.case


class Payment(models.Model):
    """One instalment: due on a day, paid by an entry of the ledger, shown by a numbered paper."""

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="payments")
    number = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()  # rupiah
    due = models.DateField()
    paid_day = models.DateField(null=True, blank=True)
    proof = models.CharField(max_length=12, choices=Proof.choices, blank=True)
    receipt = models.CharField(max_length=24, blank=True)  # the number on the paper
    entry = models.OneToOneField(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("support", "number", "amount", "due", "paid_day", "proof", "receipt", "entry", "member"),
        "open",
    )

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["support", "number"], name="services_payment_number"),
            models.CheckConstraint(
                condition=Q(paid_day__isnull=True, entry__isnull=True)
                | Q(paid_day__isnull=False, entry__isnull=False),
                name="services_payment_paid_by_an_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.support_id} {self.number}"
