"""Names this room for Django."""

from django.apps import AppConfig


class Conferences(AppConfig):
    """The room conferences."""

    name = "teduh.conferences"
    label = "conferences"
