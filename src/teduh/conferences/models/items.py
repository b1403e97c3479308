"""What a conference says of one case, in codes and days; every word of it lies sealed in the case."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from teduh.access.models import Agency
from teduh.cases.models import Case
from teduh.conferences.models.meetings import Conference
from teduh.conferences.words import (
    DangerKind,
    Doing,
    Done,
    Evidence,
    FeedbackWay,
    ItemState,
    Judgement,
    LetGo,
    TakenOff,
    Unsaid,
    Whose,
)


class AgendaItem(models.Model):
    """One case on an agenda.

    `triggers`: codes with a space between. `wishes`, `minutes`: names of sealed items. `unsaid`: why
    her wishes are not written. `feedback_*`: how, by whom and until when she is told.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="discussed")
    triggers = models.CharField(max_length=64)
    judgement = models.CharField(max_length=12, choices=Judgement.choices, blank=True)
    assessed_day = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=ItemState.choices, default=ItemState.WAITING)
    why_off = models.CharField(max_length=12, choices=TakenOff.choices, blank=True)
    wishes = models.CharField(max_length=22, blank=True)
    unsaid = models.CharField(max_length=12, choices=Unsaid.choices, blank=True)
    minutes = models.CharField(max_length=22, blank=True)
    feedback_way = models.CharField(max_length=12, choices=FeedbackWay.choices, blank=True)
    feedback_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    feedback_until = models.DateField(null=True, blank=True)
    feedback_day = models.DateField(null=True, blank=True)  # when she was told

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("conference", "number", "case", "triggers", "judgement", "assessed_day", "state"),
            *("why_off", "wishes", "unsaid", "minutes", "feedback_way", "feedback_by"),
            *("feedback_until", "feedback_day"),
        ),
        "open",
    )

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conference", "case"], name="conferences_item_once"),
            models.UniqueConstraint(
                fields=["conference", "number"], name="conferences_item_number"
            ),
            models.CheckConstraint(
                condition=Q(state=ItemState.OFF) & ~Q(why_off="")
                | ~Q(state=ItemState.OFF) & Q(why_off=""),
                name="conferences_item_off_has_reason",
            ),
            models.CheckConstraint(  # nothing is discussed without her
                condition=~Q(state=ItemState.DISCUSSED) | ~Q(wishes="") | ~Q(unsaid=""),
                name="conferences_item_wishes",
            ),
            models.CheckConstraint(
                condition=Q(feedback_way="", feedback_by__isnull=True, feedback_until__isnull=True)
                | ~Q(feedback_way="") & Q(feedback_by__isnull=False, feedback_until__isnull=False),
                name="conferences_item_feedback_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conference_id} {self.number}"

    @property
    def waits(self) -> bool:
        """Whether it is still to be discussed."""
        return self.state == ItemState.WAITING

    @property
    def has_wishes(self) -> bool:
        """Whether her wishes are written, or why they are not."""
        return bool(self.wishes or self.unsaid)


class Contribution(models.Model):
    """What an agency has to say about a case, as the office wrote it down. `what`: which sealed field."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="contributions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=40)
    sealed = models.CharField(max_length=22)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("item", "agency", "what", "sealed", "member", "day"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.agency_id}"

    @property
    def part(self) -> str:
        """The part of the case in which its words lie."""
        return self.what.rpartition(".")[2]


class AgreedDanger(models.Model):
    """A danger the agencies agreed on. `sealed`: its words, or none."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="dangers")
    whose = models.CharField(max_length=12, choices=Whose.choices)
    kind = models.CharField(max_length=12, choices=DangerKind.choices)
    sealed = models.CharField(max_length=22, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("item", "whose", "kind", "sealed"), "open")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "whose", "kind"], name="conferences_danger_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.whose} {self.kind}"


class DecisionQuery(models.QuerySet["Decision"]):
    """Decisions, by whether they are still to be carried out."""

    def open(self) -> "DecisionQuery":
        """Neither done nor let go."""
        return self.filter(state=Done.OPEN)


class Decision(models.Model):
    """What one agency is to do until a day. Its code stands in the promise that was made of it.

    `what`, `sealed`: which sealed field, and the item in it. `told_day`: when the agency heard that
    it is late.
    """

    code = models.CharField(max_length=13, unique=True)
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="decisions")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    doing = models.CharField(max_length=12, choices=Doing.choices)
    what = models.CharField(max_length=40)
    sealed = models.CharField(max_length=22)
    due = models.DateField()
    state = models.CharField(max_length=8, choices=Done.choices, default=Done.OPEN)
    evidence = models.CharField(max_length=8, choices=Evidence.choices, blank=True)
    let_go = models.CharField(max_length=12, choices=LetGo.choices, blank=True)
    ended_day = models.DateField(null=True, blank=True)
    told_day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("code", "item", "number", "agency", "member", "doing", "what", "sealed", "due"),
            *("state", "evidence", "let_go", "ended_day", "told_day"),
        ),
        "open",
    )

    objects = DecisionQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["due", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["due", "id"], condition=Q(state="open"), name="conferences_decisions_open"
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "number"], name="conferences_decision_number"),
            models.CheckConstraint(
                condition=Q(state=Done.OPEN, evidence="", let_go="", ended_day__isnull=True)
                | Q(state=Done.DONE, let_go="", ended_day__isnull=False) & ~Q(evidence="")
                | Q(state=Done.LET_GO, evidence="", ended_day__isnull=False) & ~Q(let_go=""),
                name="conferences_decision_ended_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def part(self) -> str:
        """The part of the case in which its words lie."""
        return self.what.rpartition(".")[2]
