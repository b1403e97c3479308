"""Meetings of agencies: when they come again, each of them, who sits at its table."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from teduh.cases.models import Case
from teduh.conferences.words import Kind, Presence, State, Where, WhyOff


class Series(models.Model):
    """A meeting that comes every so many weeks from its first day, until a day or for good."""

    team_code = models.CharField(max_length=32)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    starts = models.DateField()
    every = models.PositiveSmallIntegerField()  # weeks from one to the next
    hour = models.TimeField()
    place = models.CharField(max_length=12, choices=Where.choices)
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("team_code", "kind", "starts", "every", "hour", "place", "chair", "until"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.team_code} {self.kind} every {self.every} weeks"


class Conference(models.Model):
    """One meeting. `filled_day`: when its agenda last filled itself."""

    code = models.CharField(max_length=13, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    team_code = models.CharField(max_length=32)
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    day = models.DateField()
    hour = models.TimeField()
    place = models.CharField(max_length=12, choices=Where.choices)
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    minutes_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    why_off = models.CharField(max_length=12, choices=WhyOff.choices, blank=True)
    filled_day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("code", "kind", "team_code", "series", "day", "hour", "place", "chair"),
            *("minutes_by", "state", "why_off", "filled_day"),
        ),
        "open",
    )

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["team_code", "-day"], name="conferences_of_team"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "day"], name="conferences_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(state=State.CALLED_OFF) & ~models.Q(why_off="")
                | ~models.Q(state=State.CALLED_OFF) & models.Q(why_off=""),
                name="conferences_off_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def runs(self) -> bool:
        """Whether it was begun and not closed."""
        return self.state == State.UNDER_WAY

    @property
    def over(self) -> bool:
        """Whether nothing is written in it any more."""
        return self.state in {State.HELD, State.CALLED_OFF}


class TableSeat(models.Model):
    """Somebody at the table, for their agency, and the declaration they accepted."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats_at_meetings"
    )
    presence = models.CharField(max_length=8, choices=Presence.choices, default=Presence.ASKED)
    accepted_at = models.DateTimeField(null=True, blank=True)
    version = models.CharField(max_length=16, blank=True)
    sha = models.CharField(max_length=64, blank=True)  # of the text that was accepted

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("conference", "member", "presence", "accepted_at", "version", "sha"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conference", "member"], name="conferences_seat_once"),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, version="", sha="")
                | models.Q(accepted_at__isnull=False) & ~models.Q(version="") & ~models.Q(sha=""),
                name="conferences_accepted_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.conference_id}"


class Veil(models.Model):
    """What a case is called in one meeting of the city; gone when the meeting is closed."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="veils")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()  # from 1, in an order that was drawn
    name = models.CharField(max_length=40)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("conference", "case", "place", "name"), "open"
    )

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conference", "case"], name="conferences_veil_once"),
            models.UniqueConstraint(fields=["conference", "place"], name="conferences_veil_place"),
            models.UniqueConstraint(fields=["conference", "name"], name="conferences_veil_name"),
        ]

    def __str__(self) -> str:
        return self.name
