"""Progress letters of the police (SP2HP): which, of what day, received when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from teduh.cases.models import Case
from teduh.services.words import LetterKind


class PoliceLetter(models.Model):
    """One letter of the investigators; `item`: its number, sealed, where somebody wrote it down."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="police_letters")
    kind = models.CharField(max_length=8, choices=LetterKind.choices)
    day = models.DateField()
    received = models.DateField()
    item = models.CharField(max_length=22, blank=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "kind", "day", "received", "item", "member"), "open"
    )

    class Meta:
        ordering: ClassVar = ["-received", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(received__gte=F("day")), name="services_letter_received_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
