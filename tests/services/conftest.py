"""What tests of this room share."""

from tests.cases.conftest import office, office_once  # noqa: F401  fixtures
