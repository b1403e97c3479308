"""Rows as a table that a spreadsheet opens, and in which no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # OWASP, CSV injection


def as_csv(rows: Iterable[Sequence[str | int]]) -> str:
    """The rows as comma-separated values, with a mark by which a spreadsheet knows UTF-8."""
    told = io.StringIO()
    csv.writer(told).writerows([_plain(cell) for cell in row] for row in rows)
    return f"\ufeff{told.getvalue()}"


def _plain(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
