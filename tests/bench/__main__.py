"""The command behind scripts/bench."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.rows import Row, print_row, write_json


def main() -> None:
    """Measure what was asked for; ends with 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("name", choices=[*_measures(), "all"])
    parser.add_argument("--json", type=Path, metavar="FILE")
    asked = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="teduh-bench-"))
    os.environ["TEDUH_VAR"] = str(home)
    rows: list[Row] = []
    try:
        _start_django()
        for name, measure in _measures().items():
            if asked.name in {name, "all"}:
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
    # Imported late: settings are read after the folder of the measurement is set.
    def intake() -> Iterator[Row]:
        from tests.bench import intake as one

        return one.measure()

    def lists() -> Iterator[Row]:
        from tests.bench import lists as one

        return one.measure()

    def cases() -> Iterator[Row]:
        from tests.bench import cases as one

        return one.measure()

    def start() -> Iterator[Row]:
        from tests.bench import start as one

        return one.measure()

    def memory() -> Iterator[Row]:
        from tests.bench import memory as one

        return one.measure()

    def clock() -> Iterator[Row]:
        from tests.bench import clock as one

        return one.measure()

    def search() -> Iterator[Row]:
        from tests.bench import search as one

        return one.measure()

    return {
        "intake": intake,
        "list": lists,
        "cases": cases,
        "start": start,
        "memory": memory,
        "clock": clock,
        "search": search,
    }


if __name__ == "__main__":
    main()
