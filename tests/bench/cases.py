"""The pages of cases and the board of promises with few and with very many cases behind them.

Rows that a list, the board or the clock reads are there for every case; sealed parts only for the
one whose page is opened, because nothing else reads them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

from django.db import connection
from django.test import Client
from django.utils import timezone

from teduh.access.models import Member, Team
from teduh.cases import actions
from teduh.cases.models import Case, Crew
from teduh.config import demo
from teduh.lib.timing import local_day
from teduh.sop.models import Promise
from teduh.vault import demo as keys
from tests.bench.databases import make_tables, on_both, settle
from tests.bench.lists import SIZES, rows_of
from tests.bench.rows import Row
from tests.factories import signed_in
from tests.factories.cases import case_code
from tests.factories.reports import received

BATCH = 5_000
MORNING = "/kantor/pagi/"
BANDS = ("extreme", "high", "medium", "low")
STATES = ("open", "in_service", "in_service", "monitoring", "closed")
_numbers = count(1)


def measure() -> Iterator[Row]:
    """Fill the office step by step, and open the pages at each size; then on PostgreSQL."""
    yield from on_both("cases", _measure)


def _measure() -> Iterator[Row]:
    make_tables()
    demo.load()
    at = timezone.now()
    officer, supervisor = (Member.objects.get(code=one) for one in ("melati", "seroja"))
    team = Team.objects.get(code="asesmen")
    case = _opened(officer, team, at)
    first: dict[str, float] = {}
    for size in SIZES:
        _fill(size, officer, at)
        settle()
        for member, pages in (
            (officer, _pages(case)),
            (supervisor, {"morning of a supervisor": MORNING}),
        ):
            client = signed_in(Client(HTTP_HOST="127.0.0.1"), member)
            named = {f"{connection.vendor}, {name}": path for name, path in pages.items()}
            yield from rows_of(client, named, size, first)


def _pages(case: Case) -> dict[str, str]:
    return {
        "cases, going on": "/kantor/kasus/",
        "cases, mine": "/kantor/kasus/?saya=1",
        "cases, page 30": "/kantor/kasus/?keadaan=semua&hal=30",
        "board": "/kantor/janji/",
        "morning": MORNING,
        "case page": f"/kantor/kasus/{case.code}/",
    }


def _opened(officer: Member, team: Team, at: datetime) -> Case:
    code = case_code()
    new = actions.NewCase(
        code=code,
        reports=(received(team, at=at),),
        manager=officer,
        person=actions.PersonFacts(sex="P", age_band="25-44"),
        incident=actions.IncidentFacts("physical"),
        made=keys.make_case(subject=code, team=team.code, member=officer.code),
        items=(),
    )
    return actions.open_case(by=officer, new=new, at=at)


def _fill(size: int, officer: Member, at: datetime) -> None:
    """Add cases until there are `size`, each with three promises: most met, some late, some to come."""
    day, missing = local_day(at), size - Case.objects.count()
    for start in range(0, missing, BATCH):
        numbers = [next(_numbers) for _n in range(min(BATCH, missing - start))]
        cases = Case.objects.bulk_create(
            Case(
                code=f"KSS-{n // 10_000:04d}-{n % 10_000:04d}",
                team_code="asesmen",
                opened_day=day - timedelta(days=n % 400),
                state=STATES[n % len(STATES)],
                band=BANDS[n % 4],
                urgency=n % 4,
                manager=officer if n % 50 == 0 else None,
            )
            for n in numbers
        )
        Crew.objects.bulk_create(
            Crew(case=one, member=officer, role="officer", since=day) for one in cases
        )
        Promise.objects.bulk_create(
            _promise(one, step, n, at)
            for one, n in zip(cases, numbers, strict=True)
            for step in ("risk_assessment", "plan", "review")
        )


def _promise(case: Case, step: str, n: int, at: datetime) -> Promise:
    """A promise of a case: one in forty still runs, and of those one in three is late."""
    due = at + timedelta(minutes=(n % 3 - 1) * 90 + n % 60)
    runs = n % 40 == 0
    return Promise(
        subject=case.code,
        team_code=case.team_code,
        book="penanganan",
        version="2026-1",
        step=step,
        band=case.band,
        began_at=due - timedelta(hours=24),
        due_at=due,
        moment=2 if due < at else 0,
        next_at=due if runs and due > at else None,
        missed_at=due if runs and due < at else None,
        met_at=None if runs else due - timedelta(hours=1),
    )
