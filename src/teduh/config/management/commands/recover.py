"""`manage.py recover`: three shares open what nobody can open any more. Offline, once."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from teduh.access.queries import invited
from teduh.vault import ceremony
from teduh.vault.actions import recovering
from teduh.vault.rules import Refused

REASONS = {
    "shares": "These shares do not give this office's recovery key. Three of the same set are needed.",
    "archive": "One member must not hold both sides of the archive: arsip-a or arsip-b, not both.",
    "root": "The file does not hold this office's root key.",
}
STEP = 500  # compartments between two words of progress


class Command(BaseCommand):
    """Read shares from the terminal, give one member a new keyring, replace the shares."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who opens from now on, what, and the root key that makes it believed."""
        parser.add_argument("--member", required=True, help="code of the member who opens it")
        parser.add_argument("--team", action="append", required=True, help="team code; repeat it")
        parser.add_argument("--root", required=True, type=Path, help="file with the root key")

    def handle(self, *_args: Any, **told: Any) -> None:
        """Everything or nothing."""
        if invited(told["member"]) is None:
            raise CommandError(f"No active member {told['member']}.")
        self.stderr.write("Type three shares, one on a line, then an empty line:")
        try:
            root = ceremony.read_root(told["root"].read_text(encoding="utf-8"))
            with transaction.atomic(), transaction.atomic(using="shred"):
                made = recovering.recover(
                    shares=_lines(),
                    root_seed=root,
                    member=told["member"],
                    teams=told["team"],
                    at=timezone.now(),
                    progress=self._progress,
                )
                # Said before the commit: what nobody saw could never be opened again.
                self.stdout.write(_said(told["member"], made))
                self.stdout.flush()
        except OSError as error:
            raise CommandError(f"{told['root']}: {error.strerror}") from error
        except Refused as error:
            raise CommandError(REASONS.get(str(error), f"Refused: {error}.")) from error

    def _progress(self, done: int, count: int) -> None:
        if done % STEP == 0 or done == count:
            self.stderr.write(f"{done} of {count} sealed parts")


def _lines() -> list[str]:
    shares: list[str] = []
    for line in sys.stdin:
        if not line.strip():
            break
        shares.append(" ".join(line.split()))
    return shares


def _said(member: str, made: recovering.Recovered) -> str:
    return "\n".join(
        [
            "Shown once and kept nowhere. Write it down now, then clear this screen.",
            "",
            f"{member}: {made.phrase}",
            "",
            f"New recovery shares, any {ceremony.ENOUGH} open; the old ones are worthless now:",
            *(f"{number}. {share}" for number, share in enumerate(made.shares, 1)),
            "",
            f"{made.compartments} sealed parts opened again. Colleagues make new phrases and are",
            "given the team's keys on the page Kunci.",
        ]
    )
