"""A timetable: always inside the day, never two things at once, a break offered when it is long."""

from datetime import time
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.services import timetables
from teduh.services.timetables import Span, Unfit

TIMES = st.builds(time, st.integers(5, 21), st.sampled_from([0, 15, 30, 45]))
SPANS = st.lists(st.tuples(TIMES, TIMES), max_size=5)


def span(begins: int, ends: int) -> Span:
    """Whole hours; 930 is half past nine."""
    return time(begins // 100, begins % 100), time(ends // 100, ends % 100)


@pytest.mark.parametrize(
    ("spans", "busy", "why"),
    [
        ([], [], "none"),
        ([span(900, 1000)] * 9, [], "many"),
        ([span(1000, 900)], [], "backwards"),
        ([span(900, 900)], [], "backwards"),
        ([span(630, 800)], [], "outside"),
        ([span(1900, 2015)], [], "outside"),
        ([span(900, 1000), span(930, 1030)], [], "overlap"),
        ([span(900, 1000)], [span(800, 905)], "overlap"),
        ([span(900, 1200)], [span(1000, 1030)], "overlap"),
    ],
)
def test_what_is_no_timetable_is_refused(spans: list[Span], busy: list[Span], why: str) -> None:
    with pytest.raises(Unfit, match=f"^{why}$"):
        timetables.check(spans, busy)


def test_one_may_end_when_the_next_begins() -> None:
    timetables.check([span(1000, 1100), span(900, 1000)], [span(1100, 1200), span(1105, 1300)])


@given(SPANS, SPANS)
def test_what_is_taken_lies_inside_the_day_and_meets_nothing(
    spans: list[Span], busy: list[Span]
) -> None:
    try:
        timetables.check(spans, busy)
    except Unfit:
        return
    assert all(timetables.OPENS <= one[0] < one[1] <= timetables.CLOSES for one in spans)
    for minute in {one[0] for one in [*spans, *busy]}:
        there = [one for one in spans if one[0] <= minute < one[1]]
        assert len(there) < 2
        assert not there or not any(one[0] <= minute < one[1] for one in busy)


@pytest.mark.parametrize(
    ("spans", "offered"),
    [
        ([span(900, 1000), span(1000, 1100)], []),
        ([span(900, 1000), span(1000, 1100), span(1100, 1130)], [1100]),
        ([span(900, 1000), span(1000, 1100), span(1120, 1200)], []),
        ([span(900, 1200)], []),  # nothing comes after it
        ([span(1200, 1230), span(900, 1200)], [1200]),
    ],
)
def test_a_break_is_offered_after_two_hours(spans: list[Span], offered: list[int]) -> None:
    assert [at.hour * 100 + at.minute for at in timetables.breaks(spans)] == offered


@pytest.mark.parametrize(
    ("state", "now", "late"),
    [
        ("waiting", 1014, False),
        ("waiting", 1016, True),
        ("under_way", 1114, False),
        ("under_way", 1116, True),
        ("done", 1500, False),
        ("skipped", 1500, False),
    ],
)
def test_a_station_is_late_a_quarter_of_an_hour_after_its_time(
    state: str, now: int, *, late: bool
) -> None:
    at = time(now // 100, now % 100)
    assert timetables.is_late(state, span(1000, 1100), at) == late


def test_a_visit_stands_where_its_stations_do() -> None:
    states = sorted(timetables.MOVES)
    for some in combinations(states * 2, 3):
        found = timetables.visit_state(some)
        assert (found == "done") == (set(some) <= timetables.ENDS)
        assert (found == "planned") == (set(some) == {"waiting"})


def test_nothing_leaves_an_end_and_a_partner_moves_no_station_to_another_day() -> None:
    for end in timetables.ENDS:
        assert not any(timetables.may_move(end, to) for to in timetables.MOVES)
    assert "moved" not in timetables.BY_PARTNER
