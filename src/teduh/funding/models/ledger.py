"""Sources, lines, and the ledger: entries that only grow; a line carries their sums."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teduh.access.models import Agency
from teduh.funding.rules import YEARS, Balance
from teduh.funding.words import Kind, Memo, Purpose, SourceKind


class Source(models.Model):
    """Whose money it is."""

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("agency", "kind", "name"), "open")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="money_sources")
    kind = models.CharField(max_length=12, choices=SourceKind.choices)
    name = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["kind", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "name"], name="funding_source_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Line(models.Model):
    """A budget line of one year. Its sums change only beside an entry, in one transaction; the
    database itself refuses what would promise or spend more than was planned.
    """

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("agency", "year", "code", "name", "purpose", "source", "planned", "committed", "spent"),
        "open",
    )

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="money_lines")
    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=24)  # as the city's budget numbers it
    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="lines")
    planned = models.BigIntegerField(default=0)  # rupiah, as the next two
    committed = models.BigIntegerField(default=0)  # promised and not paid yet
    spent = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-year", "code", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year", "code"], name="funding_line_once"),
            models.CheckConstraint(
                condition=Q(planned__gte=0, committed__gte=0, spent__gte=0),
                name="funding_line_never_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(planned__gte=F("committed") + F("spent")),
                name="funding_line_never_overspent",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=YEARS[0], year__lte=YEARS[1]), name="funding_line_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.code}"

    @property
    def balance(self) -> Balance:
        """Its sums."""
        return Balance(self.planned, self.committed, self.spent)


class Entry(models.Model):
    """One thing that was done with the money of a line; the database refuses to change or remove it.

    `subject`: the code of what it was for, which names nobody (a support). `key`: under which it was
    entered, once. `of`: the promise out of which something was paid. `reverses`: what is taken back.
    """

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("line", "kind", "amount", "at", "member"),
            *("subject", "memo", "key", "of", "reverses"),
        ),
        "open",
    )

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    amount = models.BigIntegerField()  # rupiah
    at = models.DateTimeField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=16, blank=True)
    memo = models.CharField(max_length=12, choices=Memo.choices)
    key = models.CharField(max_length=48, unique=True)
    of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="payments"
    )
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversal"
    )

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="funding_entry_above_zero"),
            models.CheckConstraint(
                condition=Q(kind=Kind.REVERSED, reverses__isnull=False)
                | (Q(reverses__isnull=True) & ~Q(kind=Kind.REVERSED)),
                name="funding_entry_reverses_something",
            ),
            models.CheckConstraint(
                condition=Q(of__isnull=True) | Q(kind=Kind.SPENT),
                name="funding_entry_paid_out_of_a_promise",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.kind} {self.amount}"
