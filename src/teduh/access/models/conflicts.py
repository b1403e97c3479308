"""Who knows somebody in what: such a member is kept from it, both ways."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from teduh.access.models.members import Member
from teduh.access.words import ConflictKind, Lifted


class ConflictQuery(models.QuerySet["Conflict"]):
    """Conflicts of interest, by whether they still hold."""

    def standing(self) -> Self:
        """Those that nobody has lifted."""
        return self.filter(lifted_day__isnull=True)

    def about(self, subject: str) -> Self:
        """Those that hold now for a subject."""
        return self.standing().filter(subject=subject)


class Conflict(models.Model):
    """A member who is kept from a subject: a ticket, a case.

    `root`: the subject it was first said about; what belongs to it has a row of its own.
    """

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("subject", "root", "team_code", "member", "kind", "told_by", "day"),
            *("lifted_day", "lifted_by", "lifted"),
        ),
        "open",
    )

    subject = models.CharField(max_length=40, db_index=True)
    root = models.CharField(max_length=40)
    team_code = models.CharField(max_length=32)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="conflicts")
    kind = models.CharField(max_length=12, choices=ConflictKind.choices)
    told_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    lifted_day = models.DateField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted = models.CharField(max_length=12, choices=Lifted.choices, blank=True)

    objects = ConflictQuery.as_manager()

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "subject"],
                condition=Q(lifted_day__isnull=True),
                name="access_conflict_once",
            ),
            models.CheckConstraint(
                condition=Q(lifted_day__isnull=True, lifted_by__isnull=True, lifted="")
                | (Q(lifted_day__isnull=False, lifted_by__isnull=False) & ~Q(lifted="")),
                name="access_conflict_lifted_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} from {self.subject}"
