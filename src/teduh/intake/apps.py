"""Names this room for Django."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule

from teduh.intake.channels import KINDS


class Intake(AppConfig):
    """The room intake."""

    name = "teduh.intake"
    label = "intake"

    def import_models(self) -> None:
        """Load the tables of the room, and those of its ways in."""
        super().import_models()
        for kind in KINDS:
            drawer = import_module(f"teduh.intake.channels.{kind}")
            if module_has_submodule(drawer, "models"):
                import_module(f"{drawer.__name__}.models")
