"""What is free passes, what is over is said, and everything runs off by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.lib import paces
from teduh.lib.paces import Counter, Pace

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PACE = Pace(free=3, seconds=60, over=4)


def after(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def test_what_is_free_passes_and_each_further_one_is_counted() -> None:
    counter = Counter(PACE)
    assert [counter.add("a", AT) for _time in range(6)] == [0, 0, 0, 1, 2, 3]
    assert counter.add("b", AT) == 0


def test_what_was_done_runs_off() -> None:
    counter = Counter(PACE)
    for _time in range(4):
        counter.add("a", AT)
    assert counter.seconds_to_wait("a", AT) == 120
    assert counter.seconds_to_wait("a", after(119)) == 1
    assert counter.seconds_to_wait("a", after(120)) == 0
    assert counter.add("a", after(120)) == 0


def test_a_flood_is_forgiven_in_a_time_that_does_not_grow_with_it() -> None:
    counter = Counter(PACE)
    counted = [counter.add("a", AT) for _time in range(1000)]
    assert max(counted) == PACE.over
    assert counter.add("a", after(60 * (PACE.over + 1))) == 0


@pytest.mark.parametrize("back", [3600, 31 * 86_400])
def test_a_clock_that_goes_back_makes_nobody_wait_longer(back: int) -> None:
    counter = Counter(PACE)
    for _time in range(4):
        counter.add("a", AT)
    assert counter.seconds_to_wait("a", after(-back)) == 120
    assert counter.add("a", after(-back)) == 2
    assert counter.add("b", after(-back)) == 0
    assert counter.seconds_to_wait("a", after(180 - back)) == 0


def test_answers_that_overtake_each_other_are_no_clock_that_goes_back() -> None:
    counter = Counter(PACE)
    counter.add("a", AT)
    counter.add("b", after(-1))
    assert [counter.add("a", AT) for _time in range(3)] == [0, 0, 1]


def test_an_unknown_visitor_is_never_slowed() -> None:
    counter = Counter(PACE)
    assert [counter.add("", AT) for _time in range(9)] == [0] * 9
    assert counter.seconds_to_wait("", AT) == 0


def test_many_visitors_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paces, "MOST", 10)
    counter = Counter(PACE)
    for number in range(100):
        counter.add(f"visitor {number}", AT)
        assert len(counter._even) <= 10


@given(st.lists(st.floats(min_value=0, max_value=300), max_size=30))
def test_whoever_keeps_the_pace_never_waits(pauses: list[float]) -> None:
    counter, now = Counter(PACE), 0.0
    for pause in pauses:
        now += PACE.seconds + pause
        assert counter.seconds_to_wait("a", after(now)) == 0
        assert counter.add("a", after(now)) == 0
