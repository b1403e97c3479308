"""`manage.py demo`: a whole city's office on this machine, with fictional people and reports."""

import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connections

from teduh.config import clock, demo, demo_reports, server, static

DOORS = 8000  # the port unless told otherwise


class Command(BaseCommand):
    """Migrate, load, lay out static files, print who may sign in, serve until Ctrl-C."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Port, and whether the office starts without reports."""
        parser.add_argument("--port", type=int, default=DOORS)
        parser.add_argument("--empty", action="store_true")
        parser.add_argument("--reports", type=int, default=demo_reports.REPORTS)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run the demo in the foreground."""
        if not settings.TEDUH_DEMO:
            raise CommandError("The demo runs only with TEDUH_DEMO=1.")
        port = options["port"]
        _check_port(port)
        demo.lay_tables()
        if not options["empty"] and demo.is_new():
            _seed(options["reports"])
        accounts = demo.load()
        static.lay_out()
        self.stdout.write(accounts)
        self.stdout.write(f"Teduh is ready at http://127.0.0.1:{port}")
        self.stdout.flush()
        connections.close_all()  # SQLite must not be carried into granian's worker
        stop = clock.start()
        try:
            server.serve("127.0.0.1", port)
        finally:
            stop.set()


def _check_port(port: int) -> None:
    try:
        server.check_port("127.0.0.1", port)
    except server.PortTaken as error:
        raise CommandError(f"Port {port} is taken; choose another with --port.") from error


def _seed(reports: int) -> None:
    # In a process of its own: threads of the file store die when granian forks its worker, which
    # would then wait for them with every upload (obstore 0.12).
    line = [sys.executable, sys.argv[0], "seed_demo", "--reports", str(reports)]
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
