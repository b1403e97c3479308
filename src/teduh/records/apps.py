"""Names this room for Django."""

from django.apps import AppConfig


class Records(AppConfig):
    """The room records."""

    name = "teduh.records"
    label = "records"
