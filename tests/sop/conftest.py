"""What tests of this room share."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from teduh.access.models import Duty, Member, Team
from teduh.sop.queries.versions import forget_kept
from tests.factories import MemberFactory, TeamFactory
from tests.sop.promised import AT


@pytest.fixture(autouse=True)
def _fresh_versions() -> Iterator[None]:
    """Each test drafts versions of its own; a text kept by an earlier one is forgotten."""
    forget_kept()
    yield
    forget_kept()


@pytest.fixture
def team() -> Team:
    """The team of intake."""
    return TeamFactory(code="asesmen")


@pytest.fixture
def officer(team: Team) -> Member:
    """Whoever is on duty there."""
    member = MemberFactory(role="officer", team=team)
    Duty.objects.create(team=team, member=member, starts=AT, ends=AT + timedelta(days=30))
    return member


@pytest.fixture
def ladder(team: Team, officer: Member) -> dict[str, str]:
    """E-mail addresses of who hears of a late promise."""
    lead = MemberFactory(role="supervisor", team=team)
    head = MemberFactory(role="head", agency=team.agency)
    MemberFactory(role="head")  # of another agency: hears nothing
    return {"officer": officer.email, "supervisor": lead.email, "head": head.email}
