"""A small office with every key of it."""

import pytest

from teduh.vault import demo
from tests.vault.reports import AT, Office


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
