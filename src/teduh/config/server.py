"""The web process: granian, with as many hands as the kind of database bears (decision 45)."""

import socket
from dataclasses import dataclass

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces


class PortTaken(Exception):
    """Something listens there already."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Processes, and threads in each: people who may be sending slowly at the same moment."""

    workers: int
    threads: int


# Threads in all. On SQLite writers wait in line (config.sqlite.line); on PostgreSQL each thread keeps
# a connection to both databases: 64 of the 100 it has unless told.
THREADS = 32


def hands() -> Hands:
    """As many processes as the settings say, and the threads shared among them."""
    return Hands(settings.TEDUH_PROCESSES, max(1, THREADS // settings.TEDUH_PROCESSES))


def check_port(address: str, port: int) -> None:
    """Whether one may listen there. Raises PortTaken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise PortTaken from error


def serve(address: str, port: int) -> None:
    """Answer until told to end. Nothing is logged: a request line may carry what nobody may know."""
    have = hands()
    Granian(
        "teduh.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=have.workers,
        blocking_threads=have.threads,
        respawn_failed_workers=True,
        log_enabled=False,
    ).serve()
