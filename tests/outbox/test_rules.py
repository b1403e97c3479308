"""When a message waits, and what an address looks like."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.outbox import rules
from teduh.outbox.rules import WrongAddress, quiet_hours

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ZONE = "Asia/Jakarta"  # seven hours before UTC


@pytest.mark.parametrize(
    ("told", "hour", "quiet"),
    [
        ("22.00-05.00", 14, False),
        ("22.00-05.00", 15, True),  # 22.00 in the city
        ("22:00 – 05:00", 21, True),
        ("22.00-05.00", 22, False),  # 05.00
        ("12.00-13.30", 5, True),
        ("12.00-13.30", 7, False),
        ("00.00-00.00", 17, False),
    ],
)
def test_quiet_hours_are_the_citys(told: str, hour: int, *, quiet: bool) -> None:
    hours = quiet_hours(told, ZONE)
    assert hours is not None
    assert hours.hold(AT.replace(hour=hour)) is quiet


def test_no_quiet_hours_are_told_by_nothing() -> None:
    assert quiet_hours(" ", ZONE) is None


@pytest.mark.parametrize("told", ["22-5", "25.00-05.00", "22.00", "22.00-05.60", "malam"])
def test_quiet_hours_that_are_no_hours_are_refused(told: str) -> None:
    with pytest.raises(ValueError, match="not two times"):
        quiet_hours(told, ZONE)


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("0812-3456-789", "+628123456789"),
        ("62 812 3456 7890", "+6281234567890"),
        ("+62 (812) 3456.789", "+628123456789"),
        ("+65 8123 4567", "+6581234567"),
    ],
)
def test_a_number_is_written_in_one_way(told: str, number: str) -> None:
    assert rules.phone_number(told) == number


@pytest.mark.parametrize(
    "told", ["", "110", "0771 21234", "0812", "+62812 malam saja", "+0812345678", "8" * 40, "٠٨١٢٣٤٥٦٧٨٩"]
)  # fmt: skip
def test_what_is_no_mobile_number_is_refused(told: str) -> None:
    with pytest.raises(WrongAddress):
        rules.phone_number(told)


@pytest.mark.parametrize("told", ["a@b", "a b@contoh.invalid", "a@contoh.invalid\nBcc: x@y.zz", ""])
def test_what_could_change_the_head_of_a_letter_is_no_address(told: str) -> None:
    with pytest.raises(WrongAddress):
        rules.email_address(told)


def test_an_email_address_is_taken_without_its_margin() -> None:
    assert rules.email_address(" Contoh.satu+2@contoh.invalid ") == "Contoh.satu+2@contoh.invalid"


@given(tries=st.integers(1, 10_000), danger=st.booleans())
def test_a_pause_is_never_over_its_limit_nor_shorter_than_the_one_before(
    tries: int, *, danger: bool
) -> None:
    pause = rules.next_try(at=AT, tries=tries, danger=danger) - AT
    before = rules.next_try(at=AT, tries=tries - 1, danger=danger) - AT
    assert before <= pause <= timedelta(minutes=5 if danger else 60)


@pytest.mark.parametrize("danger", [False, True])
def test_trying_spans_a_night_and_ends_within_the_day_of_an_address(*, danger: bool) -> None:
    spent, tries = timedelta(), 0
    while not rules.tried_enough(tries, danger=danger):
        tries += 1
        spent += rules.next_try(at=AT, tries=tries, danger=danger) - AT
    assert timedelta(hours=13) < spent < rules.KEPT
