"""What a measurement says: a row with a value, a unit, and whether the target is met."""

import json
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One figure. `target` is the most it may be, or with `least` the least; 0 has no target."""

    what: str
    size: int
    value: float
    unit: str
    target: float = 0.0
    least: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the target is met; nothing where there is none."""
        if not self.target:
            return None
        return self.value >= self.target if self.least else self.value <= self.target


def print_row(row: Row) -> None:
    """Say a figure as soon as it is known."""
    sign = "≥" if row.least else "≤"
    wish = f"{sign} {row.target:g}" if row.target else ""
    word = {True: "met", False: "MISSED", None: ""}[row.met]
    line = f"{row.what:<52}{row.size:>8}{row.value:>12.2f} {row.unit:<10}{wish:>10} {word}"
    sys.stdout.write(line.rstrip() + "\n")
    sys.stdout.flush()


def write_json(rows: Sequence[Row], path: Path) -> None:
    """The rows for a machine: what, size, value, unit, target, met."""
    told = [
        {name: value for name, value in {**asdict(row), "met": row.met}.items() if name != "least"}
        for row in rows
    ]
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
