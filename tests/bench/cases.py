"""The pages of cases and the board of promises with few and with very many cases behind them.

What stands behind them is in `tests.bench.office`.
"""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.utils import timezone

from teduh.access.models import Member, Team
from teduh.cases import actions
from teduh.cases.models import Case
from teduh.config import demo
from teduh.intake.models import Report
from teduh.vault import demo as keys
from tests.bench.databases import make_tables, on_both, settle
from tests.bench.lists import SIZES, Cost, rows_of
from tests.bench.office import Office
from tests.bench.rows import Row
from tests.factories import signed_in
from tests.factories.cases import case_code
from tests.factories.reports import carded, received

MORNING, BOARD = "/kantor/pagi/", "/kantor/janji/"


def measure() -> Iterator[Row]:
    """Fill the office step by step, and open the pages at each size; then on PostgreSQL."""
    yield from on_both("cases", _measure)


def _measure() -> Iterator[Row]:
    make_tables()
    demo.load()
    at = timezone.now()
    officer, supervisor, head = (
        Member.objects.get(code=one) for one in ("melati", "seroja", "teratai")
    )
    report = received(Team.objects.get(code="asesmen"), at=at)
    carded(report, officer)
    pages = (
        (officer, _pages(_opened(officer, report))),
        (supervisor, {"morning of a supervisor": MORNING}),
        (head, {"board of the head": BOARD}),
    )
    office = Office(officer, report, at)
    first: dict[str, Cost] = {}
    for size in SIZES:
        office.fill(size)
        settle()
        for member, own in pages:
            client = signed_in(Client(HTTP_HOST="127.0.0.1"), member)
            named = {f"{connection.vendor}, {name}": path for name, path in own.items()}
            yield from rows_of(client, named, size, first)


def _pages(case: Case) -> dict[str, str]:
    return {
        "cases, going on": "/kantor/kasus/",
        "cases, mine": "/kantor/kasus/?saya=1",
        "cases, low risk": "/kantor/kasus/?risiko=low",
        "cases, long without contact": "/kantor/kasus/?sunyi=1",
        "cases, page 30": "/kantor/kasus/?keadaan=semua&hal=30",
        "board": BOARD,
        "morning": MORNING,
        "case page": f"/kantor/kasus/{case.code}/",
    }


def _opened(officer: Member, report: Report) -> Case:
    code = case_code()
    new = actions.NewCase(
        code=code,
        reports=(report,),
        manager=officer,
        person=actions.PersonFacts(sex="P", age_band="25-44"),
        incident=actions.IncidentFacts("physical"),
        made=keys.make_case(subject=code, team=report.team_code, member=officer.code),
        items=(),
    )
    return actions.open_case(by=officer, new=new, at=timezone.now())
