"""Help that goes on over time: one row for each, one more for each step of it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from teduh.cases.models import Case
from teduh.directory.models import Provider
from teduh.services.kinds import ENDED


class CareQuery(models.QuerySet["Care"]):
    """Help over time, by case and by whether it goes on."""

    def running(self) -> Self:
        """Not ended."""
        return self.filter(ended_day__isnull=True)

    def of(self, case: Case) -> Self:
        """That of a case, and of those that go on in it."""
        return self.filter(Q(case=case) | Q(case__merged_into=case))


class Care(models.Model):
    """One kind of help for one survivor; what the table of its kind asks stands in `facts`.

    `facts`: field -> code, list of codes, day as 2026-11-28, true, or integer rupiah; never words.
    """

    code = models.CharField(max_length=13, unique=True)  # PDP-XXXX-XXXX
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="cares")
    kind = models.CharField(max_length=20)  # a service, code list 4.9
    state = models.CharField(max_length=16)
    since = models.DateField()
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # who gives it, where it is one of ours
    provider = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    facts = models.JSONField(default=dict)
    ended_for = models.CharField(max_length=16, blank=True)
    ended_day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("code", "case", "kind", "state", "since", "member", "provider"),
            *("facts", "ended_for", "ended_day"),
        ),
        "open",
    )

    objects = CareQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["kind", "state"], name="services_care_stands"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=ENDED, ended_day__isnull=False) & ~Q(ended_for="")
                | ~Q(state=ENDED) & Q(ended_day__isnull=True, ended_for=""),
                name="services_care_end_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=True) | Q(provider__isnull=True),
                name="services_care_one_gives",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class CareStep(models.Model):
    """A step of it. `subject`: the case under which its note and addresses are sealed."""

    care = models.ForeignKey(Care, on_delete=models.CASCADE, related_name="steps")
    to = models.CharField(max_length=16)
    reason = models.CharField(max_length=16, blank=True)
    day = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)  # what stood in the fields at this step
    subject = models.CharField(max_length=13)
    item = models.CharField(max_length=22, blank=True)
    address = models.CharField(max_length=22, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("care", "to", "reason", "day", "by", "facts", "subject", "item", "address"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.care_id} {self.to}"
