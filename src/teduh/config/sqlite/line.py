"""The turn to write one SQLite file: one thread of a process, one process of this machine."""

import fcntl
import os
import threading
import time
from pathlib import Path

POLL = (
    0.001  # seconds between two looks whether the other process is done: a write takes about 5 ms
)
_lines: dict[tuple[int, str], "Line"] = {}
_making = threading.Lock()


class Line:
    """Who holds it writes. It falls to the next one when its process dies."""

    def __init__(self, name: str) -> None:
        self._threads = threading.Lock()
        # Not the database itself: closing any handle on that drops SQLite's own locks.
        self._path = f"{name}-line" if Path(name).is_absolute() else ""
        self._file = -1

    def take(self, seconds: float) -> bool:
        """Wait for the turn at most `seconds`; whether it came. Raises OSError without the file."""
        until = time.monotonic() + seconds
        if not self._threads.acquire(timeout=seconds):
            return False
        try:
            came = self._take_file(until)
        except BaseException:
            self._threads.release()
            raise
        if not came:
            self._threads.release()
        return came

    def leave(self) -> None:
        """Hand the turn on."""
        if self._path:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._threads.release()

    def _take_file(self, until: float) -> bool:
        if not self._path:
            return True
        if self._file < 0:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        while time.monotonic() < until:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(POLL)
            else:
                return True
        return False


def line_of(name: str) -> Line:
    """The line before a database file, one for each process."""
    with _making:
        return _lines.setdefault((os.getpid(), name), Line(name))
