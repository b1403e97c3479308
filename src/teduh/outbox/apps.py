"""The outbox room, as Django knows it."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Messages on their way out."""

    name = "teduh.outbox"
    label = "outbox"
