"""Reading promises; everything starts at visible_to(member)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, Value
from django.utils.functional import Promise as Lazy

from teduh.access.models import Member
from teduh.access.queries import barred, names, team_names
from teduh.access.words import Right
from teduh.sop.models import Promise, PromiseQuery
from teduh.sop.queries.versions import step as step_of
from teduh.sop.queries.words import span_in_words, words_of
from teduh.sop.words import Band

SOON = timedelta(hours=2)  # the second column of the board
BOARD = 30  # rows of each column: nobody reads more of a wall; the rest follows as these are met
PEOPLE = 20  # rows of the tallies: those of a whole team, where no team is large
ASKED = timedelta(days=30)  # so long the board asks why something was late


@dataclass(frozen=True, slots=True)
class Line:
    """A promise as a page shows it; `span`: how late it is, or how long there still is.

    `stands`: running, late, paused, met, met_late or ended.
    """

    row: Promise
    title: str
    team: str
    stands: str
    span: str
    owner: str = ""

    @property
    def band(self) -> str | Lazy:
        """The risk that set its time, in words."""
        return Band(self.row.band).label

    @property
    def page(self) -> str:
        """The page of its subject, a report or a case."""
        subject = self.row.subject
        return f"/kantor/{'kasus' if subject.startswith('KSS-') else 'laporan'}/{subject}/"

    @property
    def to_explain(self) -> bool:
        """Whether it was met late or out of turn, and nobody said why."""
        return self.row.asks_reason

    @property
    def late(self) -> bool:
        """Whether it runs and its time is over."""
        return self.stands == "late"

    @property
    def over(self) -> bool:
        """Whether it was met, or need not be met any more."""
        return self.stands in {"met", "met_late", "ended"}

    @property
    def open(self) -> bool:
        """Whether its time runs."""
        return self.stands in {"running", "late"}

    @property
    def to_hear(self) -> bool:
        """Whether it was missed and nobody has said that they know."""
        return self.late and self.row.missed_at is not None and self.row.heard_at is None


@dataclass(frozen=True, slots=True)
class Tally:
    """How much a team has to do, or one person of it; nobody where nobody answers for it alone."""

    team: str
    person: str
    team_code: str
    owner: str
    late: int
    soon: int
    later: int


def visible_to(member: Member) -> PromiseQuery:
    """Promises of the member's own teams; whoever oversees the office sees those of every team.

    None of a subject that a conflict of interest keeps the member from.
    """
    if member.oversees_all:
        return _open_to(member, Promise.objects.all())
    if member.may(Right.READ_REPORTS):
        return _open_to(member, Promise.objects.filter(team_code__in=member.team_codes()))
    return Promise.objects.none()


def _open_to(member: Member, rows: PromiseQuery) -> PromiseQuery:
    kept = barred(member)
    return rows.exclude(subject__in=kept) if kept else rows


def overdue(member: Member, at: datetime) -> PromiseQuery:
    """Running promises whose time is over, the longest first; what is paused is not late."""
    return visible_to(member).running().filter(due_at__lte=at, paused_at__isnull=True)


def soon(member: Member, at: datetime) -> PromiseQuery:
    """Running promises due within two hours."""
    return (
        visible_to(member)
        .running()
        .filter(due_at__gt=at, due_at__lte=at + SOON, paused_at__isnull=True)
    )


def later(member: Member, at: datetime, until: datetime) -> PromiseQuery:
    """Running promises due after these two hours, up to `until`."""
    return (
        visible_to(member)
        .running()
        .filter(due_at__gt=at + SOON, due_at__lte=until, paused_at__isnull=True)
    )


def unexplained(member: Member, at: datetime) -> PromiseQuery:
    """Promises of the last thirty days met late or out of turn, of which nobody said why."""
    rows = visible_to(member).filter(asks_reason=True, met_at__gt=at - ASKED)
    return rows.order_by("met_at", "id")


def narrowed(rows: PromiseQuery, team_code: str, owner: str) -> PromiseQuery:
    """Only those of a team, and of a member, where one is named."""
    if team_code:
        rows = rows.filter(team_code=team_code[:32])
    return rows.filter(owner=owner[:32]) if owner else rows


def tallies(
    member: Member, at: datetime, until: datetime, *, by_person: bool, team_code: str = ""
) -> list[Tally]:
    """How much each team, or each person of it, has to do: the `PEOPLE` who have most overdue.

    `team_code`: only of this team, where one is named.
    """
    rows = narrowed(visible_to(member).running(), team_code, "")
    rows = rows.filter(paused_at__isnull=True)
    person = F("owner") if by_person else Value("")
    counted = (
        rows.order_by()
        .values("team_code", person=person)
        .annotate(
            late=Count("due_at", filter=Q(due_at__lte=at)),
            soon=Count("due_at", filter=Q(due_at__gt=at, due_at__lte=at + SOON)),
            # Not asked of the rows: SQLite would read them by due time, and sort them by person.
            later=Count("due_at", filter=Q(due_at__gt=at + SOON, due_at__lte=until)),
        )
    )
    busy = (row for row in counted if row["late"] or row["soon"] or row["later"])
    found = sorted(busy, key=lambda row: (-row["late"], -row["soon"]))[:PEOPLE]
    teams, owners = team_names(), names(row["person"] for row in found if row["person"])
    told = [
        Tally(
            team=teams.get(row["team_code"], row["team_code"]),
            person=owners.get(str(row["person"]), str(row["person"])),
            team_code=row["team_code"],
            owner=str(row["person"]),
            late=row["late"],
            soon=row["soon"],
            later=row["later"],
        )
        for row in found
    ]
    return sorted(told, key=lambda one: (-one.late, -one.soon, one.team, one.person))


def of_subject(subject: str) -> list[Promise]:
    """All promises of a ticket or case, in the order in which they are due."""
    return list(Promise.objects.filter(subject=subject).order_by("due_at", "id"))


def running_of(subject: str) -> list[Promise]:
    """What is still promised for a subject."""
    return list(Promise.objects.running().filter(subject=subject))


def locked(subject: str) -> list[Promise]:
    """The same, locked: always before the trail, so that no two wait for each other."""
    rows = Promise.objects.running().filter(subject=subject).select_for_update()
    return list(rows.order_by("id"))


def last_met(subject: str) -> dict[tuple[str, str], datetime]:
    """When each step of a subject was last met, by the step and what it was promised of."""
    rows = Promise.objects.filter(subject=subject, met_at__isnull=False).order_by("met_at")
    return {(row.step, row.about): row.met_at for row in rows if row.met_at}


def next_waiting(at: datetime) -> Promise | None:
    """The promise whose next moment came first, if one has come."""
    return Promise.objects.waiting(at).first()


def one(member: Member, number: int) -> Promise | None:
    """A promise this member may see, or None (a 404)."""
    return visible_to(member).filter(pk=number).first()


def lines(rows: PromiseQuery | Sequence[Promise], at: datetime) -> list[Line]:
    """The first of these promises, at most `BOARD`, as a page shows them."""
    return columns([rows], at)[0]


def columns(of: Sequence[PromiseQuery | Sequence[Promise]], at: datetime) -> list[list[Line]]:
    """The same for each of several lists, all names looked up at once."""
    shown, teams = [list(rows[:BOARD]) for rows in of], team_names()
    owners = _owners(row for rows in shown for row in rows)
    return [
        [_line(row, at, teams.get(row.team_code, row.team_code), owners) for row in rows]
        for rows in shown
    ]


def lines_of(subject: str, at: datetime) -> list[Line]:
    """All promises to a subject as its page shows them, without their team."""
    rows = of_subject(subject)
    return lines_called(rows, at, _owners(rows))


def lines_called(rows: Iterable[Promise], at: datetime, called: Mapping[str, str]) -> list[Line]:
    """The same of promises read already; `called`: names of those who answer for them, by code."""
    return [_line(row, at, "", called) for row in rows]


def _owners(rows: Iterable[Promise]) -> dict[str, str]:
    codes = {row.owner for row in rows if row.owner}
    return names(codes) if codes else {}


def _line(row: Promise, at: datetime, team: str, owners: Mapping[str, str]) -> Line:
    step = step_of(row.book, row.version, row.step)
    span = span_in_words(abs((row.paused_at or row.met_at or row.ended_at or at) - row.due_at))
    owner = owners.get(row.owner, row.owner)
    title = f"{words_of(step.title)} ({row.about})" if row.about else words_of(step.title)
    return Line(row, title, team, _stands(row, at), span, owner)


def _stands(row: Promise, at: datetime) -> str:
    if row.met_at:
        late = row.missed_at is not None or (row.paused_at or row.met_at) > row.due_at
        return "met_late" if late else "met"
    if row.ended_at:
        return "ended"
    if row.paused_at:
        return "paused"
    return "late" if row.due_at <= at else "running"
