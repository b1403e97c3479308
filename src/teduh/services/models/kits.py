"""Rapid tests: which lie where, until when they may be used, and a ledger that only grows.

Nothing here knows for whom a test was used: no name, no case, no result.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from teduh.directory.models import Provider
from teduh.services.words import KitKind, KitMove


class Shelf(models.Model):
    """Tests of one kind at one site. `site`: none is the office itself; `low_told`: since when its
    keepers know that few are left.
    """

    site = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=KitKind.choices)
    low_told = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("site", "kind", "low_told"), "open")

    class Meta:
        ordering: ClassVar = ["site__name", "kind", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["site", "kind"],
                condition=Q(site__isnull=False),
                name="services_shelf_of_site_once",
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(site__isnull=True),
                name="services_shelf_of_office_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.kind}"


class Batch(models.Model):
    """Tests that came together. `lot`: as on the package; `left` changes only beside an entry, in one
    transaction; `expiry_told`: since when its keepers know that its time is nearly over.
    """

    shelf = models.ForeignKey(Shelf, on_delete=models.PROTECT, related_name="batches")
    lot = models.CharField(max_length=24)
    expires = models.DateField()
    left = models.PositiveIntegerField(default=0)
    expiry_told = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("shelf", "lot", "expires", "left", "expiry_told"), "open"
    )

    class Meta:
        ordering: ClassVar = ["expires", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shelf", "lot"], name="services_batch_once"),
            models.CheckConstraint(
                condition=Q(left__gte=0), name="services_batch_never_below_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shelf_id} {self.lot}"


class KitEntry(models.Model):
    """One thing that happened to tests of a batch, numbered without a gap; the database refuses to
    change or remove it. `left`: how many there were after it.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    move = models.CharField(max_length=8, choices=KitMove.choices)
    amount = models.PositiveIntegerField()
    left = models.PositiveIntegerField()
    day = models.DateField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("batch", "number", "move", "amount", "left", "day", "member"), "open"
    )

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="services_kit_number"),
            models.CheckConstraint(condition=Q(left__gte=0), name="services_kit_never_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number} {self.move}"
