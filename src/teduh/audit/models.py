"""The trail: rows, the names each row touches, and the one head everybody queues for."""

from typing import Any, ClassVar, Never

from django.db import models

from teduh.audit.rules import Line, TrailOnlyGrows


class RowQuery(models.QuerySet["Row"]):
    """Reading the trail; nothing here writes."""

    def update(self, **kwargs: object) -> Never:
        """Never: raises TrailOnlyGrows."""
        raise TrailOnlyGrows

    def delete(self) -> Never:
        """Never: raises TrailOnlyGrows."""
        raise TrailOnlyGrows

    def touching(self, subject: str) -> "RowQuery":
        """Rows about a subject, also those of lists that named it."""
        named = Mention.objects.filter(subject=subject).values("number")
        return self.filter(models.Q(subject=subject) | models.Q(number__in=named))


class Row(models.Model):
    """One thing somebody did. No foreign keys: it must outlive what it names."""

    privacy: ClassVar[dict[str, str]] = {
        "number": "open",
        "at": "open",
        "by_kind": "open",
        "by_code": "open",
        "verb": "open",
        "subject": "open",
        "detail": "open",
        "previous": "open",
        "hash": "open",
    }

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=12)
    by_code = models.CharField(max_length=40, blank=True, db_index=True)
    verb = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=80, blank=True, db_index=True)
    detail = models.TextField(blank=True)
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64)

    objects = RowQuery.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only a new row is saved; raises TrailOnlyGrows."""
        if not self._state.adding:
            raise TrailOnlyGrows
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Never: raises TrailOnlyGrows."""
        raise TrailOnlyGrows

    @property
    def line(self) -> Line:
        """What of this row is hashed."""
        return Line(
            self.number,
            self.at,
            self.by_kind,
            self.by_code,
            self.verb,
            self.subject,
            self.detail,
            self.previous,
        )


class Mention(models.Model):
    """A subject named by a row about many (a list that was shown): an index, proved by the row."""

    privacy: ClassVar[dict[str, str]] = {"number": "open", "subject": "open"}

    number = models.PositiveBigIntegerField()
    subject = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="audit_mention_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"


class Head(models.Model):
    """The newest row: one line in the table, locked by everybody who appends."""

    privacy: ClassVar[dict[str, str]] = {"number": "open", "hash": "open"}

    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head")]

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"
