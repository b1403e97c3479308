"""Names this room for Django."""

from django.apps import AppConfig


class Funding(AppConfig):
    """The room funding."""

    name = "teduh.funding"
    label = "funding"
