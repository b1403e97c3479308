"""`manage.py serve`: the web process of a real office, behind a proxy that speaks TLS."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connections

from teduh.config import rules, server, static, upgrading

DOOR = 8000  # the port unless told otherwise


class Command(BaseCommand):
    """Lay out static files, answer until ended; `clock` runs beside it as a service of its own."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--address", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=DOOR)

    def handle(self, *_args: Any, **told: Any) -> None:
        """Serve in the foreground."""
        address, port = told["address"], told["port"]
        if settings.TEDUH_DEMO:
            raise CommandError("TEDUH_DEMO is on: its secrets are known to everybody.")
        if not rules.is_loopback(address) and not settings.TEDUH_TLS:
            raise CommandError("Beyond this machine only behind TLS: set TEDUH_TLS=1.")
        try:
            upgrading.check()
        except upgrading.NotReady as error:
            raise CommandError(str(error)) from error
        try:
            server.check_port(address, port)
        except server.PortTaken as error:
            raise CommandError(f"Port {port} is taken; choose another with --port.") from error
        static.lay_out()
        self.stdout.write(f"Teduh answers at http://{address}:{port}")
        self.stdout.flush()
        connections.close_all()  # no connection is carried into granian's workers
        server.serve(address, port)
