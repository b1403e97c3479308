"""How a referral may go, and on what it rests when it is sent."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.services import rules
from teduh.services.words import Lacks, Reason, State

TODAY = date(2027, 2, 1)
PLAIN = rules.Agreed(
    provider_kind="hospital",
    offers=True,
    agency="rsud",
    today=TODAY,
    consent_agency="rsud",
    holding=True,
    given_by="self",
)
HEARD = replace(PLAIN, agency="", consent_agency="", holding=False, day=TODAY)


def test_the_table_names_every_state_and_no_other() -> None:
    assert set(rules.MOVES) == set(State)
    assert {to for onward in rules.MOVES.values() for to in onward} == set(State) - {"drafted"}


def test_every_end_has_reasons_and_nothing_else_has() -> None:
    assert set(rules.REASONS) == rules.ENDS
    told = {reason for reasons in rules.REASONS.values() for reason in reasons}
    assert told == set(Reason)
    assert set(rules.BY_OFFICE) < set(rules.REASONS["withdrawn"])
    assert set(rules.SETTLED) <= set(Reason)


@given(st.lists(st.sampled_from(list(State)), max_size=12))
def test_every_path_that_ends_stays_where_it_ended(tried: list[str]) -> None:
    state = "drafted"
    for to in tried:
        if state in rules.ENDS:
            assert not rules.may_move(state, to)
        if rules.may_move(state, to):
            state = to
    assert state in rules.ENDS or any(rules.may_move(state, end) for end in rules.ENDS)


@pytest.mark.parametrize("state", list(State))
def test_from_everywhere_there_is_a_way_to_an_end(state: str) -> None:
    reached = {state}
    while more := {to for one in reached for to in rules.MOVES[one]} - reached:
        reached |= more
    assert reached & rules.ENDS


@pytest.mark.parametrize("state", list(State))
def test_a_reason_fits_the_ends_it_is_listed_for(state: str) -> None:
    fitting = tuple(one for one in ["", *Reason] if rules.fits(state, one))
    assert set(fitting) == set(rules.REASONS.get(state, ("",)))


@pytest.mark.parametrize(
    ("told", "lacking"),
    [
        (PLAIN, []),
        (replace(PLAIN, offers=False), [Lacks.NOT_OFFERED]),
        (replace(PLAIN, consent_agency="lbh"), [Lacks.OTHER_AGENCY]),
        (replace(PLAIN, holding=False), [Lacks.NOT_HOLDING]),
        (replace(PLAIN, consent_agency="", day=TODAY), [Lacks.NO_CONSENT]),
        (replace(PLAIN, given_by="duty"), []),  # records has asked the supervisor
        (replace(PLAIN, given_by="duty", provider_kind="company"), [Lacks.EMPLOYER]),
        (replace(PLAIN, provider_kind="company"), []),
        (HEARD, []),
        (replace(HEARD, given_by="", day=None), [Lacks.NO_CONSENT]),
        (replace(HEARD, day=None), [Lacks.NO_CONSENT]),
        (replace(HEARD, day=date(2027, 2, 2)), [Lacks.LATER]),
        (replace(HEARD, child=True), [Lacks.CHILD_ALONE]),
        (replace(HEARD, given_by="guardian"), [Lacks.NO_CHILD]),
        (replace(HEARD, given_by="guardian", child=True), []),
        (
            replace(HEARD, given_by="guardian", child=True, guardian_in_conflict=True),
            [Lacks.CONFLICT],
        ),
        (replace(HEARD, given_by="duty"), [Lacks.NOT_RESPONSIBLE]),
        (replace(HEARD, given_by="duty", responsible=True), []),
        (
            replace(HEARD, given_by="duty", responsible=True, provider_kind="company"),
            [Lacks.EMPLOYER],
        ),
    ],
)
def test_what_keeps_a_referral_from_being_sent(told: rules.Agreed, lacking: list[str]) -> None:
    assert rules.lacks(told) == lacking
