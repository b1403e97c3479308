"""Reading signs of life."""

from datetime import datetime

from django.db import connection

from teduh.config.models import Beat
from teduh.config.words import Unseen

TABLE = "config_beat"


def last_beat(of: Unseen) -> datetime | None:
    """When this last showed a sign of life; None for never, or before there was a table for it."""
    if not may_beat():
        return None
    return Beat.objects.filter(name=of).values_list("at", flat=True).first()


def may_beat() -> bool:
    """Whether there is a table for signs of life; an older release had none."""
    return TABLE in connection.introspection.table_names()
