"""`manage.py doctor`: what is wrong with this house, and what to do about it."""

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from teduh.config import health
from teduh.config.rules import Level

MARKS = {Level.BAD: "[!!]", Level.SOON: "[! ]", Level.GOOD: "[ok]"}


class Command(BaseCommand):
    """Print the list of the page Sistem; ends with 1 when something must be mended now."""

    help = __doc__
    requires_system_checks = ()

    def handle(self, *_args: Any, **_told: Any) -> None:
        """One line for each thing, and one for what to do."""
        found = health.findings(timezone.now())
        for one in found:
            self.stdout.write(f"{MARKS[one.level]} {one.about}: {one.text}")
            if one.remedy:
                self.stdout.write(f"     {one.remedy}")
        if any(one.level == Level.BAD for one in found):
            raise SystemExit(1)
