"""What tests of this room share."""

import copy

import pytest

from tests.conftest import MakeOnce
from tests.factories.cases import CaseOffice, case_office


@pytest.fixture(scope="module")
def office_once(make_once: MakeOnce) -> CaseOffice:
    """The team, made once for the tests of a module."""
    made: CaseOffice = make_once(case_office)
    return made


@pytest.fixture
def office(office_once: CaseOffice) -> CaseOffice:
    """A team with keys, as it was made."""
    return copy.deepcopy(office_once)
