"""Decisions about tickets."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

PAGE = 5 * 1024  # bytes of a page that shows a stage; the longest needs about 4,950
PART = 3 * 1024  # bytes of what a script gets to show of it; the longest needs about 2,600
LADDER = ("received", "review", "preparing", "running", "monitoring", "done")
ENDS = ("passed_on", "done")  # nothing comes after them here
# sealing.md 4: only her own ticket follows her case; a neighbour, who may be the accused, sees
# received, being looked at, taken on. An end by itself tells no more than that we looked.
STAGES_FOR_OTHERS = ("received", "review", "preparing")
SEEN_BY_OTHERS = {
    "passed_on": "review",
    "done": "review",
    "running": "preparing",
    "monitoring": "preparing",
}
STEPS_FOR_OTHERS = ("read", "assess", "answer")  # an answer is asked of whoever holds the ticket

# What the office promises in time, in days from the day of the report (wording.md 20): the first
# answer. A step without a promise tells no day; the room sop will keep more of them.
PROMISED_DAYS = {"read": 1}


FEW = 5  # opinions of a month; fewer are not told apart (small numbers name people)


class WrongMove(Exception):
    """A stage that this ticket may not show."""


class TooFast(Exception):
    """Too many tries that opened nothing; carries the seconds until the next one is looked at."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def stored_auth(auth: bytes, pepper: bytes) -> str:
    """What the server keeps of an auth token: hex of HMAC-SHA256(pepper, auth) (sealing.md 4)."""
    return hmac.new(pepper, auth, hashlib.sha256).hexdigest()


def same_auth(kept: str, auth: bytes, pepper: bytes) -> bool:
    """Whether `auth` is the one kept, in constant time."""
    return hmac.compare_digest(kept, stored_auth(auth, pepper))


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage a ticket came to, and the day."""

    stage: str
    day: date


def seen_by_others(stage: str) -> str:
    """What a stage says on somebody else's ticket."""
    return SEEN_BY_OTHERS.get(stage, stage)


def way_of_others(way: Sequence[Reached]) -> list[Reached]:
    """What somebody else's ticket shows of the way it went: three stages, and never back."""
    shown: list[Reached] = []
    for step in way:
        stage = seen_by_others(step.stage)
        before = [STAGES_FOR_OTHERS.index(one.stage) for one in shown]
        if STAGES_FOR_OTHERS.index(stage) > max(before, default=-1):
            shown.append(Reached(stage, step.day))
    return shown


def stages_for_others(way: Sequence[Reached], *, asks: bool) -> Sequence[str]:
    """The stages to draw on somebody else's ticket; of a question no service, until there is one."""
    last = STAGES_FOR_OTHERS.index(way[-1].stage)
    return STAGES_FOR_OTHERS[: max(2, last + 1)] if asks else STAGES_FOR_OTHERS


def ladder(way: Sequence[Reached]) -> list[str]:
    """The stages to draw: those reached on the way to the last one, and those that may follow."""
    now, reached = way[-1].stage, {step.stage for step in way}
    if now in ENDS:
        return [*(stage for stage in LADDER if stage in reached and stage != now), now]
    here = LADDER.index(now)
    return [stage for stage in LADDER[:here] if stage in reached] + list(LADDER[here:])


def next_step_of_others(step: str) -> str:
    """The next step that somebody else's ticket tells."""
    return step if step in STEPS_FOR_OTHERS else "assess"


def promised_day(step: str, opened: date) -> date | None:
    """The last day of a next step, where the office has promised one."""
    days = PROMISED_DAYS.get(step)
    return opened + timedelta(days=days) if days is not None else None


def is_over(day: date | None, today: date) -> bool:
    """Whether a promised day has passed; where none was promised, none has."""
    return day is not None and day < today


def of_one_size(page: bytes, noise: bytes) -> bytes:
    """A page with noise in a comment at its end, so that its size tells nothing (sealing.md 12).

    `noise`: letters and digits, as many as the page shall have bytes; one that outgrew them gets
    the next multiple.
    """
    frame = b"<!---->"
    room = -(len(page) + len(frame)) % len(noise)
    before, end, after = page.rpartition(b"</body>")
    return before + frame[:4] + noise[:room] + frame[4:] + end + after


def asks_opinion(stage: str, *, own: bool, given: bool) -> bool:
    """Whether the holder of a ticket is asked how it was: a survivor, once, when her case has ended."""
    return own and stage == "done" and not given
