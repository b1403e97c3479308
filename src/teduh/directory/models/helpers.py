"""People who help around the office, what they were trained in, and their cards."""

from typing import ClassVar

from django.db import models

from teduh.directory.words import HelperState, Profile, Topic


class Helper(models.Model):
    """Somebody outside the office whom it has met: their name, what they are, where, until when.

    The name is personal and not sealed: the office prints it on nothing, and whoever keeps the list
    of helpers must find them. No case and no referral carries it (decisions/0036).
    """

    privacy: ClassVar[dict[str, str]] = {
        "name": "personal",
        "profile": "open",
        "area_code": "open",
        "conduct": "open",
        "until": "open",
        "state": "open",
    }

    name = models.CharField(max_length=120)
    profile = models.CharField(max_length=16, choices=Profile.choices)
    area_code = models.CharField(max_length=13)
    conduct = models.DateField(null=True, blank=True)  # the code of conduct was signed on this day
    until = models.DateField()
    state = models.CharField(
        max_length=8, choices=HelperState.choices, default=HelperState.ACTIVE.value
    )

    class Meta:
        ordering = ["area_code", "name"]

    def __str__(self) -> str:
        return f"{self.profile} {self.pk}"


class Qualification(models.Model):
    """What a helper was trained in, and on which day."""

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("helper", "topic", "day"), "open")

    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="qualifications")
    topic = models.CharField(max_length=16, choices=Topic.choices)
    day = models.DateField()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["helper", "topic", "day"], name="directory_qualification_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.helper_id} {self.topic}"


class HelperCard(models.Model):
    """A card by which a helper signs: the public key of what is printed on it and its PIN.

    Nobody outside may learn the key: with the card in hand PINs could be tried against it.
    """

    privacy: ClassVar[dict[str, str]] = {
        "helper": "open",
        "number": "open",
        "public": "personal",
        "issued": "open",
        "until": "open",
        "revoked": "open",
        "misses": "open",
        "used": "open",
    }

    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="cards")
    number = models.CharField(max_length=8, unique=True)
    public = models.BinaryField()
    issued = models.DateField()
    until = models.DateField()
    revoked = models.DateField(null=True, blank=True)
    misses = models.PositiveSmallIntegerField(default=0)  # wrong PINs since the last right one
    used = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number
