"""`manage.py restore DIR --shred DIR2`: an office put back into empty databases."""

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from teduh.config import restore, rows, rules
from teduh.config.generations import NotABackup
from teduh.lib import store

ANY_AGE = timedelta(days=36_500)
WRONG = (NotABackup, restore.TooOld, restore.NotEmpty, restore.NotProven)


class Command(BaseCommand):
    """Put rows, files and unit keys back; what was forgotten stays forgotten, grants end."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which backups: a folder of one, or a place with several of which the newest is taken."""
        parser.add_argument("place", type=Path, metavar="DIR", help="backup of rows and files")
        parser.add_argument("--shred", type=Path, metavar="DIR2", required=True, help="unit keys")
        parser.add_argument(
            "--old-keys",
            action="store_true",
            help="take unit keys older than a week; then forget by hand what was promised since",
        )

    def handle(self, *_args: Any, **told: Any) -> None:
        """Restore, and say what was done."""
        if settings.TEDUH_PRACTICE:
            raise CommandError("A practice office takes nothing out of a backup.")
        Path(settings.TEDUH_VAR).mkdir(mode=0o700, parents=True, exist_ok=True)
        live = ANY_AGE if told["old_keys"] else rules.KEYS_LIVE
        try:
            done = restore.restore(
                told["place"],
                told["shred"],
                live=live,
                at=timezone.now(),
                say=self.stdout.write,
            )
        except WRONG as error:
            raise CommandError(str(error)) from error
        except rows.OtherTables as error:
            raise CommandError("The rows do not fit into the tables of this release.") from error
        except store.NoRoom as error:
            raise CommandError("The disk is too small for the files.") from error
        self.stdout.write(f"{done.forgotten} forgotten subjects stay dead.")
        if done.grants:
            self.stdout.write(
                f"{done.grants} grants to partners have ended: ask her again before one is given anew."
            )
        if done.unopenable:
            self.stdout.write(
                f"{done.unopenable} subjects are newer than the unit keys and cannot be opened."
            )
        self.stdout.write(
            "What ended since the backup holds again: go through Pelindungan data, Sesudah pemulihan."
        )
        self.stdout.write("Restored. Run doctor, then open the office.")
