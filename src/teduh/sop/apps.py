"""Names this room for Django."""

from django.apps import AppConfig


class Sop(AppConfig):
    """The room sop."""

    name = "teduh.sop"
    label = "sop"
