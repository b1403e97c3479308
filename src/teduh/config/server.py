"""The web process: granian, with as many hands as the kind of database bears (decision 4)."""

import socket
from dataclasses import dataclass

from django.db import connection
from granian import Granian
from granian.constants import Interfaces


class PortTaken(Exception):
    """Something listens there already."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Processes, and threads in each: people who may be sending slowly at the same moment."""

    workers: int
    threads: int


# SQLite takes one writer; threads wait in line for it inside the one process.
ON_SQLITE = Hands(1, 32)
# Each thread keeps a connection to both databases: 64 of the 100 a PostgreSQL has unless told.
ON_POSTGRESQL = Hands(2, 16)


def hands() -> Hands:
    """What the database of this house bears."""
    return ON_POSTGRESQL if connection.vendor == "postgresql" else ON_SQLITE


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
