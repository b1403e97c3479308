"""Tables of a report: coded, coarse facts. Every word a person wrote lies in the vault."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from teduh.intake.rules import to_be_read_first
from teduh.intake.words import Channel, Danger, Door, Fact, Met, Origin, Proof, Signs, State
from teduh.tickets.models import Ticket


class Report(models.Model):
    """A call for help as it came in, and where it stands in the office."""

    ticket = models.OneToOneField(Ticket, on_delete=models.PROTECT, related_name="report")
    channel = models.CharField(max_length=16, default=Channel.WEB.value)
    door = models.CharField(max_length=8, choices=Door.choices)
    day = models.DateField()
    origin = models.CharField(max_length=8, choices=Origin.choices)
    team_code = models.CharField(max_length=32)
    danger = models.CharField(max_length=8, choices=Danger.choices, blank=True)
    urgency = models.PositiveSmallIntegerField(default=2)
    child = models.BooleanField(default=False)
    sex = models.CharField(max_length=16, blank=True)
    age_band = models.CharField(max_length=16, blank=True)
    relation = models.CharField(max_length=32, blank=True)
    place = models.CharField(max_length=32, blank=True)
    area_code = models.CharField(max_length=16, blank=True)
    event_when = models.CharField(max_length=16, blank=True)
    disability = models.CharField(max_length=16, blank=True)
    contact_via = models.CharField(max_length=16, blank=True)
    officer_sex = models.CharField(max_length=8, blank=True)
    avoid_team = models.BooleanField(default=False)
    state = models.CharField(max_length=16, choices=State.choices, default=State.NEW)
    flood = models.BooleanField(default=False)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT
    )
    passed_to = models.CharField(max_length=32, blank=True)
    case_code = models.CharField(max_length=13, blank=True, db_index=True)  # the case that tells it
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    added_day = models.DateField(null=True, blank=True)
    unread = models.PositiveIntegerField(default=0)  # times she wrote since her team looked

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("ticket", "channel", "door", "day", "origin", "team_code", "danger", "urgency"),
            *("child", "sex", "age_band", "relation", "place", "area_code", "event_when"),
            *("disability", "contact_via", "officer_sex", "avoid_team", "state", "flood"),
            *("handler", "passed_to", "case_code", "same_as", "added_day", "unread"),
        ),
        "open",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["team_code", "state", "urgency", "-id"], name="intake_worklist"),
            models.Index(fields=["team_code", "urgency", "-id"], name="intake_of_all_states"),
            models.Index(
                fields=["team_code"], condition=models.Q(unread__gt=0), name="intake_unread"
            ),
        ]

    def __str__(self) -> str:
        return self.ticket.number

    @property
    def read_first(self) -> bool:
        """Whether it is left out of what is done to many at once."""
        return to_be_read_first(self.urgency, child=self.child, unread=self.unread > 0)


class FieldNote(models.Model):
    """What somebody in the field said by tapping: how grave the signs were; and whose card signed.

    Profile and kelurahan are the helper's on that day; the card's number leads to the name only
    whoever keeps the list of helpers.
    """

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="field_note")
    level = models.CharField(max_length=8, choices=Signs.choices)
    proof = models.CharField(max_length=8, choices=Proof.choices, blank=True)
    profile = models.CharField(max_length=16, blank=True)
    area_code = models.CharField(max_length=13, blank=True)
    card = models.CharField(max_length=8, blank=True)

    privacy: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("report", "level", "proof", "profile", "area_code"), "open"),
        "card": "personal",
    }

    def __str__(self) -> str:
        return f"{self.report_id} {self.level}"


class Reissue(models.Model):
    """A new code that a member gave for a lost one: what agreed, how they met, who looked at it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="reissues")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reissues"
    )
    facts = models.CharField(max_length=64)  # codes of Fact, with commas between
    met = models.CharField(max_length=8, choices=Met.choices)
    at = models.DateTimeField()
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    looked_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("report", "by", "facts", "met", "at", "looked_by", "looked_at"), "open"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["report"],
                condition=models.Q(looked_by__isnull=True),
                name="intake_reissue_waits",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.at}"

    @property
    def agreed(self) -> list[str]:
        """What agreed, in words."""
        return [str(Fact(one).label) for one in self.facts.split(",")]


class Coded(models.Model):
    """One answer of a question that takes several: kind of violence, need, barrier."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="coded")
    question = models.CharField(max_length=16)
    code = models.CharField(max_length=32)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("report", "question", "code"), "open")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "question", "code"], name="intake_coded_once")
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.code}"


class Addition(models.Model):
    """Something its sender added to a report; `number` is the generation of its compartments.

    `token` tells a repeated request from a second addition. `with_message`: the number of her
    message with which it came, where it is a file of a conversation.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="additions")
    number = models.PositiveIntegerField()
    token = models.CharField(max_length=22)
    day = models.DateField()
    origin = models.CharField(max_length=8, choices=Origin.choices)
    with_message = models.PositiveIntegerField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("report", "number", "token", "day", "origin", "with_message"), "open"
    )

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="intake_addition_number"),
            models.UniqueConstraint(fields=["report", "token"], name="intake_addition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.number}"


class AddedFact(models.Model):
    """A coded answer that came with an addition: beside what was answered first, never over it."""

    addition = models.ForeignKey(Addition, on_delete=models.CASCADE, related_name="facts")
    question = models.CharField(max_length=16)
    code = models.CharField(max_length=32)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("addition", "question", "code"), "open")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["addition", "question", "code"], name="intake_added_fact_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.code}"


class Step(models.Model):
    """One step of triage: who moved the report where, on which day."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="steps")
    to = models.CharField(max_length=16, choices=State.choices)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    day = models.DateField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("report", "to", "member", "day"), "open")

    def __str__(self) -> str:
        return f"{self.report_id} {self.to}"
