"""What one member asks and another answers."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from teduh.access.models.members import Member


class TwoHands(models.Model):
    """A question of one member; whoever answers it is somebody else, and the database holds that."""

    asker = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_day = models.DateField()
    answerer = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answerer__isnull=True) | ~Q(answerer=F("asker")),
                name="%(app_label)s_%(class)s_two_hands",
            )
        ]
