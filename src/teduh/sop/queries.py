"""Reading promises; everything starts at visible_to(member)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise as Lazy
from django.utils.translation import get_language, gettext, ngettext

from teduh.access.models import Member
from teduh.access.queries import team_names
from teduh.access.roles import role_label
from teduh.access.words import Right
from teduh.sop import books
from teduh.sop.models import Promise, PromiseQuery
from teduh.sop.rules import Book
from teduh.sop.words import Band, Calendar

SOON = timedelta(hours=2)  # the second column of the board
BOARD = 100  # rows of each column; more are told as a number


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

    @property
    def late(self) -> bool:
        """Whether it runs and its time is over."""
        return self.stands == "late"

    @property
    def open(self) -> bool:
        """Whether its time runs."""
        return self.stands in {"running", "late"}

    @property
    def to_hear(self) -> bool:
        """Whether it was missed and nobody has said that they know."""
        return self.late and self.row.missed_at is not None and self.row.heard_at is None


@dataclass(frozen=True, slots=True)
class Described:
    """A step of a procedure in words."""

    title: str
    within: list[tuple[str | Lazy, str]]
    nudge: str
    calendar: str | Lazy
    owner: str | Lazy
    rungs: list[tuple[str | Lazy, str]]
    source: str
    proposal: bool


@dataclass(frozen=True, slots=True)
class Event:
    """What happens, in words, and the titles of the steps it begins or meets."""

    title: str
    begins: list[str]
    meets: list[str]


def visible_to(member: Member) -> PromiseQuery:
    """Promises of the member's own teams; whoever oversees the office sees those of every team."""
    if member.oversees_all:
        return Promise.objects.all()
    if member.may(Right.READ_REPORTS):
        return Promise.objects.filter(team_code__in=member.team_codes())
    return Promise.objects.none()


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


def next_waiting(at: datetime) -> Promise | None:
    """The promise whose next moment came first, if one has come."""
    return Promise.objects.waiting(at).first()


def one(member: Member, number: int) -> Promise | None:
    """A promise this member may see, or None (a 404)."""
    return visible_to(member).filter(pk=number).first()


def lines(rows: PromiseQuery, at: datetime) -> list[Line]:
    """The first hundred of these promises as a page shows them."""
    teams = team_names()
    return [_line(row, at, teams.get(row.team_code, row.team_code)) for row in rows[:BOARD]]


def lines_of(subject: str, at: datetime) -> list[Line]:
    """All promises to a subject as its page shows them, without their team."""
    return [_line(row, at, "") for row in of_subject(subject)]


def described(book: Book) -> list[Described]:
    """The steps of a procedure in words, for its printed page."""
    return [
        Described(
            title=_words(step.title),
            within=[(Band(band).label, span_in_words(step.within[band])) for band in Band.values],
            nudge=span_in_words(step.nudge),
            calendar=(Calendar.OFFICE if step.office_hours else Calendar.ALWAYS).label,
            owner=role_label(step.owner),
            rungs=[(role_label(one.role), span_in_words(one.after)) for one in step.rungs],
            source=_words(step.source),
            proposal=step.proposal,
        )
        for step in book.steps.values()
    ]


def events_of(book: Book) -> list[Event]:
    """What may happen, and which steps it begins or meets, in the order of the file."""
    told: dict[str, Event] = {}
    for step in book.steps.values():
        for name in (*step.starts, *step.stops):
            words = book.events.get(name)
            told.setdefault(name, Event(_words(words) if words else name, [], []))
        for name in step.starts:
            told[name].begins.append(_words(step.title))
        for name in step.stops:
            told[name].meets.append(_words(step.title))
    order = list(book.events) or list(told)
    return [told[name] for name in order]


def _line(row: Promise, at: datetime, team: str) -> Line:
    step = books.step(row.book, row.version, row.step)
    span = span_in_words(abs((row.paused_at or row.met_at or row.ended_at or at) - row.due_at))
    return Line(row, _words(step.title), team, _stands(row, at), span)


def _stands(row: Promise, at: datetime) -> str:
    if row.met_at:
        return "met" if row.met_at <= row.due_at else "met_late"
    if row.ended_at:
        return "ended"
    if row.paused_at:
        return "paused"
    return "late" if row.due_at <= at else "running"


def _words(title: Mapping[str, str]) -> str:
    return title[(get_language() or "id")[:2]]


def span_in_words(span: timedelta) -> str:
    """A time in its largest one or two units: "2 jam 5 menit"."""
    minutes = int(span.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        (days, ngettext("%(n)d hari", "%(n)d hari", days)),
        (hours, ngettext("%(n)d jam", "%(n)d jam", hours)),
        (minutes, ngettext("%(n)d menit", "%(n)d menit", minutes)),
    ]
    told = [text % {"n": number} for number, text in parts if number][:2]
    return " ".join(told) or gettext("kurang dari 1 menit")
