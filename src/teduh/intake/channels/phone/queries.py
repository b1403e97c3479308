"""Reading calls; everything starts at visible_to(member)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet, Sum

from teduh.access.models import Member
from teduh.access.queries import barred, hotline_of
from teduh.access.words import Right
from teduh.intake.channels.phone.models import Call, CallDay
from teduh.intake.channels.phone.words import CallKind

SHOWN = 20  # broken calls on the page; more are a sign that nobody ends them
DAYS_SHOWN = 31


@dataclass(frozen=True, slots=True)
class KindTold:
    """Calls of one sort in a month, and how long they took together, in seconds."""

    kind: CallKind
    count: int
    seconds: int

    @property
    def minutes(self) -> int:
        """Whole minutes of an average call, at least one where there was any."""
        return max(1, round(self.seconds / self.count / 60)) if self.count else 0


def visible_to(member: Member) -> QuerySet[Call]:
    """Calls of the member's own teams, for whoever files reports."""
    if not member.may(Right.FILE_REPORTS):
        return Call.objects.none()
    return Call.objects.filter(team_code__in=member.team_codes()).select_related("member")


def unfinished(member: Member) -> list[Call]:
    """Calls that broke, the newest first: anybody of the team may go on with them."""
    rows = visible_to(member).filter(open=True).exclude(code__in=barred(member))
    return list(rows.order_by("-started_at", "-pk")[:SHOWN])


def one(member: Member, code: str) -> Call | None:
    """An open call the member may go on with, else None (a 404)."""
    return visible_to(member).filter(code=code, open=True).exclude(code__in=barred(member)).first()


def team_of(member: Member) -> str:
    """The code of the team whose calls this member takes; empty for somebody in no team."""
    return hotline_of(member)


def counted(member: Member, month: date) -> list[KindTold]:
    """Calls of the member's teams in a month, by sort, those that are over and those that broke."""
    after = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
    rows = visible_to(member).filter(day__gte=month.replace(day=1), day__lt=after)
    found = {
        row["kind"]: (row["n"], row["s"])
        for row in rows.order_by().values("kind").annotate(n=Count("pk"), s=Sum("seconds"))
    }
    return [KindTold(kind, *found.get(kind, (0, 0))) for kind in CallKind]


def days(member: Member) -> list[CallDay]:
    """What the exchange of the member's teams counted, the newest days first."""
    if not member.may(Right.FILE_REPORTS):
        return []
    return list(CallDay.objects.filter(team_code__in=member.team_codes())[:DAYS_SHOWN])
