"""What is written down day by day: notes, attempts to reach the survivor, tasks."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from teduh.cases.models.case import Case
from teduh.cases.words import ContactOutcome, ContactWay, TaskKind, TaskState


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


class TaskQuery(models.QuerySet["Task"]):
    """Tasks, by whether they are still to be done."""

    def open(self) -> Self:
        """Neither done nor dropped."""
        return self.filter(state=TaskState.OPEN)


class Task(models.Model):
    """Something one member is to do in a case until a day. `item`: its sealed words, or none."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=12, choices=TaskKind.choices)
    item = models.CharField(max_length=22, blank=True)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    state = models.CharField(max_length=8, choices=TaskState.choices, default=TaskState.OPEN)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "kind", "item", "who", "due", "state"), "open"
    )

    objects = TaskQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["due", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["who", "due"], condition=models.Q(state="open"), name="cases_tasks"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.state}"
