"""`manage.py init_office`: an office of any city, with its keys. Once for each database."""

import os
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone

from teduh.access.rules import EmailTaken
from teduh.config import office
from teduh.directory.rules import NotAChannel
from teduh.vault import ceremony
from teduh.vault.packages import b64


class Command(BaseCommand):
    """Make the office; print once what is kept nowhere; leave the root key in a file."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which city, which name, who begins, and where the root key goes."""
        parser.add_argument("--area", required=True, help="Kemendagri code of the city: 21.71")
        parser.add_argument("--name", required=True, help="name of the office, as TEDUH_OFFICE")
        parser.add_argument("--root", required=True, type=Path, help="new file for the root key")
        parser.add_argument("--agencies", type=Path, help="toml: [[agencies]] code, name, kind")
        parser.add_argument(
            "--channels", type=Path, help="toml: [[channels]] kind, label, target, hours"
        )
        parser.add_argument(
            "--member",
            action="append",
            default=[],
            metavar="CODE;NAME;EMAIL;ROLES;TEAMS",
            help="a first member; roles and teams parted by commas; repeat it",
        )

    def handle(self, *_args: Any, **told: Any) -> None:
        """Make everything or nothing."""
        try:
            members = [office.read_member(text) for text in told["member"]]
            partners = office.read_partners(told["agencies"]) if told["agencies"] else []
            office.check(area=told["area"], name=told["name"], members=members)
        except office.NotReady as error:
            raise CommandError(str(error)) from error
        # Unit keys commit first, so that no row ever waits for the key it is locked under.
        with _root_file(told["root"]) as file, _both_databases():
            made = office.make(
                area=told["area"],
                name=told["name"],
                members=members,
                partners=partners,
                channels=told["channels"],
                at=timezone.now(),
            )
            os.write(file, f"{ceremony.spell_root(made.root)}\n".encode())
            os.fsync(file)
            # Said before the commit: an office whose phrases nobody saw could never be opened.
            self.stdout.write(_said(made, told["root"]))
            self.stdout.flush()


@contextmanager
def _root_file(path: Path) -> Iterator[int]:
    """A file only its owner reads, new; gone again when anything fails."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    try:
        yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        os.close(file)


@contextmanager
def _both_databases() -> Iterator[None]:
    try:
        with transaction.atomic(), transaction.atomic(using="shred"):
            yield
    except EmailTaken as error:
        raise CommandError("An e-mail address stands twice. Nothing was kept.") from error
    except NotAChannel as error:
        raise CommandError(f"Channels: {error}. Nothing was kept.") from error
    except IntegrityError as error:
        raise CommandError("A code stands twice. Nothing was kept.") from error


def _said(made: office.Made, root: Path) -> str:
    host = settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else ""
    lines = [
        "Shown once and kept nowhere. Write it down now, then clear this screen.",
        "",
        "Settings to add:",
        f"TEDUH_INSTANCE={settings.TEDUH_INSTANCE}",
        f"TEDUH_ROOT_PUBLIC={made.root_public}",
        "",
        f"Root key: {root} (take it offline; destroy the copy here)",
        "",
        f"Recovery: {ceremony.SHARES} shares, any {ceremony.ENOUGH} open; one institution each",
        *(f"{number}. {share}" for number, share in enumerate(made.shares, 1)),
        "",
        "Members: link to choose a password, sealing phrase",
        *(
            f"{code}: https://{host}{link}  {made.phrases[code]}"
            for code, link in made.links.items()
        ),
        "",
        "Key officers: certificate, signature",
        *(f"{code}: {b64(one.body)} {b64(one.sig)}" for code, one in made.certificates.items()),
    ]
    return "\n".join(lines)
