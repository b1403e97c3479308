"""From nothing to a ready office, and again."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.rows import Row
from tests.support.server import HOUSE, free_port, office


def measure() -> Iterator[Row]:
    """Cold: an empty folder. Warm: the same folder again. Both as scripts/demo does it."""
    with tempfile.TemporaryDirectory(prefix="teduh-bench-start-") as folder:
        home = Path(folder) / "var"
        for name, target in (("cold", 0.0), ("warm", 5.0)):
            begun = time.perf_counter()
            with office(folder=home):
                seconds = time.perf_counter() - begun
            yield Row(f"start {name}: ready", 1, seconds, "s", target)
        yield Row("scripts/demo --help, set up", 1, _script(), "s", 2)


def _script() -> float:
    begun = time.perf_counter()
    line = ["bash", "scripts/demo", "--help", "--port", str(free_port())]
    subprocess.run(line, cwd=HOUSE, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun
