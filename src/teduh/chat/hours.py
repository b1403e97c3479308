"""When somebody sits in the office, and how long a conversation is kept, in words."""

from dataclasses import dataclass
from datetime import time

from django.conf import settings
from django.utils.dates import WEEKDAYS

from teduh.sop.books import office_hours


@dataclass(frozen=True, slots=True)
class Hours:
    """The days as a page says them, and from when to when.

    `quiet`: days without a word, then a conversation ends; `kept`: days from there to its erasure.
    """

    days: str
    opens: time
    closes: time
    quiet: int
    kept: int


def hours() -> Hours:
    """The hours of the office: those its promises count."""
    told = office_hours()
    days = sorted(told.weekdays)
    names = [str(WEEKDAYS[day]) for day in days]
    row = days == list(range(days[0], days[-1] + 1)) and len(days) > 2
    return Hours(
        f"{names[0]}–{names[-1]}" if row else ", ".join(names),
        told.opens,
        told.closes,
        settings.TEDUH_CHAT_QUIET_DAYS,
        settings.TEDUH_CHAT_DAYS,
    )
