"""Names this room for Django."""

from django.apps import AppConfig


class Services(AppConfig):
    """The room services."""

    name = "teduh.services"
    label = "services"
