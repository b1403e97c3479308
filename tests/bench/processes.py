"""CPU time and memory of a running office and its children, from /proc."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def family(pid: int) -> list[int]:
    """A process and everything it started."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        text = " ".join((task / "children").read_text(encoding="ascii") for task in tasks)
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [pid, *(one for child in text.split() for one in family(int(child)))]


def cpu_seconds(pid: int) -> float:
    """CPU time of the family so far."""
    return sum(_stat(one, 13) + _stat(one, 14) for one in family(pid)) / TICKS


def cpu_of(pid: int) -> float:
    """The same of one process with one thread, as finely as the kernel counts: in nanoseconds."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9


def memory_mb(pid: int) -> float:
    """The largest resident memory in the family, in MB: the web process."""
    return max(_stat(one, 23) for one in family(pid)) * PAGE / 1e6


def _stat(pid: int, place: int) -> int:
    text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    return int(text.rpartition(")")[2].split()[place - 2])
