"""Every test of this room happens on the day its reports are made."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories.reports import AT


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """The clock, set."""
    with time_machine.travel(AT, tick=True):
        yield
