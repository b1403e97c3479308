"""A disk with no byte left under a running office: a real small disk, really filled."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.config.test_crashes import Form, Told, ask, form, send, until_it_answers
from tests.support import offices
from tests.support.offices import Office
from tests.support.server import free_port

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
SMALL_DISK = 16_000_000  # bytes
SAID = "Penyimpanan kami sedang terganggu."
# A disk in memory that only these processes see: an ordinary user may mount one in a name space of
# their own. $0 is where the office lies, $1 its size; what follows is run on a copy of it there.
ON_A_SMALL_DISK = """
set -e
cp -a "$0" "$0.before"; mount -t tmpfs -o size="$1",mode=700 tmpfs "$0"; cp -a "$0.before/." "$0"
shift; exec "$@"
"""
ALONE = ("unshare", "--user", "--map-root-user", "--mount")


@dataclass(frozen=True)
class Small:
    """An office on a small disk of its own, seen through the eyes of its server."""

    port: int
    office: Office
    pid: int
    log: Path

    @property
    def place(self) -> Path:
        """Its data folder, as this process reaches it."""
        return Path(f"/proc/{self.pid}/root{self.office.folder}/var")

    def doctor(self) -> str:
        """What the doctor says there."""
        line = ["nsenter", f"--target={self.pid}", "--user", "--mount", "--preserve-credentials"]
        return subprocess.run(
            [*line, sys.executable, str(offices.HOUSE / "manage.py"), "doctor"],
            cwd=offices.HOUSE, env=self.office.surroundings(), capture_output=True, text=True,
            check=False,
        ).stdout  # fmt: skip

    def fill(self) -> Path:
        """Write until not one byte is left."""
        filler = self.place / "filler"
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            for size in (65_536, 4096, 1):
                with suppress(OSError):
                    while True:
                        file.write(b"x" * size)
        return filler


@pytest.fixture
def small() -> Iterator[Small]:
    """Web process and clock on a disk of 16 MB."""
    if subprocess.run([*ALONE, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a disk of their own")
    with offices.furnished() as office:
        office.ask("staff")
        with served(office.told(TEDUH_DISK_RESERVE_MB="1")) as made:
            yield made


@contextmanager
def served(office: Office) -> Iterator[Small]:
    port, log = free_port(), office.folder / "log"
    both = f'"{sys.executable}" manage.py clock & exec "{sys.executable}" manage.py serve --port {port}'
    line = [*ALONE, "sh", "-c", ON_A_SMALL_DISK, str(office.folder / "var"), str(SMALL_DISK)]
    with (
        log.open("wb") as told,
        subprocess.Popen(
            [*line, "sh", "-c", both], cwd=offices.HOUSE, env=office.surroundings(),
            stdout=subprocess.DEVNULL, stderr=told, start_new_session=True,
        ) as started,
    ):  # fmt: skip
        try:
            until_it_answers(port)
            yield Small(port, office, started.pid, log)
        finally:
            os.killpg(started.pid, 9)


@pytest.mark.skipif(
    bool(os.environ.get("TEDUH_DATABASE_URL")), reason="the disk under PostgreSQL is not ours"
)
def test_a_full_disk_gives_every_word_back_and_takes_it_when_there_is_room(small: Small) -> None:
    told = Told()
    send(small.port, told, form(small.port))
    waiting = form(small.port)
    assert told.refused == []
    filler = small.fill()
    status, page = until_it_refuses(small.port, waiting)
    assert (status, SAID in page, waiting.story in page) == (503, True, True)
    assert waiting.ticket in page
    assert page.index("tel:110") < page.index("<main")
    for path in ("/", "/lapor/", "/status/"):
        assert ask(small.port, "GET", path)[0] == 200
    assert "[!!] Disk" in small.doctor()
    filler.unlink()
    send(small.port, told, waiting)
    assert told.refused == []
    assert set(told.answered) >= {waiting.ticket}
    log = small.log.read_text(encoding="utf-8")
    assert "a report was not kept" in log
    assert [one for one in (waiting.ticket, waiting.story) if one in log] == []


def until_it_refuses(port: int, waiting: Form) -> tuple[int, str]:
    """Send other reports until what was free inside the database's files is used up, then this one."""
    last = time.monotonic() + 60
    while ask(port, "POST", "/lapor/", form(port).body)[0] == 303:
        assert time.monotonic() < last
    return ask(port, "POST", "/lapor/", waiting.body)
