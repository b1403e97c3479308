"""Decisions about backups and about the health of the house: pure functions."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum

KEYS_LIVE = timedelta(days=7)  # sealing.md 6: what was forgotten is dead everywhere after a week
STAMP = "%Y%m%dT%H%M%SZ"


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
