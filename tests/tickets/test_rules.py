"""What a ticket shows to whom, and what the server keeps of a code."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.tickets import rules
from teduh.tickets.words import NextStep, Stage

DAY = date(2026, 11, 24)


R, V, P = Stage.RECEIVED, Stage.REVIEW, Stage.PREPARING


@pytest.mark.parametrize(
    ("reached", "to_others"),
    [
        ([R], [R]),
        ([R, V], [R, V]),
        ([R, V, P], [R, V, P]),
        ([R, V, P, Stage.RUNNING, Stage.MONITORING, Stage.DONE], [R, V, P]),
        ([R, V, Stage.RUNNING], [R, V, P]),
        ([R, V, Stage.PASSED_ON], [R, V]),  # nothing was prepared here
        ([R, Stage.PASSED_ON], [R, V]),
        ([R, Stage.DONE], [R, V]),
        ([R, V, Stage.DONE, V], [R, V]),  # guided, then taken up again
        ([R, V, P, V], [R, V, P]),  # never back
    ],
)
def test_only_her_own_ticket_follows_her_case(reached: list[Stage], to_others: list[Stage]) -> None:
    way = [rules.Reached(stage, DAY + timedelta(days=n)) for n, stage in enumerate(reached)]
    shown = rules.way_of_others(way)
    assert [step.stage for step in shown] == to_others
    assert [step.day for step in shown] == sorted({step.day for step in shown})


@pytest.mark.parametrize("step", NextStep)
def test_others_hear_of_reading_of_looking_and_of_a_question_for_them(step: NextStep) -> None:
    assert rules.next_step_of_others(step) == (
        step if step in {NextStep.READ, NextStep.ANSWER} else NextStep.ASSESS
    )


@pytest.mark.parametrize(
    ("reached", "drawn"),
    [
        ("received", ["received", "review"]),
        ("review", ["received", "review"]),
        ("preparing", ["received", "review", "preparing"]),
    ],
)
def test_a_question_promises_no_service_until_there_is_one(reached: str, drawn: list[str]) -> None:
    way = [rules.Reached(reached, DAY)]
    assert list(rules.stages_for_others(way, asks=True)) == drawn
    assert tuple(rules.stages_for_others(way, asks=False)) == rules.STAGES_FOR_OTHERS


@pytest.mark.parametrize(
    ("reached", "ladder"),
    [
        ([R], [R, V, P, Stage.RUNNING, Stage.MONITORING, Stage.DONE]),
        ([R, Stage.PASSED_ON], [R, Stage.PASSED_ON]),
        ([R, V, Stage.DONE], [R, V, Stage.DONE]),
        ([R, V, Stage.RUNNING], [R, V, Stage.RUNNING, Stage.MONITORING, Stage.DONE]),
        ([R, V, Stage.PASSED_ON, V], [R, V, P, Stage.RUNNING, Stage.MONITORING, Stage.DONE]),
    ],
)
def test_a_ladder_shows_what_was_reached_and_what_may_come(
    reached: list[Stage], ladder: list[Stage]
) -> None:
    assert rules.ladder([rules.Reached(stage, DAY) for stage in reached]) == ladder


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32), st.binary())
def test_only_the_same_token_under_the_same_pepper_fits(
    auth: bytes, other: bytes, pepper: bytes
) -> None:
    kept = rules.stored_auth(auth, pepper)
    assert rules.same_auth(kept, auth, pepper)
    assert rules.same_auth(kept, other, pepper) is (auth == other)
    assert not rules.same_auth(kept, auth, pepper + b"x")
    assert auth.hex() not in kept


@given(size=st.integers(min_value=0, max_value=3 * rules.PAGE))
def test_a_page_grows_to_full_pages_and_says_the_same(size: int) -> None:
    said = b"x" * size + b"</body></html>"
    page = rules.of_one_size(said, b"0" * rules.PAGE)
    assert len(page) % rules.PAGE == 0
    assert re.sub(rb"<!--0*-->", b"", page) == said
    if size <= rules.PAGE - 100:
        assert len(page) == rules.PAGE


@pytest.mark.parametrize("step", NextStep)
def test_a_day_is_told_only_where_one_was_promised(step: NextStep) -> None:
    day = rules.promised_day(step, date(2026, 12, 31))
    assert day == (date(2027, 1, 1) if step == NextStep.READ else None)


@pytest.mark.parametrize(
    ("day", "over"),
    [(None, False), (date(2026, 12, 31), False), (date(2026, 12, 30), True)],
)
def test_a_promised_day_is_over_when_the_next_has_begun(day: date | None, *, over: bool) -> None:
    assert rules.is_over(day, date(2026, 12, 31)) is over
