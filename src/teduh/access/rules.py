"""Decisions about access: pure, and short enough to read aloud."""

from datetime import datetime, timedelta

ELEVATION_LIMIT = timedelta(hours=8)  # one working day: a standing right is a role, not this
REASON_LENGTH = 20  # characters; shorter is not an explanation


class Forbidden(Exception):
    """The member does not hold the right this needs."""


class OwnRights(Forbidden):
    """Nobody raises their own rights, and nobody approves their own request."""


class NoReason(Exception):
    """A revealing step was asked for without an explanation."""


class TooLong(Exception):
    """A temporary right was asked for longer than a working day."""


class AlreadyDecided(Exception):
    """Somebody else answered this request before."""


class EmailTaken(Exception):
    """A member with this e-mail address exists."""


class UnknownRole(Exception):
    """No role has this code."""


class LastFactor(Exception):
    """Nobody works with a password alone: the last second factor stays."""


class EndsFirst(Exception):
    """A duty ends before it starts."""


def may_be_asked(*, reason: str, length: timedelta) -> None:
    """Raise NoReason or TooLong when a temporary right may not even be asked for."""
    if len(reason.strip()) < REASON_LENGTH:
        raise NoReason
    if not timedelta(0) < length <= ELEVATION_LIMIT:
        raise TooLong


def may_decide(*, asked_by: str, decided_by: str, decided_at: datetime | None) -> None:
    """Raise OwnRights or AlreadyDecided when this member may not answer this request."""
    if asked_by == decided_by:
        raise OwnRights
    if decided_at is not None:
        raise AlreadyDecided


def may_remove_factor(*, others: int) -> None:
    """Raise LastFactor when nothing but the password would be left."""
    if others < 1:
        raise LastFactor


class NotInTeam(Exception):
    """Duty for a team is for its members."""
