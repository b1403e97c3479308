"""Names this room for Django."""

from django.apps import AppConfig


class Config(AppConfig):
    """The room config."""

    name = "teduh.config"
    label = "config"
