"""Reading a thread."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Max, Q, QuerySet

from teduh.chat import rules
from teduh.chat.models import Conversation, Message
from teduh.chat.words import Crowd, Pace, Side
from teduh.lib.timing import local_day
from teduh.vault.packages import SealedItem
from teduh.vault.queries import are_kept

PACED = 50  # newest answers of a team that its pace is told from


@dataclass(frozen=True, slots=True)
class Waiting:
    """What whoever waits is told of it."""

    crowd: Crowd
    pace: Pace


def thread(subject: str) -> QuerySet[Message]:
    """The messages of a ticket in the order they came."""
    return Message.objects.filter(subject=subject).order_by("id")


def thread_of_holder(subject: str) -> QuerySet[Message]:
    """Those of them that whoever holds the code may read."""
    return thread(subject).filter(closed=False)


def file_with(subject: str, number: int) -> str:
    """The file that came with a message of the office that the holder may read; empty without one."""
    rows = thread_of_holder(subject).filter(side=Side.OFFICE, seq=number)
    return rows.values_list("file", flat=True).first() or ""


def newest(subject: str, before: str = "") -> list[Message]:
    """As many messages as an answer to the holder has slots: the newest, also before a known item."""
    rows = thread_of_holder(subject)
    if before:
        rows = rows.filter(id__lt=rows.filter(item=before).values("id"))
    return list(rows.reverse()[: rules.SLOTS])[::-1]


def answered(subjects: Collection[str]) -> set[str]:
    """Those of these tickets to which the office has written, in one query."""
    written = Message.objects.filter(subject__in=subjects, side=Side.OFFICE)
    return set(written.values_list("subject", flat=True).distinct())


def next_seq(subject: str, side: Side) -> int:
    """The number the next message of this side carries (1, 2, 3…)."""
    newest = Message.objects.filter(subject=subject, side=side).aggregate(n=Max("seq"))["n"]
    return (newest or 0) + 1


def kept_before(subject: str, side: Side, items: Sequence[SealedItem]) -> bool:
    """Whether these messages came before: an answer that is lost lets its sender send them again."""
    rows = Message.objects.filter(subject=subject, side=side, item__in=[one.item for one in items])
    return bool(items) and rows.count() == len(items) and are_kept(subject, items)


def conversation(subject: str) -> Conversation | None:
    """Where the thread of a ticket stands; None while its holder has written nothing."""
    return Conversation.objects.filter(subject=subject).first()


def conversations(subjects: Collection[str]) -> dict[str, Conversation]:
    """The same for several tickets, by ticket, in one query."""
    return {row.subject: row for row in Conversation.objects.filter(subject__in=subjects)}


def waiting(row: Conversation, at: datetime) -> Waiting | None:
    """How many wait before her, and how long an answer takes; None where she waits for none."""
    if row.waiting_since is None:
        return None
    others = Conversation.objects.filter(team_code=row.team_code)
    before = others.filter(waiting_since__lt=row.waiting_since)[: rules.FEW + 1].count()
    return Waiting(Crowd(rules.crowd(before)), pace_of(row.team_code, at))


def standing(subject: str, at: datetime) -> dict[str, object]:
    """What the holder of a ticket is told of where her conversation stands; nothing before it began."""
    row = conversation(subject)
    return {
        "standing": row,
        "waiting": waiting(row, at) if row else None,
        "kept_days": settings.TEDUH_CHAT_DAYS,
    }


def newest_row(subject: str) -> int:
    """The number of the newest message of a ticket in its table; 0 before the first."""
    return thread(subject).aggregate(n=Max("id"))["n"] or 0


def mark(subject: str, at: datetime) -> tuple[object, ...]:
    """Changes with what `standing` tells."""
    row = conversation(subject)
    if row is None:
        return ()
    told = waiting(row, at)
    words = (told.crowd, told.pace) if told else ()
    return (row.away, row.ended_day, row.ended_by, row.erased_day, *words)


def gone_quiet(day: date, days: int) -> QuerySet[Conversation]:
    """Conversations that end by themselves on this day, the longest silence first."""
    waits = Q(waiting_since__isnull=False)
    due = Q(word_day__lte=rules.quiet_since(day, days, waits=True))
    due |= ~waits & Q(word_day__lte=rules.quiet_since(day, days, waits=False))
    return Conversation.objects.filter(due, ended_day__isnull=True).order_by("word_day", "pk")


def unanswered(day: date, days: int) -> QuerySet[Conversation]:
    """Those in which she has waited for so many days, and nobody was told of it."""
    until = rules.quiet_since(day, days, waits=False)
    waiting = Conversation.objects.filter(waiting_since__isnull=False, reminded_day__isnull=True)
    return waiting.filter(word_day__lte=until, ended_day__isnull=True).order_by("word_day", "pk")


def pace_of(team_code: str, at: datetime) -> Pace:
    """How long a team took to answer in the last days."""
    since = local_day(at) - timedelta(days=rules.LOOK_BACK_DAYS)
    rows = Conversation.objects.filter(team_code=team_code, answered_day__gte=since)
    waited = rows.order_by("-answered_day", "-id").values_list("waited", flat=True)[:PACED]
    return Pace(rules.pace([minutes or 0 for minutes in waited]))
