"""Logs that name the kind of a failure and its line, and nothing a person wrote."""

import logging
import sys
import traceback


class Bare(logging.Formatter):
    """Time, level, logger, and for a failure its type, file and line. Never its message."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; arguments of foreign log calls are dropped because they may carry a path."""
        line = f"{self.formatTime(record)} {record.levelname} {record.name}"
        if record.name.startswith("teduh."):
            line += f" {record.getMessage()}"
        if record.exc_info and record.exc_info[0]:
            frames = traceback.extract_tb(record.exc_info[2])
            where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
            line += f" {record.exc_info[0].__name__} at {where}"
        return line


def configure(_settings: dict[str, object]) -> None:
    """Send every warning to stderr in the bare form, and nothing anywhere else."""
    for name in ("django", "django.server"):
        named = logging.getLogger(name)
        named.handlers[:], named.propagate = [], True
    logging.getLogger("django.request").setLevel(logging.ERROR)  # a missing page is no failure
    door = logging.StreamHandler(sys.stderr)
    door.setFormatter(Bare())
    root = logging.getLogger()
    root.handlers[:] = [door]
    root.setLevel(logging.WARNING)
