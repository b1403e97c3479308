"""A case, the reports it tells, who works on it, the way it went."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teduh.cases.rules import BANDS, ENDED, GOING, MERGED, QUIET_DAYS
from teduh.cases.words import CrewRole, State
from teduh.intake.models import Report
from teduh.sop.words import Band


def quiet_on(day: date) -> Q:
    """The survivor was not reached for longer than the risk allows."""
    silent = Q(pk__in=())
    for urgency, band in enumerate(BANDS):
        since = day - timedelta(days=QUIET_DAYS[band])
        never = Q(contact_day__isnull=True, opened_day__lte=since)
        silent |= Q(urgency=urgency) & (Q(contact_day__lte=since) | never)
    return silent


class CaseQuery(models.QuerySet["Case"]):
    """Cases, by whether they still go on."""

    def going_on(self) -> Self:
        """Neither closed nor handed to another city; so told that the indexes of these alone serve."""
        return self.filter(state__in=GOING, closed_day__isnull=True)

    def quiet_on(self, day: date) -> Self:
        """Whose survivor was not reached for longer than their risk allows, on `day`."""
        return self.filter(quiet_on(day))


class Case(models.Model):
    """One survivor's way, or that of several harmed together. Its code is its pseudonym."""

    code = models.CharField(max_length=13, unique=True)
    team_code = models.CharField(max_length=32)
    opened_day = models.DateField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    band = models.CharField(max_length=8, choices=Band.choices)
    urgency = models.PositiveSmallIntegerField()  # place of the band, 0 the highest: for sorting
    child = models.BooleanField(default=False)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    contact_day = models.DateField(null=True, blank=True)  # when the survivor was last reached
    closed_day = models.DateField(null=True, blank=True)
    closed_for = models.CharField(max_length=16, blank=True)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        db_index=False,  # `cases_merged` instead: nearly every case is merged into none
    )
    erased_day = models.DateField(null=True, blank=True)  # what opens it was destroyed that day
    # Of a visit or session that she agreed to and wants to read of: her own ticket tells the day.
    agreed_day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("code", "team_code", "opened_day", "state", "band", "urgency", "child"),
            *("manager", "contact_day", "closed_day", "closed_for", "merged_into", "erased_day"),
            "agreed_day",
        ),
        "open",
    )

    objects = CaseQuery.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["team_code", "state", "urgency", "-id"], name="cases_list"),
            models.Index(fields=["team_code", "urgency", "-id"], name="cases_of_all_states"),
            models.Index(fields=["manager", "state"], name="cases_load"),
            models.Index(  # whose term of keeping may be over
                fields=["closed_day"],
                condition=Q(closed_day__isnull=False, erased_day__isnull=True),
                name="cases_to_erase",
            ),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="cases_merged",
            ),
            models.Index(
                fields=["team_code", "urgency", "-id"],
                condition=Q(closed_day__isnull=True),
                name="cases_going",
            ),
            models.Index(  # answers the numbers of the morning page without opening a row
                fields=[
                    *("team_code", "manager", "state", "urgency"),
                    *("contact_day", "opened_day", "closed_day"),
                ],
                condition=Q(closed_day__isnull=True),
                name="cases_by_manager",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True)
                | (Q(state=State.CLOSED, closed_for=MERGED) & ~Q(merged_into=F("pk"))),
                name="cases_merged_is_closed",
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def ended(self) -> bool:
        """Whether nothing more is promised in it here."""
        return self.state in ENDED


class Told(models.Model):
    """A report whose story this case goes on with; the report keeps its own seals and ticket."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="told")
    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="told_in")
    day = models.DateField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("case", "report", "day"), "open")

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.report_id} in {self.case_id}"


class CrewQuery(models.QuerySet["Crew"]):
    """Places in teams of cases, by day."""

    def on(self, day: date) -> Self:
        """Those that hold on `day`."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class Crew(models.Model):
    """Somebody's place in the team of one case, from day to day."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="crew")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="crews"
    )
    role = models.CharField(max_length=16, choices=CrewRole.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "member", "role", "since", "until"), "open"
    )

    objects = CrewQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "member", "role"],
                condition=Q(until__isnull=True),
                name="cases_crew_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} as {self.role} in {self.case_id}"


class Step(models.Model):
    """One step of the way: where the case went, who moved it, on which day."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    to = models.CharField(max_length=16, choices=State.choices)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("case", "to", "member", "day"), "open")

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.to}"
