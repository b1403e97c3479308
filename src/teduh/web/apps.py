"""Names this room for Django."""

from django.apps import AppConfig


class Web(AppConfig):
    """The room web."""

    name = "teduh.web"
    label = "web"
