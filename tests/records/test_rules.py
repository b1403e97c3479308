"""Terms of keeping and what stops their end, by tables and properties."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.records import rules
from teduh.records.rules import Standing
from teduh.records.schedule import kinds
from teduh.records.words import Ends, Stop

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
BY_AGE = {"0-5": 28, "6-12": 22, "13-17": 15}


@given(DAYS, DAYS, st.integers(1, 40))
def test_a_day_is_over_the_term_exactly_when_the_term_was_counted_to_it(
    began: date, day: date, years: int
) -> None:
    over = rules.years_after(began, years) <= day
    assert (began <= rules.years_before(day, years)) is over


def test_a_term_that_began_on_a_leap_day_never_ends_early() -> None:
    assert rules.years_after(date(2024, 2, 29), 5) == date(2029, 3, 1)
    assert rules.years_before(date(2028, 2, 29), 5) == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("bands", "years"),
    [(["13-17"], 15), (["13-17", "0-5"], 28), (["25-44", "6-12"], 22), ([], 28), (["25-44"], 28)],
)
def test_the_youngest_child_sets_the_term_and_an_unknown_age_the_longest(
    bands: list[str], years: int
) -> None:
    assert rules.years_of_child(bands, BY_AGE) == years


@pytest.mark.parametrize(
    ("ended", "opened", "child", "until"),
    [
        (date(2021, 5, 4), date(2020, 1, 1), 0, date(2026, 5, 4)),
        (date(2021, 5, 4), date(2020, 1, 1), 15, date(2035, 1, 1)),
        (date(2033, 5, 4), date(2020, 1, 1), 15, date(2038, 5, 4)),  # a case that went on for long
    ],
)
def test_a_case_is_kept_until_the_later_of_both_terms(
    ended: date, opened: date, child: int, until: date
) -> None:
    assert rules.case_until(ended, opened, 5, child) == until


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (Standing(), []),
        (Standing(going=True, promises=2), ["going", "promises"]),
        (Standing(justice=("sidang",)), ["court"]),
        (Standing(justice=("banding",), held=True), ["court", "held"]),
        (Standing(justice=("inkrah",)), []),
        (Standing(justice=("sp3", "inkrah")), []),
        (Standing(justice=("sp3", "sidik")), ["court"]),
        (Standing(justice=("waits",)), []),
        (Standing(protected=True, unread=1), ["protection", "messages"]),
    ],
)
def test_each_thing_that_still_needs_the_record_stops_its_end(
    told: Standing, expected: list[str]
) -> None:
    assert rules.stops(told) == expected
    assert set(expected) <= set(Stop.values)


def test_every_kind_of_the_schedule_has_a_source_and_every_number_that_is_not_law_is_marked() -> (
    None
):
    for kind in kinds().values():
        assert kind.ends in Ends.values
        assert kind.source
        assert set(kind.told["source"]) == {"id", "en"}
        counted = bool(kind.years or kind.years_by_age)
        assert counted is (kind.ends == Ends.ERASED)
        assert kind.proposal or not counted
    assert kinds()["child"].years_by_age == BY_AGE
