"""Who acts: every action is told, so that the trail can say it."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """The kinds of hand that may write."""

    MEMBER = "member"
    REPORTER = "reporter"
    CLOCK = "clock"
    COMMAND = "command"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Actor:
    """One hand: its kind and a code that is never a name (a member code, a ticket, or empty)."""

    kind: ActorKind
    code: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}" if self.code else str(self.kind)


ANONYMOUS = Actor(ActorKind.ANONYMOUS)
CLOCK = Actor(ActorKind.CLOCK)
COMMAND = Actor(ActorKind.COMMAND)


def reporter(ticket: str) -> Actor:
    """The holder of a ticket who has shown its code."""
    return Actor(ActorKind.REPORTER, ticket)
