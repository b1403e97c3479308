"""The officer's pages with few and with very many reports behind them.

Rows that a list reads are there for every report; sealed parts only for the newest, because no
list reads them and 100,000 reports would weigh 3 GB.
"""

import os
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from teduh.access.models import Member, Team
from teduh.config import demo
from teduh.intake.models import Coded, Report
from teduh.lib.codes import CROCKFORD
from teduh.lib.timing import local_day
from teduh.tickets.models import StageReached, Ticket
from teduh.vault.models import Card
from tests.bench.databases import make_tables, spent
from tests.bench.rows import Row
from tests.factories import signed_in
from tests.factories.reports import carded, received

SIZES = (1_000, 10_000, 100_000)
TURNS = 25
BATCH = 5_000
LIST_BYTES = 60_000
LIST_CPU, GROWTH = 40.0, 1.3  # ms; at the largest against the smallest
ONLY = "BENCH_ONLY"  # in the environment, so that the measurement on PostgreSQL knows it too
_numbers = count()


@dataclass(frozen=True)
class Cost:
    """What a page costs: medians in ms (`databases.spent`), queries, bytes of its HTML."""

    cpu: float
    wall: float
    queries: int
    weight: int


def measure() -> Iterator[Row]:
    """Fill the office step by step, and open the pages at each size."""
    make_tables()
    demo.load()
    officer, team = Member.objects.get(code="melati"), Team.objects.get(code="asesmen")
    sample = [received(team, at=timezone.now()) for _number in range(30)]
    for report in sample:
        carded(report, officer)
    client = signed_in(Client(HTTP_HOST="127.0.0.1"), officer)
    first: dict[str, Cost] = {}
    for size in SIZES:
        _fill(size, sample[0], officer)
        yield from rows_of(client, _pages(sample[-1]), size, first)


def rows_of(
    client: Client, pages: dict[str, str], size: int, first: dict[str, Cost]
) -> Iterator[Row]:
    """CPU, wall clock, queries and bytes of each page; at the largest size also how the CPU has grown.

    `first`: what each page cost at the smallest size, filled here; it never takes more queries.
    With `scripts/bench --only WORD` those pages whose name has the word.
    """
    for name, path in pages.items():
        if os.environ.get(ONLY, "") not in name:
            continue
        now = _cost(client, path)
        before = first.setdefault(name, now)
        yield Row(f"{name}: CPU", size, now.cpu, "ms", LIST_CPU)
        yield Row(f"{name}: wall clock", size, now.wall, "ms")
        yield Row(f"{name}: queries", size, now.queries, "", before.queries)
        yield Row(f"{name}: HTML", size, now.weight / 1000, "KB", LIST_BYTES / 1000)
        if size == SIZES[-1]:
            yield Row(f"{name}: growth since {SIZES[0]}", size, now.cpu / before.cpu, "×", GROWTH)


def _pages(report: Report) -> dict[str, str]:
    return {
        "work list, new": "/kantor/",
        "work list, taken": "/kantor/?keadaan=taken",
        "work list, by kind": "/kantor/?keadaan=semua&jenis=physical",
        "work list, page 30": "/kantor/?keadaan=semua&hal=30",
        "report page": f"/kantor/laporan/{report.ticket.number}/",
    }


def _cost(client: Client, path: str) -> Cost:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
        queries = len(seen)
    turns = []
    for _turn in range(TURNS):
        begun = spent()
        answer = client.get(path)
        turns.append(spent().since(begun))
    return Cost(
        statistics.median(one.cpu for one in turns) * 1000,
        statistics.median(one.wall for one in turns) * 1000,
        queries,
        len(answer.content),
    )


def _fill(size: int, like: Report, officer: Member) -> None:
    """Add rows until there are `size` reports: one in fifty new, the rest taken."""
    day, card = local_day(timezone.now()), Card.objects.filter(subject=like.ticket.number).get()
    missing = size - Report.objects.count()
    for start in range(0, missing, BATCH):
        numbers = [next(_numbers) for _n in range(min(BATCH, missing - start))]
        tickets = Ticket.objects.bulk_create(
            Ticket(
                number=spelled(n),
                auth="0" * 64,
                opened_day=day - timedelta(days=n % 400),
                stage_day=day,
                rights_version="1",
            )
            for n in numbers
        )
        StageReached.objects.bulk_create(
            StageReached(ticket=one, stage="received", day=day) for one in tickets
        )
        reports = Report.objects.bulk_create(
            _like(like, ticket, n, officer) for ticket, n in zip(tickets, numbers, strict=True)
        )
        Coded.objects.bulk_create(
            Coded(report=one, question="kinds", code="physical" if n % 3 else "sexual")
            for one, n in zip(reports, numbers, strict=True)
        )
        cards_like(card, [ticket.number for ticket in tickets], numbers)


def cards_like(card: Card, subjects: Sequence[str], numbers: Sequence[int]) -> None:
    """Give each of these subjects a card like this one, so that a list has as much to open."""
    Card.objects.bulk_create(
        Card(
            compartment_id=card.compartment_id,
            subject=subject,
            team_code=card.team_code,
            item=f"{n:022d}",
            hdr=card.hdr,
            stored=card.stored,
            sig=card.sig,
        )
        for subject, n in zip(subjects, numbers, strict=True)
    )


def _like(report: Report, ticket: Ticket, n: int, officer: Member) -> Report:
    taken = n % 50 != 0
    return Report(
        ticket=ticket,
        door="self",
        day=ticket.opened_day,
        origin=report.origin,
        team_code=report.team_code,
        danger=("unsafe", "unsure", "safe", "")[n % 4],
        urgency=n % 4,
        state="taken" if taken else "new",
        handler=officer if taken else None,
        age_band="25-44",
        sex="P",
    )


def spelled(n: int) -> str:
    """The ticket of the n-th row of a measurement."""
    symbols = ""
    for _place in range(4):
        n, rest = divmod(n, len(CROCKFORD))
        symbols = CROCKFORD[rest] + symbols
    return f"TDH-ZZZZ-{symbols}"
