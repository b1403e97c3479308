"""What is written down day by day: notes, and every attempt to reach the survivor."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from teduh.cases.models.case import Case
from teduh.cases.words import ContactOutcome, ContactWay


class Note(models.Model):
    """A note of somebody who works on the case. `item`: its sealed words; never written over."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    item = models.CharField(max_length=22)
    day = models.DateField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("case", "item", "day", "member"), "open")

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.item}"


class Contact(models.Model):
    """An attempt to reach the survivor, made as she said it is safe. `item`: sealed words or none."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contacts")
    way = models.CharField(max_length=8, choices=ContactWay.choices)
    outcome = models.CharField(max_length=16, choices=ContactOutcome.choices)
    item = models.CharField(max_length=22, blank=True)
    day = models.DateField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "way", "outcome", "item", "day", "member"), "open"
    )

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.way} {self.outcome}"
