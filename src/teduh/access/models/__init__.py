"""Agencies, teams, members; what they hold and for how long."""

from teduh.access.models.conflicts import Conflict, ConflictQuery
from teduh.access.models.members import Agency, Member, MemberQuery, Team, TeamQuery
from teduh.access.models.requests import (
    Elevation,
    ElevationQuery,
    LostFactor,
    LostFactorQuery,
)
from teduh.access.models.sendings import Sending
from teduh.access.models.sign_ins import SignIn
from teduh.access.models.spans import (
    Absence,
    AbsenceQuery,
    Duty,
    DutyQuery,
    RoleHeld,
    SpanQuery,
    TeamSeat,
)
from teduh.access.models.two_hands import TwoHands

__all__ = [
    "Absence",
    "AbsenceQuery",
    "Agency",
    "Conflict",
    "ConflictQuery",
    "Duty",
    "DutyQuery",
    "Elevation",
    "ElevationQuery",
    "LostFactor",
    "LostFactorQuery",
    "Member",
    "MemberQuery",
    "RoleHeld",
    "Sending",
    "SignIn",
    "SpanQuery",
    "Team",
    "TeamQuery",
    "TeamSeat",
    "TwoHands",
]
