"""How long the clock looks for what is due next, with few and with a million promises behind it."""

import random
import statistics
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from teduh.sop import actions, queries
from teduh.sop.models import Promise
from tests.bench.databases import make_tables, on_both, settle
from tests.bench.rows import Row

SIZES = (1_000, 10_000, 100_000, 1_000_000)
ROUNDS, TURNS = 5, 40
BATCH = 5_000
LOOK = 2.0  # ms
MONTH = timedelta(days=30)
HALF = 0.5  # of all promises still run; the rest was met long ago


def measure() -> Iterator[Row]:
    """Fill a database step by step and look at each size; then the same on PostgreSQL."""
    yield from on_both("clock", _measure)


def _measure() -> Iterator[Row]:
    make_tables()
    at, dice, made = timezone.now(), random.Random(4), 0
    for size in SIZES:
        while made < size:
            batch = min(BATCH, size - made)
            Promise.objects.bulk_create(_promise(dice, made + one, at) for one in range(batch))
            made += batch
        settle()
        kind = f"clock, {connection.vendor}"
        yield Row(f"{kind}: nothing is due", size, _cost(at), "ms", LOOK)
        yield Row(f"{kind}: next of many", size, _cost(at + MONTH), "ms", LOOK)
        yield Row(f"{kind}: one seen to", size, _beat(dice, size, at), "ms")


def _promise(dice: random.Random, number: int, at: datetime) -> Promise:
    """One that runs and is due within two months, or one that was met in the last ten years."""
    runs = dice.random() < HALF
    due = at + timedelta(minutes=dice.randint(60, 86_400) * (1 if runs else -60))
    return Promise(
        subject=f"KSS-{number:08d}",
        team_code=f"tim-{number % 7}",
        book=actions.BOOK,
        version="2026-1",
        step="review",
        band="low",
        began_at=due - MONTH,
        due_at=due,
        next_at=due - timedelta(minutes=30) if runs else None,
        met_at=None if runs else due,
    )


def _cost(at: datetime) -> float:
    """Ms of one look at `at`: the median of the calmest round, since others use the machine too."""
    return min(_median_of_a_round(at) for _round in range(ROUNDS)) * 1000


def _median_of_a_round(at: datetime) -> float:
    spent = []
    for _turn in range(TURNS):
        begun = time.perf_counter()
        queries.next_waiting(at)
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)


def _beat(dice: random.Random, size: int, at: datetime) -> float:
    """Median in ms of a beat in which one promise is reminded of, trail included."""
    spent = []
    for turn in range(20):
        due = _promise(dice, size * 100 + turn, at)
        due.due_at, due.next_at, due.met_at = at + timedelta(minutes=5), at, None
        due.began_at = at - timedelta(days=1)
        due.save()
        begun = time.perf_counter()
        if actions.tick(at=at) != 1:
            raise RuntimeError("more or less than one was due")
        spent.append(time.perf_counter() - begun)
        due.delete()
    return statistics.median(spent) * 1000
