"""Decisions about access: pure, and short enough to read aloud."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from teduh.access.words import Right

ELEVATION_LIMIT = timedelta(hours=8)  # one working day: a standing right is a role, not this
REASON_LENGTH = 20  # characters; shorter is not an explanation
FACTOR_WAIT = timedelta(hours=24)  # a request nobody answers in a day is asked anew, with a call
REFUSALS_TOLD = 5  # second factors that did not match: more than a slip of the finger
REFUSALS_WITHIN = timedelta(hours=1)
NEWCOMER = timedelta(days=7)  # so long a colleague one has invited is no second person


# What is done with these outlives the hour: rights lent on, and keys of the office.
NEVER_FOR_A_WHILE = frozenset(
    {"approve_elevation", "manage_keys", "renew_team_keys", "keep_archive"}
)
ARCHIVES = ("arsip-a", "arsip-b")  # teams that hold the archive's halves; browsers know the names


class Forbidden(Exception):
    """The member does not hold the right this needs."""


class OwnRights(Forbidden):
    """Nobody raises their own rights, and nobody approves their own request."""


class BeyondAgency(Forbidden):
    """A right that reaches beyond the own agency is given by the office."""


class NoReason(Exception):
    """A revealing step was asked for without an explanation."""


class TooLong(Exception):
    """A temporary right was asked for longer than a working day."""


class AlreadyDecided(Exception):
    """Somebody else answered this request before."""


class TooLate(Exception):
    """The request is older than it may be."""


class AlreadyAsked(Exception):
    """The same request waits for an answer."""


class EmailTaken(Exception):
    """A member with this e-mail address exists."""


class UnknownRole(Exception):
    """No role has this code."""


class LastFactor(Exception):
    """Nobody works with a password alone: the last second factor stays."""


class OwnDeputy(Exception):
    """Nobody stands in for themselves."""


class EndsFirst(Exception):
    """A duty ends before it starts."""


def may_be_asked(*, right: str, reason: str, length: timedelta) -> None:
    """Raise Forbidden, NoReason or TooLong when a temporary right may not even be asked for."""
    if right in NEVER_FOR_A_WHILE:
        raise Forbidden
    may_be_explained(reason)
    if not timedelta(0) < length <= ELEVATION_LIMIT:
        raise TooLong


def may_hand_on(given: frozenset[Right], *, own: frozenset[Right], oversees_all: bool) -> None:
    """Raise BeyondAgency when a manager outside the office gives more than they hold themselves.

    Answering and filing as a partner they may always give: it is what their agency is here for.
    """
    partners = {Right.ANSWER_PARTNER, Right.REFER_SURVIVORS}
    if not oversees_all and not given <= own | partners:
        raise BeyondAgency


def may_be_explained(reason: str) -> None:
    """Raise NoReason when an explanation is too short to be one."""
    if len(reason.strip()) < REASON_LENGTH:
        raise NoReason


def may_decide(*, asked_by: str, decided_by: str, decided_at: datetime | None) -> None:
    """Raise OwnRights or AlreadyDecided when this member may not answer this request."""
    if asked_by == decided_by:
        raise OwnRights
    if decided_at is not None:
        raise AlreadyDecided


def may_take_factor(
    *,
    member: str,
    asked_by: str,
    decided_by: str,
    decided_at: datetime | None,
    until: datetime,
    at: datetime,
) -> None:
    """Raise OwnRights, AlreadyDecided or TooLate: a lost factor takes two people beside its owner."""
    if decided_by in (member, asked_by):
        raise OwnRights
    if decided_at is not None:
        raise AlreadyDecided
    if at >= until:
        raise TooLate


def may_be_second(
    *, asked_by: str, asked_at: datetime, invited_by: str, joined_at: datetime | None
) -> None:
    """Raise OwnRights for a newcomer whom the asking one invited: both might be one person."""
    new = joined_at is None or joined_at > asked_at - NEWCOMER
    if new and invited_by == asked_by:
        raise OwnRights


def may_remove_factor(*, others: int) -> None:
    """Raise LastFactor when nothing but the password would be left."""
    if others < 1:
        raise LastFactor


class NotInTeam(Exception):
    """Duty for a team is for its members."""


class BothHalves(Exception):
    """Whoever holds one half of the archive's keys, or ever held it, never gets the other."""


def may_sit(team: str, ever: Collection[str]) -> None:
    """Raise BothHalves where a seat would bring both halves into one hand.

    `ever`: codes of the teams the member sits in or once sat in: a key can have been copied.
    """
    if team in ARCHIVES and {*ever} & {*ARCHIVES} - {team}:
        raise BothHalves


def merged(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> dict[str, Any]:
    """What stands after two have written: `theirs`, with what we put in and without what we took out.

    `base`: what we had read. What they have put in another's place meanwhile is not taken out.
    """
    kept = {
        name: value
        for name, value in theirs.items()
        if name in ours or name not in base or base[name] != value
    }
    changed = {
        name: value for name, value in ours.items() if name not in base or base[name] != value
    }
    return {**kept, **changed}
