"""Decisions about backups and about the health of the house: pure functions."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum

KEYS_LIVE = timedelta(days=7)  # sealing.md 6: what was forgotten is dead everywhere after a week
SECRET_LENGTH, SECRET_SIGNS = 32, 12  # characters, and different ones: 43 random ones have over 25
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1", "testserver"})
STAMP = "%Y%m%dT%H%M%SZ"


class Level(StrEnum):
    """How a thing stands; the values are kinds of badges."""

    BAD = "danger"
    SOON = "warn"
    GOOD = "done"


class Kind(StrEnum):
    """The two backups that never lie together, named as their folders begin."""

    HOUSE = "teduh"
    KEYS = "kunci"


def name_of(kind: Kind, at: datetime) -> str:
    """The folder of one backup: sorting by name sorts by time."""
    return f"{kind}-{at.astimezone(UTC):{STAMP}}"


def taken_at(name: str) -> datetime | None:
    """When a backup of this name was taken; None for any other folder."""
    kind, _dash, stamp = name.partition("-")
    if kind not in set(Kind):
        return None
    try:
        return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def expired(names: Iterable[str], *, at: datetime, live: timedelta) -> list[str]:
    """Backups that would outlive `live` before tomorrow's run, which must not happen to keys."""
    last = at - live + timedelta(days=1)
    return sorted(name for name in names if (taken_at(name) or at) <= last)


def surplus(names: Iterable[str], *, keep: int) -> list[str]:
    """All but the newest `keep`."""
    ordered = sorted(name for name in names if taken_at(name))
    return ordered[: max(0, len(ordered) - keep)]


def level_of_days(left: int, *, soon: int) -> Level:
    """How something stands that ends in `left` days; the last day still counts."""
    if left < 0:
        return Level.BAD
    return Level.SOON if left <= soon else Level.GOOD


def level_of_age(age: timedelta | None, *, soon: timedelta, late: timedelta) -> Level:
    """How something stands that should have happened lately; None: it never did."""
    if age is None or age > late:
        return Level.BAD
    return Level.SOON if age > soon else Level.GOOD


def level_of_room(room: int, reserve: int) -> Level:
    """How a disk stands with `room` bytes beyond its reserve: files are refused when none is left."""
    if room <= 0:
        return Level.BAD
    return Level.SOON if room < 4 * reserve else Level.GOOD


def level_of_secret(secret: str) -> Level:
    """How hard a secret is to guess, as far as a look at it can tell."""
    if len(secret) < SECRET_LENGTH or len(set(secret)) < SECRET_SIGNS:
        return Level.BAD
    return Level.GOOD


def is_loopback(host: str) -> bool:
    """Whether a host name leads to this very machine."""
    return host in LOOPBACK
