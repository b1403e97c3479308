"""Days and hours as the city counts them; the database counts in UTC."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def local_day(at: datetime) -> date:
    """The calendar day of `at` in the city."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
