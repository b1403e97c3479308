"""The directory room, as Django knows it."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Areas and channels."""

    name = "teduh.directory"
    label = "directory"
