"""Reading conversations for the desk; everything starts at what the member may see."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery

from teduh.access.models import Member
from teduh.chat.models import Conversation, Message
from teduh.chat.queries import conversations, pace_of
from teduh.chat.rules import minutes_between
from teduh.chat.words import Pace
from teduh.intake.channels.chat.words import Pick
from teduh.intake.models import Report
from teduh.intake.queries import visible_to
from teduh.vault.queries import count_files

COLUMNS = 3  # conversations beside each other; more do not fit a desk


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as the desk shows it: its report, where it stands, how long she waits (minutes)."""

    report: Report
    standing: Conversation
    waits: int | None

    @property
    def number(self) -> str:
        """Its ticket."""
        return self.report.ticket.number

    @property
    def version(self) -> str:
        """Changes with everything a column shows; tells nothing else."""
        now = self.standing
        newest = Message.objects.filter(subject=self.number).aggregate(n=Max("id"))["n"]
        files = count_files(self.number)["whole"]  # they follow their message
        told = (newest, files, now.away, now.ended_day, now.waiting_since)
        of_report = (self.report.unread, self.report.handler_id, self.report.state)
        return hashlib.sha256(repr((told, of_report, self.report.urgency)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Load:
    """How much one member holds: conversations that run, those that wait, the longest wait (minutes)."""

    name: str
    held: int
    waiting: int
    longest: int | None


def talks(member: Member, pick: Pick) -> QuerySet[Report]:
    """Reports with a conversation: danger first, then who waits longest, then the newest."""
    standing = Conversation.objects.filter(subject=OuterRef("ticket__number"))
    over = standing.filter(ended_day__isnull=False)
    rows = visible_to(member).filter(Exists(over if pick == Pick.ENDED else standing))
    if pick != Pick.ENDED:
        rows = rows.exclude(Exists(over))
    if pick == Pick.WAITING:
        rows = rows.filter(Exists(standing.filter(waiting_since__isnull=False)))
    if pick == Pick.MINE:
        rows = rows.filter(handler=member)
    since = rows.annotate(since=Subquery(standing.values("waiting_since")[:1]))
    return since.order_by("urgency", F("since").asc(nulls_last=True), "-id")


def shown(rows: Iterable[Report], at: datetime) -> list[Talk]:
    """These reports as the desk shows them."""
    reports = list(rows)
    standing = conversations([one.ticket.number for one in reports])
    return [
        Talk(one, standing[one.ticket.number], _waits(standing[one.ticket.number], at))
        for one in reports
        if one.ticket.number in standing
    ]


def open_talks(member: Member, numbers: Iterable[str], at: datetime) -> list[Talk]:
    """Those of these tickets that the member may see, in the order asked for, as many as fit."""
    asked = list(dict.fromkeys(numbers))[:COLUMNS]
    seen = visible_to(member).prefetch_related("coded").filter(ticket__number__in=asked)
    found = {one.number: one for one in shown(seen, at)}
    return [found[number] for number in asked if number in found]


def loads(member: Member, at: datetime) -> list[Load]:
    """Who holds how much in the member's teams, nobody's first; numbers, no ticket."""
    rows = Report.objects.filter(team_code__in=member.team_codes())
    standing = Conversation.objects.filter(subject=OuterRef("ticket__number"))
    running = rows.filter(Exists(standing.filter(ended_day__isnull=True)))
    since = running.annotate(since=Subquery(standing.values("waiting_since")[:1]))
    found = since.values("handler__name").annotate(
        held=Count("pk"), waiting=Count("pk", filter=Q(since__isnull=False)), oldest=Min("since")
    )
    return [
        Load(
            row["handler__name"] or "",
            row["held"],
            row["waiting"],
            minutes_between(row["oldest"], at) if row["oldest"] else None,
        )
        for row in found.order_by(F("handler__name").asc(nulls_first=True))
    ]


def paces(member: Member, at: datetime) -> dict[str, Pace]:
    """How long each of the member's teams took to answer, by its code."""
    return {code: pace_of(code, at) for code in sorted(member.team_codes())}


def _waits(row: Conversation, at: datetime) -> int | None:
    return minutes_between(row.waiting_since, at) if row.waiting_since else None


def name_of(content: bytes) -> str:
    """A name for an answer: another one for any other content."""
    return hashlib.sha256(content).hexdigest()
