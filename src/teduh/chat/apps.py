"""Names this room for Django."""

from django.apps import AppConfig


class Chat(AppConfig):
    """The room chat."""

    name = "teduh.chat"
    label = "chat"
