"""The least row a test needs, and a member who is already signed in."""

from tests.factories.access import (
    SEED,
    AgencyFactory,
    MemberFactory,
    TeamFactory,
    code_now,
    signed_in,
)

__all__ = ["SEED", "AgencyFactory", "MemberFactory", "TeamFactory", "code_now", "signed_in"]
