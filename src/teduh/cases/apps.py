"""Names this room for Django."""

from django.apps import AppConfig


class Cases(AppConfig):
    """The room cases."""

    name = "teduh.cases"
    label = "cases"
