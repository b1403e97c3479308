"""What is still possible: counted from the violence, never less than there is, never discouraging."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from teduh.cases import actions
from teduh.lib.timing import begin_of
from teduh.services import rules
from teduh.services.queries import health as queries
from teduh.services.windows import all_windows
from teduh.services.words import HealthKind
from teduh.web.wording import never_said
from tests.factories.cases import AT, CaseOffice, opened

HOUR = timedelta(hours=1)
BEGIN = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)  # midnight in the west of Indonesia
END = BEGIN + timedelta(days=1)


@pytest.mark.parametrize(
    ("hours_later", "state", "hours"),
    [
        (0, "open", 72),
        (1.5, "open", 70),
        (71.9, "open", 0),
        (72, "edge", 24),  # it may have been late that day
        (95.9, "edge", 0),
        (96, "past", 0),
    ],
)
def test_a_window_is_over_only_when_it_is_for_every_hour_of_that_day(
    hours_later: float, state: str, hours: int
) -> None:
    left = rules.left_of(72, BEGIN, END, BEGIN + hours_later * HOUR)
    assert (left.state, left.hours) == (state, hours)
    assert rules.may_be_late(left) == (state == "past")


def test_what_was_done_today_cannot_be_later_than_now() -> None:
    left = rules.left_of(72, BEGIN, END, BEGIN + 2 * HOUR)
    assert left.latest == BEGIN + 74 * HOUR


@given(st.integers(1, 400), st.integers(0, 600), st.integers(0, 600))
def test_time_only_closes_a_window(hours: int, one: int, other: int) -> None:
    order = ["open", "edge", "past"]
    first, then = sorted((one, other))
    before = rules.left_of(hours, BEGIN, END, BEGIN + first * HOUR)
    after = rules.left_of(hours, BEGIN, END, BEGIN + then * HOUR)
    assert order.index(before.state) <= order.index(after.state)
    until = rules.promised_until(after)
    assert until is None or until > BEGIN + then * HOUR


@pytest.mark.parametrize(
    ("zone", "midnight"),
    [("Asia/Jakarta", 17), ("Asia/Makassar", 16), ("Asia/Jayapura", 15)],
)
def test_a_day_begins_at_midnight_of_the_city(zone: str, midnight: int) -> None:
    with override_settings(TIME_ZONE=zone):
        begin = begin_of(date(2026, 3, 29))  # where clocks elsewhere jump, none jumps here
        left = rules.left_of(72, begin, begin_of(date(2026, 3, 30)), begin)
    assert begin.astimezone(UTC) == datetime(2026, 3, 28, midnight, tzinfo=UTC)
    assert left.until == datetime(2026, 4, 1, 0, tzinfo=ZoneInfo(zone))


def test_no_day_is_never_too_late() -> None:
    assert rules.left_of(72, None, None, AT).state == "unknown"
    assert not rules.may_be_late(rules.left_of(72, None, None, AT))
    assert rules.left_of(None, BEGIN, END, END + 9000 * HOUR).state == "always"


def test_every_window_says_what_helps_afterwards_and_where_its_number_is_from() -> None:
    windows = {one.key: one for one in all_windows()}
    assert {key: one.hours for key, one in windows.items()} == {
        "hiv": 72,
        "swab": 72,
        "contraception": 120,
        "hepatitis_b": 336,
        "wounds": None,
    }
    for one in windows.values():
        words = " ".join(text for part in one.said.values() for text in part.values()).lower()
        assert all({"id", "en"} == set(part) for part in one.said.values())
        assert not [bad for bad in [*never_said(), "terlambat", "too late"] if bad in words]
    assert set(windows) - {"swab"} <= set(HealthKind.values)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("sexual", ["hiv", "swab", "contraception", "hepatitis_b", "wounds"]),
        ("physical", ["swab", "wounds"]),
        ("psychological", []),
    ],
)
def test_a_case_shows_the_windows_of_what_was_done(
    office: CaseOffice, kind: str, keys: list[str]
) -> None:
    day = AT.date()
    case = opened(office, incident=actions.IncidentFacts(kind, day=day))
    found = queries.possible(case, (), AT)
    assert [one.window.key for one in found.windows] == keys
    assert {one.day for one in found.windows} == ({day} if keys else set())


@pytest.mark.django_db
def test_the_newest_violence_counts_and_one_without_a_day_leaves_nothing_over(
    office: CaseOffice,
) -> None:
    old = actions.IncidentFacts("sexual", day=date(2026, 10, 1))
    case = opened(office, incident=old)
    assert queries.left(case, "hiv", AT).state == "past"
    actions.add_incident(by=office.melati, case=case, facts=actions.IncidentFacts("sexual"), at=AT)
    assert queries.left(case, "hiv", AT).state == "unknown"
    assert queries.possible(case, (), AT).undated
    new = actions.IncidentFacts("sexual", day=AT.date())
    actions.add_incident(by=office.melati, case=case, facts=new, at=AT)
    assert queries.left(case, "hiv", AT).state == "open"
