"""What tests of this room share."""

import copy

import pytest

from tests.cases.conftest import office, office_once  # noqa: F401  fixtures
from tests.conftest import MakeOnce
from tests.factories.cases import CaseOffice
from tests.factories.conferences import AtTable, at_table


@pytest.fixture(scope="module")
def table_once(make_once: MakeOnce, office_once: CaseOffice) -> AtTable:  # noqa: F811
    """The conference, made once for the tests of a module."""
    made: AtTable = make_once(lambda: at_table(office_once))
    return made


@pytest.fixture
def table(table_once: AtTable) -> AtTable:
    """A conference that is planned, with one case on its agenda, as it was made."""
    return copy.deepcopy(table_once)
