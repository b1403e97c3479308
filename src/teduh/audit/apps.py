"""The audit room, as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The trail."""

    name = "teduh.audit"
    label = "audit"
