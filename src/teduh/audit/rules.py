"""What a row of the trail proves, and when the chain is broken."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from teduh.lib.actors import Actor

NOTHING_BEFORE = "0" * 64  # the hash the first row points back to


class NoTransaction(Exception):
    """A line was recorded outside a transaction: it could outlive what it tells of."""


class TrailOnlyGrows(Exception):
    """Somebody tried to change or remove a row of the trail."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is hashed of a row, in this order."""

    number: int
    at: datetime
    by_kind: str
    by_code: str
    verb: str
    subject: str
    detail: str
    previous: str


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What somebody tells for the trail, before it has its place there; each is only itself.

    It is called once its transaction is kept, when nothing is left to do.
    """

    by: Actor
    verb: str
    subject: str
    at: datetime
    detail: str
    mentions: tuple[str, ...] = ()

    def __call__(self) -> None:
        """Nothing: the line was written."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that does not follow from the one before it."""

    number: int
    why: str


def canonical(detail: Mapping[str, str | int]) -> str:
    """The detail as the one text that is hashed and stored."""
    return json.dumps(detail, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(line: Line) -> str:
    """SHA-256 over the line, in hex."""
    fields: Sequence[str | int] = (
        line.number,
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        line.by_kind,
        line.by_code,
        line.verb,
        line.subject,
        line.detail,
        line.previous,
    )
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
