"""Shelters, their rooms, who stays until when, and whom there was no place for."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teduh.access.models import Agency
from teduh.cases.models import Case
from teduh.directory.models import Provider
from teduh.services.beds import BEDS_MOST, PERSONS_MOST
from teduh.services.shelter_words import AwayReason, Elsewhere, Group, Longer, StayEnd


class Shelter(models.Model):
    """A house whose address stands in no table: its provider is secret. Its agency keeps it."""

    provider = models.OneToOneField(Provider, on_delete=models.PROTECT, related_name="shelter")

    privacy: ClassVar[dict[str, str]] = {"provider": "open"}

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return str(self.provider)


class ShelterRoom(models.Model):
    """A room for one group. `taken`: beds in use now; the database keeps it between none and all."""

    shelter = models.ForeignKey(Shelter, on_delete=models.CASCADE, related_name="rooms")
    number = models.PositiveSmallIntegerField()  # within the shelter
    group = models.CharField(max_length=12, choices=Group.choices)
    beds = models.PositiveSmallIntegerField()
    taken = models.SmallIntegerField(default=0)
    wheelchair = models.BooleanField(default=False)  # can be reached with one
    active = models.BooleanField(default=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("shelter", "number", "group", "beds", "taken", "wheelchair", "active"), "open"
    )

    class Meta:
        ordering: ClassVar = ["shelter", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shelter", "number"], name="services_room_number"),
            models.CheckConstraint(
                condition=Q(taken__gte=0, taken__lte=F("beds")), name="services_room_never_over"
            ),
            models.CheckConstraint(
                condition=Q(beds__gte=1, beds__lte=BEDS_MOST), name="services_room_beds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shelter_id} {self.number}"

    @property
    def free(self) -> int:
        """Beds nobody sleeps in."""
        return self.beds - self.taken


class StayQuery(models.QuerySet["Stay"]):
    """Stays, by whether they go on."""

    def going_on(self) -> Self:
        """Nobody of them has left."""
        return self.filter(left__isnull=True)


class Stay(models.Model):
    """A survivor, with whoever comes along, in a room of a shelter; known there by its code alone.

    `item`: the sealed words of where it is and how to get there, in the case, for its team.
    """

    code = models.CharField(max_length=13, unique=True)  # TGL-XXXX-XXXX
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="stays")
    room = models.ForeignKey(ShelterRoom, on_delete=models.PROTECT, related_name="stays")
    persons = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=12, choices=Group.choices)
    wheelchair = models.BooleanField(default=False)
    begun = models.DateField()
    until = models.DateField()
    left = models.DateField(null=True, blank=True)
    end = models.CharField(max_length=12, choices=StayEnd.choices, blank=True)
    item = models.CharField(max_length=22, blank=True)
    told_day = models.DateField(
        null=True, blank=True
    )  # its keepers heard that it should have ended
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("code", "case", "room", "persons", "group", "wheelchair", "begun", "until"),
            *("left", "end", "item", "told_day", "member"),
        ),
        "open",
    )

    objects = StayQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["room", "begun"], name="services_stay_of_room")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(left__isnull=True), name="services_stay_once"
            ),
            models.CheckConstraint(
                condition=Q(persons__gte=1, persons__lte=PERSONS_MOST), name="services_stay_persons"
            ),
            models.CheckConstraint(
                condition=Q(left__isnull=True, end="")
                | (Q(left__isnull=False, left__gte=F("begun")) & ~Q(end="")),
                name="services_stay_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def home(self) -> Case:
        """The case in which it goes on: the one that stays, where two were merged."""
        return self.case.merged_into or self.case


class Extension(models.Model):
    """A stay made longer: from which day to which, and why."""

    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="extensions")
    was = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=12, choices=Longer.choices)
    day = models.DateField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("stay", "was", "until", "reason", "day", "member"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gt=F("was")), name="services_extension_is_longer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.stay_id} {self.until}"


class TurnAway(models.Model):
    """That there was no place on a day: for how many, of which group, why; never who."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="turn_aways")
    day = models.DateField()
    group = models.CharField(max_length=12, choices=Group.choices)
    persons = models.PositiveSmallIntegerField()
    wheelchair = models.BooleanField(default=False)
    reason = models.CharField(max_length=12, choices=AwayReason.choices)
    instead = models.CharField(max_length=12, choices=Elsewhere.choices)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("agency", "day", "group", "persons", "wheelchair", "reason", "instead", "member"), "open"
    )

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        indexes: ClassVar = [models.Index(fields=["agency", "day"], name="services_turn_aways")]

    def __str__(self) -> str:
        return f"{self.day} {self.reason}"
