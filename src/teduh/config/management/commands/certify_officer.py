"""`manage.py certify_officer`: a key officer's certificate, made offline with the root key."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from teduh.lib.timing import local_day
from teduh.vault import ceremony
from teduh.vault.packages import b64, unb64
from teduh.vault.rules import Refused


class Command(BaseCommand):
    """Sign one certificate; opens no database and no network."""

    help = __doc__
    requires_system_checks = ()  # they would look at databases

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The root key, whom it certifies, and until when."""
        parser.add_argument("--root", required=True, type=Path, help="file with the root key")
        parser.add_argument("--name", required=True, help="member code of the key officer")
        parser.add_argument("--key", required=True, help="public signing key, base64url")
        parser.add_argument("--until", required=True, type=date.fromisoformat, help="YYYY-MM-DD")

    def handle(self, *_args: Any, **told: Any) -> None:
        """Print certificate and signature, each in base64url."""
        try:
            made = ceremony.certify(
                ceremony.read_root(told["root"].read_text(encoding="utf-8")),
                inst=settings.TEDUH_INSTANCE,
                name=told["name"],
                public=unb64(told["key"]),
                since=local_day(timezone.now()),
                until=told["until"],
            )
        except OSError as error:
            raise CommandError(f"{told['root']}: {error.strerror}") from error
        except Refused as error:
            raise CommandError(REASONS[str(error)]) from error
        self.stdout.write(f"certificate {b64(made.body)}")
        self.stdout.write(f"signature   {b64(made.sig)}")


REASONS = {
    "root": "The file does not hold a root key.",
    "cert": "The key must be 32 bytes in base64url, the day from today and within 400 days.",
}
