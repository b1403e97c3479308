"""The states of a case, its first band, the core type of an incident."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.cases import rules
from teduh.cases.words import GbvType, State


def test_every_state_is_in_the_table_and_reachable() -> None:
    assert set(rules.MOVES) == set(State.values)
    reached, fresh = set(), {"open"}
    while fresh:
        reached |= fresh
        fresh = {to for state in fresh for to in rules.MOVES[state]} - reached
    assert reached == set(State.values)


@pytest.mark.parametrize("state", State.values)
def test_what_has_ended_only_opens_again(state: str) -> None:
    if state in rules.ENDED:
        assert rules.MOVES[state] == {"reopened"}
    else:
        assert "closed" in rules.MOVES[state]


def test_nothing_is_closed_or_assessed_by_a_plain_step() -> None:
    assert not rules.BY_HAND & {"closed", "assessed", "planned", "transferred", "reopened"}


@given(st.lists(st.sampled_from(rules.BANDS)))
def test_the_highest_band_counts(bands: list[str]) -> None:
    found = rules.highest(bands)
    assert all(rules.BANDS.index(found) <= rules.BANDS.index(one) for one in bands)


def test_core_types_are_offered_in_the_order_in_which_they_are_decided() -> None:
    """case_standards.md 3.1: the first that fits from the top."""
    assert GbvType.values == [
        *("rape", "sexual_assault", "physical_assault", "forced_marriage", "denial", "emotional"),
        "none",
    ]
