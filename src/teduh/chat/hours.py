"""When somebody sits in the office, in words."""

from dataclasses import dataclass
from datetime import time

from django.utils.dates import WEEKDAYS

from teduh.sop.books import office_hours


@dataclass(frozen=True, slots=True)
class Hours:
    """The days as a page says them, and from when to when."""

    days: str
    opens: time
    closes: time


def hours() -> Hours:
    """The hours of the office: those its promises count."""
    told = office_hours()
    days = sorted(told.weekdays)
    names = [str(WEEKDAYS[day]) for day in days]
    row = days == list(range(days[0], days[-1] + 1)) and len(days) > 2
    return Hours(f"{names[0]}–{names[-1]}" if row else ", ".join(names), told.opens, told.closes)
