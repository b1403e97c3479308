"""Offices that stand ready: each is made once in a run of tests and copied by whoever needs one.

All processes of a run share the shelf; it is gone when the run ends.
"""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

PLACE = "TEDUH_SHELF"


def open_in(folder: Path) -> None:
    """Let this process and those it starts share a shelf; one that a parent opened stays."""
    if PLACE not in os.environ:
        place = folder / "shelf"
        place.mkdir()
        os.environ[PLACE] = str(place)


def ready(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name; `make` fills it when nobody has yet, while the others wait."""
    place = Path(os.environ[PLACE])
    folder, begun = place / name, place / f"{name}.begun"
    with (place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(begun, ignore_errors=True)
            make(begun)
            begun.rename(folder)
    return folder
