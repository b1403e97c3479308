"""`manage.py backup DIR --shred DIR2`: everything but the settings, while the office works."""

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from teduh.config import actions, backup, generations, rows, rules
from teduh.config.words import Unseen
from teduh.lib.actors import COMMAND


class Command(BaseCommand):
    """Two backups into two places: rows and files, and apart from them the unit keys."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and how long copies live."""
        parser.add_argument("place", type=Path, metavar="DIR", help="for rows and files")
        parser.add_argument(
            "--shred", type=Path, metavar="DIR2", help="for unit keys; never inside DIR"
        )
        parser.add_argument(
            "--keep-days",
            type=int,
            default=rules.KEYS_LIVE.days,
            help="copies of unit keys are destroyed before they are older (7)",
        )
        parser.add_argument("--keep", type=int, help="main backups that stay (all)")

    def handle(self, *_args: Any, **told: Any) -> None:
        """Write both, and say where they are."""
        if not 1 <= told["keep_days"] <= rules.KEYS_LIVE.days:
            raise CommandError("--keep-days is 1 to 7: what is forgotten must be gone in a week.")
        if told["keep"] is not None and told["keep"] < 1:
            raise CommandError("--keep is 1 or more.")
        lost = self._both(told["place"], told["shred"], timedelta(days=told["keep_days"]))
        if told["keep"]:
            backup.keep_newest(told["place"], keep=told["keep"])
        if lost:
            raise CommandError(f"{lost} pieces of files are missing in the store itself.")

    def _both(self, place: Path, keys: Path | None, live: timedelta) -> int:
        try:
            backup.check_places(place, keys)
            lost = self._house(place)
            if keys:
                self._keys(keys, live)
        except backup.Misplaced as error:
            raise CommandError(str(error)) from error
        except generations.Busy as error:
            raise CommandError("Another backup is being written there.") from error
        except generations.FromTheFuture as error:
            raise CommandError(
                f"{error} is later than this machine's clock. Mend the clock (NTP). If the clock is "
                "right, move that folder elsewhere."
            ) from error
        except rows.Damaged as error:
            raise CommandError("The database is damaged: restore an older backup.") from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        return lost

    def _house(self, place: Path) -> int:
        at = timezone.now()
        made = backup.back_up_house(place, at=at)
        self._note(Unseen.BACKUP, made.folder)
        self.stdout.write(f"{made.folder} ({made.files} pieces of files)")
        return made.lost

    def _keys(self, keys: Path, live: timedelta) -> None:
        made = backup.back_up_keys(keys, live=live, at=timezone.now())
        self._note(Unseen.KEY_BACKUP, made.folder)
        self.stdout.write(f"{made.folder} (unit keys)")

    def _note(self, what: Unseen, folder: Path) -> None:
        contents = generations.sum_of(folder / generations.CONTENTS)
        actions.backed_up(what, by=COMMAND, name=folder.name, contents=contents, at=timezone.now())
