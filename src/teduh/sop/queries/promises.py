"""Reading promises; everything starts at visible_to(member)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _

from teduh.access.models import Member
from teduh.access.queries import barred, names, team_names
from teduh.access.words import Right
from teduh.lib.prepared import Prepared
from teduh.sop.models import Promise, PromiseQuery
from teduh.sop.queries.versions import step as step_of
from teduh.sop.queries.words import span_in_words, words_of
from teduh.sop.words import Band

BOARD = 30  # rows of each column: nobody reads more of a wall; the rest follows as these are met


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
    def said(self) -> str:
        """How it stands, in words."""
        if self.stands == "late":
            return _("terlambat %(span)s") % {"span": self.span}
        if self.stands == "met_late":
            return _("ditepati, terlambat %(span)s") % {"span": self.span}
        if self.stands == "running":
            return _("dalam %(span)s") % {"span": self.span}
        if self.stands == "ended":
            return self.row.get_ended_display()
        return _("ditepati") if self.stands == "met" else _("ditunda")

    @property
    def place(self) -> str:
        """Whose it is: the team, the band of the risk, and who answers for it."""
        return " · ".join(filter(None, (self.team, str(self.band), self.owner)))

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


def steps_running(subject: str, about: str) -> set[str]:
    """The steps that are promised of one thing of a subject, or of the subject as a whole."""
    return set(_STEPS_RUNNING(subject=subject, about=about))


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


def lines(rows: Iterable[Promise], at: datetime) -> list[Line]:
    """These promises as a page shows them."""
    shown = list(rows)
    return named(shown, at, team_names(), owners_of(shown))


def named(
    rows: Iterable[Promise], at: datetime, teams: Mapping[str, str], owners: Mapping[str, str]
) -> list[Line]:
    """The same with names that are known already, of teams and of members by code."""
    return [_line(row, at, teams.get(row.team_code, row.team_code), owners) for row in rows]


def lines_of(subject: str, at: datetime) -> list[Line]:
    """All promises to a subject as its page shows them, without their team."""
    rows = of_subject(subject)
    return lines_called(rows, at, owners_of(rows))


def lines_called(rows: Iterable[Promise], at: datetime, called: Mapping[str, str]) -> list[Line]:
    """The same of promises read already; `called`: names of those who answer for them, by code."""
    return [_line(row, at, "", called) for row in rows]


def owners_of(rows: Iterable[Promise], also: Iterable[str] = ()) -> dict[str, str]:
    """Names of whoever answers for these promises, and of these other members, by code."""
    codes = {*(row.owner for row in rows), *also} - {""}
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


# What is asked while somebody who sends a report waits.
_STEPS_RUNNING = Prepared(
    lambda subject, about: (
        Promise.objects.running()
        .filter(subject=subject, about=about)
        .values_list("step", flat=True)
    ),
    subject=str,
    about=str,
)
