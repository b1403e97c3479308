"""Names this room for Django."""

from django.apps import AppConfig


class Vault(AppConfig):
    """The room vault."""

    name = "teduh.vault"
    label = "vault"
