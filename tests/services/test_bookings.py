"""Slots and sessions: when a slot is there, when two meet, when somebody should ask after her."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.services import bookings
from teduh.services.bookings import Offered, Sat

MONDAY = date(2026, 11, 23)
NEAR = st.integers(0, 20).map(lambda n: MONDAY + timedelta(days=n))
HOURS = st.integers(8, 15).map(lambda hour: time(hour))


@st.composite
def slots(draw: st.DrawFn) -> Offered:
    """A slot of an hour or three, each week or for a while."""
    begins = draw(HOURS)
    until = draw(st.one_of(st.none(), NEAR))
    ends = time(begins.hour + draw(st.sampled_from([1, 3])))
    return Offered(draw(st.integers(0, 6)), draw(NEAR), until, begins, ends)


@given(slots(), slots())
def test_two_slots_meet_just_where_a_day_has_both(one: Offered, other: Offered) -> None:
    days = [MONDAY + timedelta(days=n) for n in range(60)]
    hours = one.begins < other.ends and other.begins < one.ends
    assert one.meets(other) == (hours and any(one.on(day) and other.on(day) for day in days))
    assert one.meets(other) == other.meets(one)


@given(slots(), NEAR, NEAR)
def test_the_days_of_a_slot_are_those_it_is_there(one: Offered, first: date, last: date) -> None:
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert one.days(first, last) == [day for day in span if one.on(day)]


def test_a_slot_of_one_day_is_there_once() -> None:
    once = bookings.once(MONDAY, time(9), time(10))
    assert once.days(MONDAY - timedelta(days=30), MONDAY + timedelta(days=30)) == [MONDAY]


def sat(ago: int, state: str, *, final: bool = False) -> Sat:
    """A session so many days ago."""
    return Sat(MONDAY - timedelta(days=ago), state, final)


@pytest.mark.parametrize(
    ("sessions", "why"),
    [
        ([], ""),
        ([sat(-3, "booked")], ""),
        ([sat(7, "missed")], ""),
        ([sat(14, "missed"), sat(7, "missed")], "missed"),
        ([sat(7, "missed"), sat(14, "missed"), sat(-7, "booked")], "missed"),
        ([sat(14, "missed"), sat(10, "called_off"), sat(7, "missed")], "missed"),
        ([sat(14, "missed"), sat(7, "held")], ""),
        ([sat(21, "held")], ""),
        ([sat(22, "held")], "quiet"),
        ([sat(22, "held"), sat(3, "called_off")], "quiet"),
        ([sat(22, "held"), sat(3, "booked")], "quiet"),  # its day is over and nothing was kept
        ([sat(22, "held"), sat(0, "booked")], ""),
        ([sat(40, "held", final=True)], ""),
        ([sat(40, "held", final=True), sat(30, "held")], "quiet"),
    ],
)
def test_somebody_asks_after_her(sessions: list[Sat], why: str) -> None:
    assert bookings.fading(sessions, MONDAY) == why


def test_a_session_that_was_called_off_takes_no_slot() -> None:
    assert frozenset(bookings.MOVES) - bookings.TAKES == {"called_off"}
