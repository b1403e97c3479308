"""An office whose time a test moves: each of its processes reads how far its clock stands from now.

Nothing of the office knows: `Clock.surroundings` lets Python itself begin with `follow`.
"""

import mmap
import struct
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

HOUSE = Path(__file__).resolve().parents[2]
AHEAD = struct.Struct("<q")  # nanoseconds from now, for all who have the file mapped
SECOND = 1_000_000_000
SITE = "from pathlib import Path\nfrom tests.support import moved\nmoved.follow(Path({!r}))\n"


def _real() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


class Clock:
    """The time of one office; it goes on by itself, and forwards when told."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.file, self.ahead = folder / "ahead", timedelta()
        (folder / "sitecustomize.py").write_text(SITE.format(str(self.file)), encoding="utf-8")
        self.surroundings = {"PYTHONPATH": f"{folder}:{HOUSE}:{HOUSE / 'src'}"}
        self.go(now)

    @property
    def now(self) -> datetime:
        """What the office's clocks show."""
        return _real() + self.ahead

    def seconds(self) -> float:
        """The same in seconds since 1970."""
        return self.now.timestamp()

    def go(self, moment: datetime) -> None:
        """Let it be this moment in every process at once."""
        self.ahead = moment - _real()
        told = AHEAD.pack(round(self.ahead.total_seconds() * SECOND))
        with self.file.open("r+b" if self.file.exists() else "wb") as file:
            file.write(told)


class _Follower(time_machine.Traveller):
    """A traveller who looks at the file for how far to go."""

    def __init__(self, ahead: mmap.mmap) -> None:
        super().__init__(0, None, tick=True)
        self._ahead = ahead

    def time_ns(self) -> int:
        """Now, as far ahead as the file says."""
        (ahead,) = AHEAD.unpack(self._ahead[:])
        return time_machine._time_machine.original_time_ns() + int(ahead)


def follow(file: Path) -> None:
    """Let every clock of this process, and of those it forks, stand as the file says from now on."""
    with file.open("rb") as opened:
        ahead = mmap.mmap(opened.fileno(), AHEAD.size, access=mmap.ACCESS_READ)
    time_machine.travel(time.time()).start()
    time_machine.traveller_stack[-1] = _Follower(ahead)
