"""The board counts what is there, and reads little for it however much is promised."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.access.models import Conflict, Member
from teduh.sop import books, queries
from teduh.sop.models import Promise
from teduh.sop.queries.board import SOON
from tests.factories import MemberFactory, TeamFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
UNTIL = AT + timedelta(hours=24)
BARRED = "KSS-0000-0001"
EDGES = (0, 1, 2 * 3600, 2 * 3600 + 1, 24 * 3600, 24 * 3600 + 1)  # seconds from AT


@pytest.fixture
def officer() -> Member:
    """Of two teams, and kept from one case."""
    member = MemberFactory(role="case_manager", team=TeamFactory(code="asesmen"))
    member.seats.create(team=TeamFactory(code="hotline"), since=AT - timedelta(days=1))
    TeamFactory(code="lain")
    Conflict.objects.create(
        subject=BARRED,
        root=BARRED,
        team_code="asesmen",
        member=member,
        kind="family",
        told_by=member,
        day=AT.date(),
    )
    return member


@pytest.fixture
def head(officer: Member) -> Member:
    """Sees every team."""
    return MemberFactory(role="head", agency=officer.agency)


def promises(dice: random.Random, people: int, late: float, *, clock: bool = True) -> list[Promise]:
    """Four promises for each of so many people, so large a part of them late; seen by the clock?"""
    made = [promise(dice, number, f"m{number % people}", late) for number in range(people * 4)]
    for row in made:
        if clock and row.due_at <= AT and not row.met_at and not row.paused_at:
            row.missed_at = row.due_at
    return made


def promise(dice: random.Random, number: int, owner: str, late: float) -> Promise:
    due = AT + timedelta(seconds=dice.choice((*EDGES, dice.randrange(90_000))))
    if dice.random() < late:
        due = AT - timedelta(seconds=dice.choice((0, 1, dice.randrange(90_000))))
    ends = dice.choice(({}, {}, {}, {}, {}, {"met_at": AT}, {"paused_at": AT, "pause": "asked"}))
    return Promise(
        subject=f"KSS-0000-{number:04d}",
        team_code=dice.choice(("asesmen", "asesmen", "hotline", "lain")),
        book="penanganan",
        version="2026-1",
        step="review",
        band="low",
        owner=dice.choice((owner, owner, owner, "")),
        began_at=due - timedelta(days=3),
        due_at=due,
        **ends,
    )


def plainly(
    rows: list[Promise], member: Member, *, by_person: bool
) -> dict[tuple[str, str], list[int]]:
    """Late, due soon and due later by team and owner, each row looked at."""
    counts: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        if row.met_at or row.paused_at or row.due_at > UNTIL:
            continue
        if not member.oversees_all and (row.team_code == "lain" or row.subject == BARRED):
            continue
        column = 0 if row.due_at <= AT else 1 if row.due_at <= AT + SOON else 2
        who = row.team_code, row.owner if by_person else ""
        counts.setdefault(who, [0, 0, 0])[column] += 1
    return counts


@pytest.mark.parametrize("clock", [True, False])
@pytest.mark.parametrize("by_person", [True, False])
@pytest.mark.parametrize(("people", "late"), [(3, 0.5), (30, 0), (30, 0.05), (30, 0.5), (60, 0.9)])
def test_the_tallies_are_what_each_promise_says(
    officer: Member, head: Member, people: int, late: float, *, by_person: bool, clock: bool
) -> None:
    dice = random.Random(f"{people} {late}")
    rows = Promise.objects.bulk_create(promises(dice, people, late, clock=clock))
    for member in (officer, head):
        told = queries.board(member, AT, UNTIL, by_person=by_person).tallies
        shown = {(one.team_code, one.owner): [one.late, one.soon, one.later] for one in told}
        plain = plainly(rows, member, by_person=by_person)
        assert shown == {who: plain[who] for who in shown}
        assert len(told) == len(shown) == min(len(plain), queries.PEOPLE)
        left = [plain[who] for who in plain.keys() - shown.keys()]
        assert all(one[0] <= told[-1].late for one in left)
        if told[-1].late == 0:
            assert all(one[1] <= told[-1].soon for one in left)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by how much there is")
def test_the_board_neither_reads_nor_sorts_more_rows_than_it_has_to(
    officer: Member, head: Member
) -> None:
    of_one_team = MemberFactory(role="officer", team=officer.seats.earliest("id").team)
    for member in (of_one_team, head):
        plans = [plan for sql in asked(member) for plan in steps(sql)]
        read = [one for one in plans if "sop_promise" in one]
        assert len(read) == 6
        assert all("USING" in one and "INDEX sop_" in one for one in read)
        assert [sum(name in one for one in read) for name in ("sop_people", "sop_missed")] == [1, 1]
        of_ties = "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY"
        whole = [one for one in plans if one.startswith("USE TEMP") and one != of_ties]
        assert whole == ["USE TEMP B-TREE FOR ORDER BY"]  # the people, by how much is overdue


def asked(member: Member) -> list[str]:
    """What the board asks of the promises."""
    Promise.objects.bulk_create(promises(random.Random(1), 40, 0.9))
    with CaptureQueriesContext(connection) as seen:
        assert len(queries.board(member, AT, UNTIL).tallies) == queries.PEOPLE
    Promise.objects.all().delete()
    return [one["sql"] for one in seen if "sop_promise" in one["sql"]]


def steps(sql: str) -> list[str]:
    """How SQLite goes about a statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[-1] for row in cursor.fetchall()]


def test_a_file_is_parsed_once_and_looked_at_each_time(tmp_path: Path) -> None:
    (tmp_path / "adopted.toml").write_text("adopted = []")
    shipped = (books.DATA / "penanganan.2026-1.toml").read_text()
    file = tmp_path / "penanganan.2026-1.toml"
    file.write_text(shipped)
    first, again = books.look(tmp_path), books.look(tmp_path)
    key = ("penanganan", "2026-1")
    assert first[key].book is again[key].book
    file.write_text(f"{shipped}\n# changed\n")
    assert books.look(tmp_path)[key].sha != first[key].sha
