"""Every test of this room happens on the day its reports are made; most of them need a team."""

from collections.abc import Iterator

import pytest
import time_machine

from teduh.access.models import Team
from tests.factories import TeamFactory
from tests.factories.reports import AT, keys_for


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """The clock, set."""
    with time_machine.travel(AT, tick=True):
        yield


@pytest.fixture
def team() -> Team:
    """A team that reads reports, with keys."""
    made = TeamFactory(code="asesmen")
    keys_for(made)
    return made
