"""Counselling: when a counsellor has time, and which case was given which of it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teduh.cases.models import Case
from teduh.services.bookings import TAKES, Offered
from teduh.services.words import OffBy, SessionKind, SessionPlace, SessionState


class Slot(models.Model):
    """Time that a counsellor keeps free: each week on one day, or once (`until` the next day)."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="slots"
    )
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the first day without it
    begins = models.TimeField()
    ends = models.TimeField()
    place = models.CharField(max_length=8, choices=SessionPlace.choices)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("member", "weekday", "since", "until", "begins", "ends", "place"), "open"
    )

    class Meta:
        ordering: ClassVar = ["weekday", "begins", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="services_slot_ends"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="services_slot_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.weekday} {self.begins}"

    @property
    def offered(self) -> Offered:
        """When it is there, for the rules."""
        return Offered(self.weekday, self.since, self.until, self.begins, self.ends)


class SessionQuery(models.QuerySet["Session"]):
    """Sessions, by case."""

    def of(self, case: Case) -> Self:
        """Those of a case and of those merged into it."""
        return self.filter(Q(case=case) | Q(case__merged_into=case))


class Session(models.Model):
    """A slot of one day, given to one case; free of charge. `item`: the sealed note, or none.

    `room`: the random end of a link to talk by; `final`: both agreed that it was the last one;
    `reached`: the day on which she was reached in a safe way after it was missed.
    """

    code = models.CharField(max_length=13, unique=True)  # KNS-XXXX-XXXX
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="sessions")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="sessions")
    day = models.DateField()
    kind = models.CharField(max_length=16, choices=SessionKind.choices)
    place = models.CharField(max_length=8, choices=SessionPlace.choices)
    room = models.CharField(max_length=22, blank=True)
    state = models.CharField(
        max_length=10, choices=SessionState.choices, default=SessionState.BOOKED
    )
    off_by = models.CharField(max_length=10, choices=OffBy.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    final = models.BooleanField(default=False)
    reached = models.DateField(null=True, blank=True)
    item = models.CharField(max_length=22, blank=True)
    told = models.BooleanField(default=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("code", "case", "slot", "day", "kind", "place", "room", "state", "off_by"),
            *("minutes", "final", "reached", "item", "told", "member"),
        ),
        "open",
    )

    objects = SessionQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        indexes: ClassVar = [models.Index(fields=["day"], name="services_session_day")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["slot", "day"],
                condition=Q(state__in=sorted(TAKES)),
                name="services_session_once",
            ),
            models.CheckConstraint(
                condition=Q(state=SessionState.CALLED_OFF) & ~Q(off_by="")
                | ~Q(state=SessionState.CALLED_OFF) & Q(off_by=""),
                name="services_session_off_by",
            ),
            models.CheckConstraint(
                condition=Q(state=SessionState.HELD, minutes__gt=0)
                | ~Q(state=SessionState.HELD) & Q(minutes__isnull=True),
                name="services_session_minutes",
            ),
        ]

    def __str__(self) -> str:
        return self.code
