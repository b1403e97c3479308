"""The command behind scripts/bench."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

from tests.bench.rows import Row, print_row, write_json


def main() -> None:
    """Measure what was asked for; ends with 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("name", choices=[*_measures(), "all"])
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--only", default="", metavar="WORD", help="of lists: pages of this name")
    asked = parser.parse_args()
    os.environ["BENCH_ONLY"] = asked.only or os.environ.get("BENCH_ONLY", "")
    home = Path(tempfile.mkdtemp(prefix="teduh-bench-"))
    os.environ["TEDUH_VAR"] = str(home)
    rows: list[Row] = []
    try:
        _start_django()
        for name, measure in _measures().items():
            if asked.name == name or (asked.name == "all" and name != "chat-small"):
                for row in measure():
                    rows.append(row)
                    print_row(row)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    if asked.json:
        write_json(rows, asked.json)
    sys.exit(any(row.met is False for row in rows))


def _start_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teduh.config.settings")
    django.setup()


def _measures() -> dict[str, Callable[[], Iterator[Row]]]:
    names = {
        name: (name, "measure")
        for name in (
            "chat",
            "intake",
            "cases",
            "services",
            "start",
            "memory",
            "clock",
            "search",
            "granting",
        )
    }
    names |= {"chat-small": ("chat", "measure_small"), "list": ("lists", "measure")}
    return {name: partial(_measure, *where) for name, where in names.items()}


def _measure(module: str, function: str) -> Iterator[Row]:
    """Imported late: settings are read after the folder of the measurement is set."""
    rows: Iterator[Row] = getattr(import_module(f"tests.bench.{module}"), function)()
    return rows


if __name__ == "__main__":
    main()
