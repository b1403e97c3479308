"""Time is counted as people promise it: by the hour, or by the hour in which the office is open."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.sop import books, rules
from teduh.sop.rules import Hours, Step, WrongBook
from teduh.sop.words import Band

WIB = ZoneInfo("Asia/Jakarta")
OFFICE = Hours(
    time(8), time(16), frozenset(range(5)), frozenset({date(2026, 12, 24), date(2026, 12, 25)}), WIB
)


def wib(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of December 2026 in the city, whose 1st is a Tuesday."""
    return datetime(2026, 12, day, hour, minute, tzinfo=WIB)


@pytest.mark.parametrize(
    ("at", "hours", "due"),
    [
        (wib(1, 9), 2, wib(1, 11)),
        (wib(1, 15), 2, wib(2, 9)),  # over the evening
        (wib(4, 15), 2, wib(7, 9)),  # over a weekend
        (wib(5, 12), 1, wib(7, 9)),  # begun on a Saturday
        (wib(1, 5), 1, wib(1, 9)),  # before it opens
        (wib(1, 20), 8, wib(2, 16)),  # a whole day, to the minute it closes
        (wib(23, 15), 2, wib(28, 9)),  # over Christmas and its weekend
    ],
)
def test_office_hours_are_counted_while_the_office_is_open(
    at: datetime, hours: int, due: datetime
) -> None:
    assert rules.after(at, timedelta(hours=hours), OFFICE) == due


def test_round_the_clock_every_hour_counts() -> None:
    assert rules.after(wib(24, 23), timedelta(hours=6), None) == wib(25, 5)


def test_an_office_that_never_opens_promises_nothing() -> None:
    closed = Hours(time(8), time(16), frozenset(), frozenset(), WIB)
    with pytest.raises(WrongBook):
        rules.after(wib(1, 9), timedelta(hours=1), closed)


MOMENTS = st.datetimes(datetime(2026, 11, 1), datetime(2027, 3, 1), timezones=st.just(UTC))
SPANS = st.timedeltas(timedelta(0), timedelta(hours=120))
CALENDARS = st.sampled_from([None, OFFICE])


@given(MOMENTS, SPANS, CALENDARS)
def test_as_much_time_is_counted_as_was_promised(
    at: datetime, span: timedelta, hours: Hours | None
) -> None:
    due = rules.after(at, span, hours)
    assert due >= at
    assert rules.counted(at, due, hours) == span


@given(MOMENTS, SPANS, SPANS, CALENDARS)
def test_time_in_two_parts_is_time_in_one(
    at: datetime, first: timedelta, second: timedelta, hours: Hours | None
) -> None:
    together = rules.after(at, first + second, hours)
    apart = rules.after(rules.after(at, first, hours), second, hours)
    assert rules.counted(at, apart, hours) == rules.counted(at, together, hours) == first + second


@given(MOMENTS, SPANS, st.timedeltas(timedelta(0), timedelta(hours=60)), SPANS, CALENDARS)
def test_a_pause_takes_nothing_from_what_was_left(
    began: datetime, span: timedelta, ran: timedelta, waited: timedelta, hours: Hours | None
) -> None:
    due = rules.after(began, span, hours)
    paused = min(began + ran, due)
    resumed = paused + waited
    later = rules.due_after_pause(due, paused, resumed, hours)
    assert rules.counted(resumed, later, hours) == rules.counted(paused, due, hours)
    assert later >= due


def contact() -> Step:
    return books.shipped()["penanganan", "2026-1"].book.steps["first_contact"]


@given(MOMENTS, st.sampled_from(Band.values), st.sampled_from(Band.values))
def test_another_band_only_brings_a_promise_nearer(began: datetime, one: str, other: str) -> None:
    step = contact()
    due = rules.after(began, step.within[one], None)
    nearer = rules.sooner(step, began, due, (one, other), None)
    assert nearer <= due
    assert nearer == began + min(step.within[one], step.within[other])


@given(MOMENTS, st.sampled_from(Band.values), st.sampled_from(Band.values), SPANS)
def test_another_band_takes_nothing_of_what_a_pause_gave_back(
    began: datetime, one: str, other: str, waited: timedelta
) -> None:
    step = contact()
    due = rules.after(began, step.within[one], None) + waited
    nearer = rules.sooner(step, began, due, (one, other), None)
    assert nearer == began + min(step.within[one], step.within[other]) + waited


def test_the_moments_of_a_promise_come_in_their_order() -> None:
    due = wib(1, 10)
    coming = rules.moments(contact(), due, None)
    assert coming == (wib(1, 9, 45), due, wib(1, 10, 30), wib(1, 14))


@pytest.mark.parametrize(
    ("danger", "child", "band"),
    [
        ("unsafe", False, "extreme"),
        ("unsafe", True, "extreme"),
        ("unsure", False, "high"),
        ("safe", True, "high"),
        ("", True, "high"),
        ("safe", False, "medium"),
        ("", False, "medium"),
    ],
)
def test_what_was_said_about_danger_decides_until_somebody_assesses(
    danger: str,
    child: bool,  # noqa: FBT001  a table's column
    band: str,
) -> None:
    assert rules.band_of(danger, child=child) == band


def test_word_of_a_promise_rings_at_night_only_where_a_night_counts() -> None:
    book = books.shipped()["penanganan", "2026-1"].book
    ringing = {(key, band) for key, step in book.steps.items() for band in Band
               if rules.rings(step, band)}  # fmt: skip
    assert {("first_contact", "extreme"), ("triage", "high")} <= ringing
    assert not any(band in {Band.MEDIUM, Band.LOW} for _key, band in ringing)
    assert not any(book.steps[key].office_hours for key, _band in ringing)
    assert not any(book.steps[key].within[band] > timedelta(days=1) for key, band in ringing)
