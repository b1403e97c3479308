"""The real office for walks: `manage.py demo` in a folder of its own, as scripts/demo starts it."""

import os
import queue
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support import shelf

HOUSE = Path(__file__).resolve().parents[2]
BY_HAND = (sys.executable, str(HOUSE / "manage.py"), "demo")
BY_SCRIPT = (str(HOUSE / "scripts" / "demo"),)
READY = "Teduh is ready at "
START_SECONDS = 120


class DidNotStart(Exception):
    """The office ended or said nothing in time; the text is what it printed."""


@dataclass(frozen=True)
class Office:
    """A running office: its address, what it printed, and every place it may leave a trace in."""

    url: str
    folder: Path
    temp: Path
    log: Path
    said: str
    pid: int
    seconds: float  # of work from the command to the first answer, however busy the machine is

    def traces(self) -> Iterator[Path]:
        """Every file that the office has written: database, journals, files, temp, log."""
        for path in (*self.folder.rglob("*"), *self.temp.rglob("*"), self.log):
            if path.is_file():
                yield path

    def rows(self, table: str) -> int:
        """How many rows a table holds."""
        with self.reading() as database:
            (count,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(count)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A reader in the middle of the database: until it ends, the journal is kept."""
        with closing(sqlite3.connect(self.folder / "teduh.sqlite3")) as database:
            database.execute("BEGIN")
            database.execute("SELECT 1 FROM sqlite_schema").fetchone()
            yield database

    def crash(self) -> None:
        """End it as a power cut would: no farewell, no checkpoint."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)


@contextmanager
def office(
    *wishes: str,
    command: tuple[str, ...] = BY_HAND,
    folder: Path | None = None,
    environment: dict[str, str] | None = None,
    like: Path | None = None,
) -> Iterator[Office]:
    """Start the demo with these wishes on a free port, in a folder that is gone afterwards.

    A folder that is given may hold an office already, and stays; `like` is copied there before.
    """
    place = Path(tempfile.mkdtemp(prefix="teduh-walk-"))
    log, temp = place / "office.log", place / "temp"
    temp.mkdir()
    port = free_port()
    home = folder or place / "var"
    if like:
        shutil.copytree(like, home, dirs_exist_ok=True)
    line = [*command, *wishes, "--port", str(port)]
    process = _start(line, home, temp, environment or {})
    try:
        said = _until_ready(process, log)
        url = said.rsplit(READY, 1)[1].split()[0]
        _until_it_listens(process, port, log)
        yield Office(url, home, temp, log, said, process.pid, _worked(process.pid))
    finally:
        _end(process)
        shutil.rmtree(place, ignore_errors=True)


def ready_made(
    *wishes: str, environment: dict[str, str] | None = None, name: str = "office"
) -> Path:
    """The folder of an office of these wishes that nobody has used, made once in a run of tests."""

    def make(folder: Path) -> None:
        with office(*wishes, folder=folder, environment=environment):
            pass  # it ends politely: nothing waits in a journal

    return shelf.ready(f"{name}{''.join(wishes)}", make)


def _start(
    line: list[str], home: Path, temp: Path, environment: dict[str, str]
) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        line,
        cwd=HOUSE,
        env=surroundings(home, temp, environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # a group of its own, ended whole
    )


def surroundings(home: Path, temp: Path, environment: dict[str, str]) -> dict[str, str]:
    """What a process of an office in these folders finds around it."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("TEDUH_")},
        "TEDUH_DEMO": "1",
        "TEDUH_VAR": str(home),
        "TMPDIR": str(temp),
        "PYTHONUNBUFFERED": "1",
        **environment,
    }


def free_port() -> int:
    """A port on this machine that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_ready(process: "subprocess.Popen[str]", log: Path) -> str:
    lines: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=_copy_lines, args=(process, log, lines), daemon=True).start()
    said = ""
    last = time.monotonic() + START_SECONDS
    while time.monotonic() < last:
        try:
            line = lines.get(timeout=0.2)
        except queue.Empty:
            if READY in said:
                return said  # the table of accounts has been printed too
            continue
        if line is None:
            break
        said += line
    raise DidNotStart(said)


def _until_it_listens(process: "subprocess.Popen[str]", port: int, log: Path) -> None:
    last = time.monotonic() + START_SECONDS
    while time.monotonic() < last and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise DidNotStart(f"nothing listens on port {port}\n{log.read_text(encoding='utf-8')}")


def _copy_lines(
    process: "subprocess.Popen[str]", log: Path, lines: "queue.Queue[str | None]"
) -> None:
    assert process.stdout is not None
    with process.stdout as told, log.open("w", encoding="utf-8") as kept:
        for line in told:
            kept.write(line)
            kept.flush()
            lines.put(line)
    lines.put(None)


def _worked(pid: int) -> float:
    # The last of them are the children that ended: scripts/build, which made way for the demo.
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in told[11:15]) / os.sysconf("SC_CLK_TCK")


def _end(process: "subprocess.Popen[str]") -> None:
    """Politely, then whatever is left of its group: granian's own processes may outlive it."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=15)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
