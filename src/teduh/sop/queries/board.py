"""The board: what is late, what is due soon, what asks why, and who has how much to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from urllib.parse import quote

from django.db.models import Count, F, Q, Value

from teduh.access.models import Member
from teduh.access.queries import team_names
from teduh.sop.models import PromiseQuery
from teduh.sop.queries.promises import BOARD, Line, named, owners_of, visible_to

SOON = timedelta(hours=2)  # the second column
PEOPLE = 20  # rows of the tallies: those of a whole team, where no team is large
ASKED = timedelta(days=30)  # so long the board asks why something was late
ASKS = 10  # promises that ask why: the rest follows as these are answered

Who = tuple[str, str]  # codes of a team, and of a member or nobody


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

    @property
    def team_page(self) -> str:
        """The board of this team."""
        return f"?tim={quote(self.team_code)}"

    @property
    def page(self) -> str:
        """The board of this person in this team."""
        return f"{self.team_page}&orang={quote(self.owner)}"


@dataclass(frozen=True, slots=True)
class Board:
    """What one page shows: at most `BOARD` promises of each column, `ASKS` and `PEOPLE` of the rest."""

    late: list[Line]
    soon: list[Line]
    later: list[Line]
    asked: list[Line]
    tallies: list[Tally]


def board(
    member: Member,
    at: datetime,
    until: datetime,
    *,
    by_person: bool = True,
    team_code: str = "",
    owner: str = "",
) -> Board:
    """What this member's board shows, all names looked up at once.

    `until`: how far the third column reaches. The tallies are of one team where one is named, never
    of one member.
    """
    seen = overdue(member, at), soon(member, at), later(member, at, until)
    of = [list(_narrowed(rows, team_code, owner)[:BOARD]) for rows in seen]
    of.append(list(_narrowed(unexplained(member, at), team_code, owner)[:ASKS]))
    counted = _counted(_counting(member, team_code), at, until, by_person=by_person)
    teams, people = team_names(), owners_of(chain(*of), (code for _team, code in counted))
    late, due, coming, asked = (named(rows, at, teams, people) for rows in of)
    return Board(late, due, coming, asked, _tallies(counted, teams, people))


def overdue(member: Member, at: datetime) -> PromiseQuery:
    """Running promises whose time is over, the longest first; what is paused is not late."""
    return _counting(member).filter(due_at__lte=at)


def soon(member: Member, at: datetime) -> PromiseQuery:
    """Running promises due within two hours."""
    return _counting(member).filter(due_at__gt=at, due_at__lte=at + SOON)


def later(member: Member, at: datetime, until: datetime) -> PromiseQuery:
    """Running promises due after these two hours, up to `until`."""
    return _counting(member).filter(due_at__gt=at + SOON, due_at__lte=until)


def unexplained(member: Member, at: datetime) -> PromiseQuery:
    """Promises of the last thirty days met late or out of turn, of which nobody said why."""
    rows = visible_to(member).filter(asks_reason=True, met_at__gt=at - ASKED)
    return rows.order_by("met_at", "id")


def _counting(member: Member, team_code: str = "") -> PromiseQuery:
    """Promises whose time runs."""
    rows = visible_to(member).running().filter(paused_at__isnull=True)
    return _narrowed(rows, team_code, "")


def _narrowed(rows: PromiseQuery, team_code: str, owner: str) -> PromiseQuery:
    """Only those of a team, and of a member, where one is named."""
    if team_code:
        rows = rows.filter(team_code=team_code[:32])
    return rows.filter(owner=owner[:32]) if owner else rows


def _counted(
    rows: PromiseQuery, at: datetime, until: datetime, *, by_person: bool
) -> dict[Who, tuple[int, int, int]]:
    """How many are late, due soon and due later: of the `PEOPLE` with most that the clock has missed.

    Of everybody only that is asked, of an index that holds nothing else; all numbers are those of
    this moment.
    """
    person = F("owner") if by_person else Value("")
    behind = rows.filter(missed_at__isnull=False).order_by().values_list("team_code", person)
    most = behind.annotate(n=Count("*")).order_by("-n", "team_code", person)[:PEOPLE]
    first = [(team, owner) for team, owner, _number in most]
    if len(first) < PEOPLE:
        rows = rows.exclude(due_at__gt=until)
    else:
        rows = rows.filter(team_code__in={team for team, _owner in first})
        rows = rows.filter(owner__in={owner for _team, owner in first}) if by_person else rows
    standing = (
        rows.order_by()
        .values_list("team_code", person)
        .annotate(
            late=Count("due_at", filter=Q(due_at__lte=at)),
            soon=Count("due_at", filter=Q(due_at__gt=at, due_at__lte=at + SOON)),
            later=Count("due_at", filter=Q(due_at__gt=at + SOON, due_at__lte=until)),
        )
    )
    found = {(team, owner): numbers for team, owner, *numbers in standing if any(numbers)}
    if len(first) < PEOPLE:
        first = sorted(found, key=lambda who: (-found[who][0], -found[who][1], who))[:PEOPLE]
    return {who: (found[who][0], found[who][1], found[who][2]) for who in first if who in found}


def _tallies(
    counted: Mapping[Who, tuple[int, int, int]], teams: Mapping[str, str], people: Mapping[str, str]
) -> list[Tally]:
    told = [
        Tally(teams.get(team, team), people.get(owner, owner), team, owner, *numbers)
        for (team, owner), numbers in counted.items()
    ]
    return sorted(told, key=lambda one: (-one.late, -one.soon, one.team, one.person))
