"""Promises, their misses, and the versions of a procedure that two people approve."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from teduh.sop.words import Band, Ended, Pause, Reason


class PromiseQuery(models.QuerySet["Promise"]):
    """Promises, by what is still to come of them."""

    def running(self) -> Self:
        """Neither met nor ended."""
        return self.filter(met_at__isnull=True, ended_at__isnull=True)

    def waiting(self, at: datetime) -> Self:
        """Running, and with something that happens by itself at `at` or before, oldest first."""
        return self.running().filter(next_at__lte=at).order_by("next_at", "id")


class Promise(models.Model):
    """One step promised for one subject, with the version of the procedure it was promised under.

    `about`: which of several things of the subject it is promised of, such as one referral; empty
    where a step is promised of the subject as a whole.
    `moment`: how many of its moments (nudge, miss, rungs) have been seen to; `next_at`: the time
    of the next one, none while it is paused or when nothing more comes by itself.
    """

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "subject",
            "about",
            "team_code",
            "book",
            "version",
            "step",
            "band",
            "owner",
            "began_at",
            "due_at",
            "moment",
            "next_at",
            "paused_at",
            "pause",
            "met_at",
            "missed_at",
            "ended_at",
            "ended",
            "heard_at",
            "heard_by",
            "out_of_turn",
            "asks_reason",
            "reason",
            "explained_at",
            "explained_by",
        ),
        "open",
    )

    subject = models.CharField(max_length=40, db_index=True)
    about = models.CharField(max_length=40, blank=True)
    team_code = models.CharField(max_length=32)
    book = models.CharField(max_length=32)
    version = models.CharField(max_length=16)
    step = models.CharField(max_length=32)
    band = models.CharField(max_length=8, choices=Band.choices)  # the one that set its time
    owner = models.CharField(max_length=32, blank=True)  # code of the member who answers for it
    began_at = models.DateTimeField()
    due_at = models.DateTimeField()
    moment = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    pause = models.CharField(max_length=12, choices=Pause.choices, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    missed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=12, choices=Ended.choices, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)  # somebody said they know it is late
    heard_by = models.CharField(max_length=32, blank=True)
    out_of_turn = models.BooleanField(default=False)  # met before a step that comes first
    asks_reason = models.BooleanField(default=False)  # late or out of turn, and nobody said why yet
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    explained_at = models.DateTimeField(null=True, blank=True)
    explained_by = models.CharField(max_length=32, blank=True)

    objects = PromiseQuery.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(
                fields=["next_at", "id"],
                condition=Q(met_at__isnull=True, ended_at__isnull=True),
                name="sop_next",
            ),
            models.Index(
                fields=["team_code", "due_at", "owner", "paused_at", "missed_at", "heard_at"],
                condition=Q(met_at__isnull=True, ended_at__isnull=True),
                name="sop_board",
            ),
            models.Index(  # for whoever sees every team
                fields=["due_at", "id"],
                condition=Q(met_at__isnull=True, ended_at__isnull=True, paused_at__isnull=True),
                name="sop_due",
            ),
            models.Index(  # what nobody heard of, counted without opening a row
                fields=["due_at", "team_code", "subject"],
                condition=Q(
                    met_at__isnull=True,
                    ended_at__isnull=True,
                    paused_at__isnull=True,
                    missed_at__isnull=False,
                    heard_at__isnull=True,
                ),
                name="sop_unheard",
            ),
            models.Index(  # who has most that was missed
                fields=["team_code", "owner"],
                condition=Q(
                    met_at__isnull=True,
                    ended_at__isnull=True,
                    paused_at__isnull=True,
                    missed_at__isnull=False,
                ),
                name="sop_missed",
            ),
            models.Index(  # counts by person without opening or sorting a row
                fields=["team_code", "owner", "due_at"],
                condition=Q(met_at__isnull=True, ended_at__isnull=True, paused_at__isnull=True),
                name="sop_people",
            ),
            models.Index(
                fields=["team_code", "met_at"],
                condition=Q(asks_reason=True),
                name="sop_asks_reason",
            ),
            models.Index(  # for whoever sees every team
                fields=["met_at", "id"], condition=Q(asks_reason=True), name="sop_asks"
            ),
            models.Index(
                fields=["team_code", "owner"],
                condition=Q(met_at__isnull=True, ended_at__isnull=True, paused_at__isnull=False),
                name="sop_waiting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "step", "about"],
                condition=Q(met_at__isnull=True, ended_at__isnull=True),
                name="sop_one_running",
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("began_at")), name="sop_due_after"),
            models.CheckConstraint(
                condition=Q(met_at__isnull=True) | Q(ended_at__isnull=True), name="sop_one_end"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended="") | Q(ended_at__isnull=False),
                name="sop_end_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True, pause="")
                | Q(paused_at__isnull=False, next_at__isnull=True),
                name="sop_pause_stops",
            ),
            models.CheckConstraint(
                condition=Q(reason="", explained_at__isnull=True)
                | (~Q(reason="") & Q(explained_at__isnull=False, asks_reason=False)),
                name="sop_reason_said",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.step}"


class Miss(models.Model):
    """A promise that was not kept in time, as it stood then. Never changed."""

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("promise", "moment", "due_at", "noticed_at"), "open"
    )

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="misses")
    moment = models.PositiveSmallIntegerField()  # 1 is the miss itself, then the rungs
    due_at = models.DateTimeField()
    noticed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promise", "moment"], name="sop_miss_once"),
        ]

    def __str__(self) -> str:
        return f"{self.promise_id} {self.moment}"


class VersionQuery(models.QuerySet["Version"]):
    """Versions, by whether they may be gone by."""

    def approved(self) -> Self:
        """Those that two people approved."""
        return self.filter(approved_at__isnull=False)


class Version(models.Model):
    """One version of a procedure as somebody proposed it, word for word. Its text never changes."""

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("book", "version", "since", "sha", "text", "drafted_by", "drafted_at", "approved_at"),
        "open",
    )

    book = models.CharField(max_length=32)
    version = models.CharField(max_length=16)
    since = models.DateField()
    sha = models.CharField(max_length=64)  # SHA-256 of the text, in hex
    text = models.TextField()
    drafted_by = models.CharField(max_length=32)
    drafted_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)  # of the second approval

    objects = VersionQuery.as_manager()

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["book", "version"], name="sop_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.book}.{self.version}"


class Approval(models.Model):
    """One person's yes to a version."""

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("version", "by", "at"), "open")

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="approvals")
    by = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "by"], name="sop_approval_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} by {self.by}"
