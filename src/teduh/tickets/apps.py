"""Names this room for Django."""

from django.apps import AppConfig


class Tickets(AppConfig):
    """The room tickets."""

    name = "teduh.tickets"
    label = "tickets"
