"""Two reports or cases that speak of one person or one incident: one asked, another agreed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from teduh.access.models import TwoHands
from teduh.cases.words import LinkAnswer, LinkKind


class Link(TwoHands):
    """What two subjects have in common. Each stays what it is: nothing is merged or opened by it.

    `one` and `other`: tickets or codes of cases, the smaller text first.
    """

    one = models.CharField(max_length=40, db_index=True)
    other = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=10, choices=LinkKind.choices)
    answer = models.CharField(max_length=10, choices=LinkAnswer.choices, blank=True)
    answered_day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("one", "other", "kind", "asker", "asked_day", "answer", "answerer", "answered_day"),
        "open",
    )

    class Meta(TwoHands.Meta):
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            *TwoHands.Meta.constraints,
            models.UniqueConstraint(
                fields=["one", "other", "kind"],
                condition=~Q(answer=LinkAnswer.DECLINED),
                name="cases_link_once",
            ),
            models.CheckConstraint(condition=~Q(one=F("other")), name="cases_link_two_subjects"),
            models.CheckConstraint(
                condition=Q(answer="", answerer__isnull=True, answered_day__isnull=True)
                | (~Q(answer="") & Q(answerer__isnull=False, answered_day__isnull=False)),
                name="cases_link_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} {self.kind} {self.other}"
