"""What a ticket shows to whom, and what the server keeps of a code."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.tickets import rules
from teduh.tickets.words import Stage


@pytest.mark.parametrize(
    ("stage", "to_others"),
    [
        (Stage.RECEIVED, Stage.RECEIVED),
        (Stage.REVIEW, Stage.REVIEW),
        (Stage.PREPARING, Stage.PREPARING),
        (Stage.RUNNING, Stage.PREPARING),
        (Stage.PASSED_ON, Stage.PREPARING),
        (Stage.MONITORING, Stage.PREPARING),
        (Stage.DONE, Stage.PREPARING),
    ],
)
def test_only_her_own_ticket_follows_her_case(stage: Stage, to_others: Stage) -> None:
    assert rules.shown_stage(stage, own=True) == stage
    assert rules.shown_stage(stage, own=False) == to_others


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
