"""Where a report may go, how soon it is read, and who is a child."""

from itertools import product

import pytest

from teduh.intake import rules
from teduh.intake.actions import PUBLIC
from teduh.intake.words import Danger, State
from teduh.sop.rules import GRAVE, band_of

ALLOWED = {
    ("new", "taken"),
    ("new", "asked"),
    ("new", "passed"),
    ("new", "duplicate"),
    ("new", "guided"),
    ("taken", "asked"),
    ("taken", "passed"),
    ("taken", "duplicate"),
    ("taken", "guided"),
    ("asked", "taken"),
    ("asked", "asked"),
    ("asked", "passed"),
    ("asked", "duplicate"),
    ("asked", "guided"),
    ("passed", "taken"),
    ("duplicate", "taken"),
    ("guided", "taken"),
    ("new", "case"),
    ("taken", "case"),
    ("asked", "case"),
    ("duplicate", "case"),
}


@pytest.mark.parametrize(("state", "to"), list(product(State.values, State.values)))
def test_a_report_moves_along_the_table_only(state: str, to: str) -> None:
    assert rules.may_move(state, to) is ((state, to) in ALLOWED)


def test_no_state_but_a_case_is_a_dead_end_and_none_leads_back_to_new() -> None:
    assert {state for state, _to in ALLOWED} == set(State.values) - {State.CASE}
    assert "new" not in {to for _state, to in ALLOWED}


def test_every_state_an_officer_can_choose_has_its_public_stage() -> None:
    assert set(PUBLIC) == set(State) - {State.NEW}


@pytest.mark.parametrize(("state", "to"), [("", "taken"), ("new", ""), ("lost", "taken")])
def test_a_state_that_is_none_goes_nowhere(state: str, to: str) -> None:
    assert not rules.may_move(state, to)


@pytest.mark.parametrize(
    ("door", "age_band", "child"),
    [
        ("self", "", False),
        ("self", "18-24", False),
        ("self", "13-17", True),
        ("other", "0-5", True),
        ("other", "6-12", True),
        ("other", "60+", False),
        ("young", "", True),
        ("ask", "", False),
    ],
)
def test_a_child_is_known_by_door_or_age(door: str, age_band: str, *, child: bool) -> None:
    assert rules.is_child(door, age_band) is child


def test_danger_is_read_first_and_a_skipped_question_before_safe() -> None:
    order = sorted(Danger.values, key=rules.urgency)
    assert order == [Danger.UNSAFE, Danger.UNSURE, Danger.SKIPPED, Danger.SAFE]
    assert rules.urgency("something else") == rules.urgency(Danger.SKIPPED)


@pytest.mark.parametrize("via", ["", "ticket", "phone", "whatsapp", "email", "none"])
def test_quiet_ends_every_way_to_reach_her(via: str) -> None:
    assert rules.reach_by(via, quiet=False) == via
    assert rules.reach_by(via, quiet=True) == "none"


@pytest.mark.parametrize(("danger", "child"), list(product(["", *Danger.values], [True, False])))
def test_word_of_a_report_rings_where_its_promises_are_those_of_danger(
    danger: str, *, child: bool
) -> None:
    grave = band_of(danger, child=child) in GRAVE
    assert rules.rings(rules.urgency(danger), child=child) is grave
