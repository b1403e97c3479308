"""Names this room for Django."""

from django.apps import AppConfig


class Intake(AppConfig):
    """The room intake."""

    name = "teduh.intake"
    label = "intake"
