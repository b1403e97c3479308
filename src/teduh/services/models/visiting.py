"""A one-stop visit: one day, one place, several stations after each other."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teduh.access.models import Agency
from teduh.cases.models import Case
from teduh.directory.models import Provider
from teduh.services.timetables import OPEN_VISITS
from teduh.services.words import StationState, Transport, VisitEnd, VisitState


class VisitQuery(models.QuerySet["Visit"]):
    """Visits, by what is still to come of them."""

    def open(self) -> Self:
        """Planned, or under way."""
        return self.filter(state__in=OPEN_VISITS)

    def of(self, case: Case) -> Self:
        """Those of a case, and what is still open of those merged into it."""
        merged = Q(case__merged_into=case, state__in=OPEN_VISITS)
        return self.filter(Q(case=case) | merged)


class Visit(models.Model):
    """One order that bundles several services for one day. `provider`: the place; none: the office.

    `needs`: codes with a space between; `told`: her own ticket may name the day.
    """

    code = models.CharField(max_length=13, unique=True)  # KJG-XXXX-XXXX
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="visits")
    day = models.DateField()
    provider = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="visits"
    )
    state = models.CharField(max_length=10, choices=VisitState.choices, default=VisitState.PLANNED)
    ended_for = models.CharField(max_length=10, choices=VisitEnd.choices, blank=True)
    companion = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="visits",
    )
    transport = models.CharField(max_length=10, choices=Transport.choices)
    needs = models.CharField(max_length=120, blank=True)
    childcare = models.BooleanField(default=False)
    told = models.BooleanField(default=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("code", "case", "day", "provider", "state", "ended_for", "companion", "transport"),
            *("needs", "childcare", "told", "member"),
        ),
        "open",
    )

    objects = VisitQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=VisitState.CALLED_OFF) & ~Q(ended_for="")
                | ~Q(state=VisitState.CALLED_OFF) & Q(ended_for=""),
                name="services_visit_called_off_for",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Station(models.Model):
    """One part of a visit: a service, who gives it, from when to when. Times are the city's.

    `agency`: of the provider when it was planned, for that agency she said yes to.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="stations")
    number = models.PositiveSmallIntegerField()  # within the visit, in the order they were added
    service = models.CharField(max_length=20)  # code list 4.9
    provider = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="stations"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stations",
    )
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="stations"
    )
    begins = models.TimeField()
    ends = models.TimeField()
    state = models.CharField(
        max_length=10, choices=StationState.choices, default=StationState.WAITING
    )
    since = models.DateTimeField(null=True, blank=True)  # when it came to this state

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("visit", "number", "service", "provider", "member", "agency"),
            *("begins", "ends", "state", "since"),
        ),
        "open",
    )

    class Meta:
        ordering: ClassVar = ["begins", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "number"], name="services_station_number"),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="services_station_ends"),
            models.CheckConstraint(
                condition=Q(provider__isnull=True, member__isnull=False)
                | Q(provider__isnull=False, member__isnull=True),
                name="services_station_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.number} {self.state}"
