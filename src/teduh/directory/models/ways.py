"""Areas by official code, and the ways to reach the office."""

from typing import ClassVar, Self

from django.db import models

from teduh.directory.rules import DIALLED
from teduh.directory.words import LEAVES, ChannelKind, Cost, Level


class AreaQuery(models.QuerySet["Area"]):
    """Areas, by where they lie."""

    def kelurahan(self, city: str) -> Self:
        """The kelurahan of a city by its code, by name."""
        return self.filter(level=Level.KELURAHAN, code__startswith=f"{city}.").order_by("name")


class Area(models.Model):
    """A province, city, kecamatan or kelurahan under its Kemendagri code."""

    privacy: ClassVar[dict[str, str]] = {
        "code": "open",
        "name": "open",
        "level": "open",
        "parent": "open",
        "population": "open",
        "source": "open",
    }

    code = models.CharField(max_length=13, unique=True)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.CharField(max_length=13, blank=True, db_index=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=160, blank=True)

    objects = AreaQuery.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Channel(models.Model):
    """A way to reach the office: what to call or where to go, and when somebody answers."""

    privacy: ClassVar[dict[str, str]] = {
        "kind": "open",
        "label": "open",
        "target": "open",
        "hours": "open",
        "cost": "open",
        "order": "open",
        "active": "open",
    }

    kind = models.CharField(max_length=12, choices=ChannelKind.choices)
    label = models.CharField(max_length=80)
    target = models.CharField(max_length=160)
    hours = models.CharField(max_length=120, blank=True)
    cost = models.CharField(max_length=8, choices=Cost.choices, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["order", "label"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "target"], name="directory_channel_once"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def leaves(self) -> str:
        """What stays on a phone or a bill by this way."""
        return str(LEAVES[self.kind])

    @property
    def number(self) -> str:
        """What to dial, empty for a place or a page."""
        return self.target if self.kind in DIALLED else ""

    @property
    def address(self) -> str:
        """Where to go, empty for a number."""
        return "" if self.kind in DIALLED else self.target

    @property
    def href(self) -> str:
        """What a tap opens, empty for a place."""
        digits = "".join(sign for sign in self.target if sign.isdigit())
        if self.kind == ChannelKind.WHATSAPP:
            return f"https://wa.me/{digits}"
        if self.kind in DIALLED:
            return f"tel:{digits}"
        return self.target if self.target.startswith("https://") else ""
