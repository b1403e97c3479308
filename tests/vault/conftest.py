"""A small office with every key of it."""

import pytest

from teduh.access.models import Member, Team
from teduh.vault import demo
from tests.factories import MemberFactory, TeamFactory
from tests.vault.reports import AT, Office
from tests.vault.rewraps import TEAM


@pytest.fixture
def office(db: None) -> Office:
    """Two teams, two members, keys anybody can compute."""
    demo.make_demo_office(
        teams={"asesmen": ["melati"], "pendampingan": ["cempaka"]},
        members=["melati", "cempaka"],
        key_officers=["melati", "cempaka"],
        at=AT,
    )
    return Office()


@pytest.fixture
def melati(office: Office) -> Member:
    """Who renews the team's key and signs the list."""
    team = TeamFactory(code=TEAM)
    return MemberFactory(code="melati", role=("supervisor", "key_officer"), team=team)


@pytest.fixture
def kenanga(melati: Member) -> Member:
    """A colleague of the same team."""
    return MemberFactory(code="kenanga", role="case_manager", team=Team.objects.get(code=TEAM))
