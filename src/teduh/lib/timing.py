"""Days and hours as the city counts them; the database counts in UTC."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings


def local_day(at: datetime) -> date:
    """The calendar day of `at` in the city."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def begin_of(day: date) -> datetime:
    """The first moment of a calendar day in the city."""
    return datetime.combine(day, time.min, ZoneInfo(settings.TIME_ZONE))


def local_minute(at: datetime) -> tuple[int, int]:
    """Weekday (0 is Monday) and minute of the day of `at` in the city."""
    here = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    return here.weekday(), here.hour * 60 + here.minute
