"""`manage.py practice`: the demo's city for new staff to practise in, marked on every page."""

from typing import Any

from django.conf import settings
from django.core.management import CommandError

from teduh.config.management.commands import demo


class Command(demo.Command):
    """Mark the folder as a practice office, then run it as the demo runs."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the practice office in the foreground. Settings have refused a real one's folder."""
        if not settings.TEDUH_PRACTICE:
            raise CommandError("A practice office runs only with TEDUH_PRACTICE=1.")
        settings.TEDUH_VAR.mkdir(parents=True, exist_ok=True)
        (settings.TEDUH_VAR / settings.PRACTICE_MARK).touch()
        super().handle(*args, **options)
