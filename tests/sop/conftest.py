"""What tests of this room share."""

from collections.abc import Iterator

import pytest

from teduh.sop.queries.versions import forget_kept


@pytest.fixture(autouse=True)
def _fresh_versions() -> Iterator[None]:
    """Each test drafts versions of its own; a text kept by an earlier one is forgotten."""
    forget_kept()
    yield
    forget_kept()
