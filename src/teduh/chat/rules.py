"""Decisions about messages, and about who waits for one."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from statistics import median

CIPHERTEXT, SIGNATURE, KEY = 1040, 64, 32  # bytes in a slot: a 1 KiB item and its tag, and so on
HEADER_MOST = 320  # bytes; ours have 310 with the longest code of a member and 99,999 messages
SLOT = 2 + HEADER_MOST + CIPHERTEXT + SIGNATURE + KEY  # bytes
SLOTS = 8  # of an answer (sealing.md 5)
OPENING = 6816  # bytes of the opening part; it takes 6,750 at most (decision 46)
OPENING_STEP = 4096  # by which a longer one grows, as a hello that carries earlier chats does
PAGE = 16 * 1024  # bytes of the page without script; a longer thread takes the next multiple

FEW = 3  # so many before her are "a few"
ENOUGH = 5  # answers of the last days from which a pace is told; fewer tell nothing
LOOK_BACK_DAYS = 7
PATIENCE = 2  # times as long as others a conversation goes on in which she waits for an answer
PACES = ((15, "quarter"), (60, "hour"), (6 * 60, "hours"))  # minutes, most, and the word for it


class WrongTurn(Exception):
    """A message whose number is not the next of its side: read the thread again."""


class NotOpen(Exception):
    """A conversation that has ended, was put off already, or has never begun."""


def is_next(seq: int, expected: int) -> bool:
    """Whether a message carries the number its side counts next."""
    return seq == expected


def fits_a_slot(header: int) -> bool:
    """Whether a message with a header of so many bytes can be handed out again."""
    return 0 < header <= HEADER_MOST


def opening_size(needed: int) -> int:
    """Bytes of the opening part: equal for all tickets but those whose hello carries many chats."""
    steps = -(-max(0, needed - OPENING) // OPENING_STEP)
    return OPENING + steps * OPENING_STEP


def to_the_minute(at: datetime) -> datetime:
    """A moment as precisely as a clock of ours is kept (sealing.md 12)."""
    return at.replace(second=0, microsecond=0)


def minutes_between(since: datetime, at: datetime) -> int:
    """Whole minutes of waiting, never fewer than none."""
    return max(0, int((at - since).total_seconds() // 60))


def quiet_since(day: date, days: int, *, waits: bool) -> date:
    """The newest word of a conversation that ends on this day lies here, or earlier.

    `days`: so long nobody wrote; `waits`: whether she waits for an answer.
    """
    return day - timedelta(days=days * (PATIENCE if waits else 1))


def crowd(before: int) -> str:
    """The word for so many who wait before her."""
    if not before:
        return "next"
    return "few" if before <= FEW else "many"


def pace(waited: Sequence[int]) -> str:
    """The word for how long answers took, in minutes: by the middle one; empty from too few."""
    if len(waited) < ENOUGH:
        return ""
    middle = median(waited)
    return next((word for most, word in PACES if middle <= most), "day")
