"""Days that police, prosecutors and courts name: one row for each, a new one where it is postponed."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teduh.cases.models import Case
from teduh.services.hearing_days import DROPPED, HELD, POSTPONED, SET
from teduh.services.hearing_table import label


class HearingQuery(models.QuerySet["Hearing"]):
    """Hearings and deadlines, by case and by whether they are still to come."""

    def standing(self) -> Self:
        """Without an outcome, neither postponed nor dropped."""
        return self.filter(state=SET)

    def of(self, case: Case) -> Self:
        """Those of a case, and of those that go on in it."""
        return self.filter(Q(case=case) | Q(case__merged_into=case))


class Hearing(models.Model):
    """A hearing, an examination or a deadline (data/hearings.toml), and who goes along."""

    class State(models.TextChoices):
        """What became of it."""

        SET = SET, _("Ditetapkan")
        HELD = HELD, _("Sudah lewat")
        POSTPONED = POSTPONED, _("Diundur")
        DROPPED = DROPPED, _("Tidak jadi")

    code = models.CharField(max_length=13, unique=True)  # SDG-XXXX-XXXX
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="hearings")
    kind = models.CharField(max_length=16)
    at = models.DateTimeField()  # of a deadline the last minute of its day
    place = models.CharField(max_length=16, blank=True)
    companion = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hearings"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.SET)
    outcome = models.CharField(max_length=16, blank=True)
    ended_day = models.DateField(null=True, blank=True)
    moved_to = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="moved_from"
    )

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("code", "case", "kind", "at", "place", "companion", "state", "outcome"),
            *("ended_day", "moved_to"),
        ),
        "open",
    )

    objects = HearingQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index(fields=["at"], name="services_hearing_days")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=SET, ended_day__isnull=True)
                | ~Q(state=SET) & Q(ended_day__isnull=False),
                name="services_hearing_end_has_day",
            ),
            models.CheckConstraint(
                condition=Q(state=HELD) & ~Q(outcome="") | ~Q(state=HELD) & Q(outcome=""),
                name="services_hearing_held_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state=POSTPONED, moved_to__isnull=False)
                | ~Q(state=POSTPONED) & Q(moved_to__isnull=True),
                name="services_hearing_postponed_to",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"

    @property
    def name(self) -> str:
        """What it is, in the reader's language."""
        return label("kind", self.kind)
