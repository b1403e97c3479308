"""`manage.py upgrade`: databases and static files as this release needs them; also the first time."""

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from teduh.config import queries, upgrading
from teduh.config.words import Unseen

LATELY = timedelta(hours=24)


class Command(BaseCommand):
    """Apply what waits, with the office closed and a backup at hand."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether it may go on without a backup."""
        parser.add_argument("--without-backup", action="store_true")

    def handle(self, *_args: Any, **told: Any) -> None:
        """Refuse without a backup of the last day; else upgrade and prove the trail."""
        Path(settings.TEDUH_VAR).mkdir(mode=0o700, parents=True, exist_ok=True)
        waiting = upgrading.pending()
        if waiting and not told["without_backup"] and not _safe():
            raise CommandError(
                "No backup of the last 24 hours. Make one with `backup`, or say --without-backup."
            )
        broken = upgrading.upgrade()
        for name in waiting:
            self.stdout.write(f"applied {name}")
        if broken is not None:
            raise CommandError(f"The trail is broken at row {broken.number}: {broken.why}.")
        self.stdout.write("The databases and static files are those of this release.")


def _safe() -> bool:
    if upgrading.is_new():
        return True
    last = queries.last_beat(Unseen.BACKUP)
    return last is not None and timezone.now() - last < LATELY
