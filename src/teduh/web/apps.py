"""Names this room for Django."""

from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

CHOOSE = _("Pilih dari yang ditawarkan.")


class Web(AppConfig):
    """The room web."""

    name = "teduh.web"
    label = "web"

    def ready(self) -> None:
        """What is no choice is refused without a word of it: Django's own sentence repeats it."""
        for kind in (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelMultipleChoiceField):
            kind.default_error_messages["invalid_choice"] = CHOOSE
