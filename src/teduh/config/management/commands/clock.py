"""`manage.py clock`: the service that does what is due; several may run at once."""

import signal
import threading
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from teduh.config import clock, upgrading


class Command(BaseCommand):
    """Look every few seconds until ended."""

    help = __doc__

    def handle(self, *_args: Any, **_told: Any) -> None:
        """Run in the foreground; a polite kill ends it between two chores."""
        try:
            upgrading.check()
        except upgrading.NotReady as error:
            raise CommandError(str(error)) from error
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_told: stop.set())
        self.stdout.write("The clock runs.")
        self.stdout.flush()
        clock.tick(timezone.now())
        clock.run(stop)
