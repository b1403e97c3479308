"""The access room, as Django knows it."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Members and rights."""

    name = "teduh.access"
    label = "access"
