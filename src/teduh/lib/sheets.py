"""Tables that go to a spreadsheet and come back: csv in which no cell begins like a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

MARK = "\ufeff"  # says UTF-8 to Excel
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")  # OWASP, CSV Injection, read November 2026
QUOTE = "'"


class Unreadable(Exception):
    """A text that is no table from this line on, such as one with a cell of 131,073 signs."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def written(rows: Iterable[Sequence[str]]) -> str:
    """Rows as csv; a cell that begins like a formula, or with a quote, gets a quote before it."""
    out = StringIO(newline="")
    csv.writer(out).writerows([[_guarded(cell) for cell in row] for row in rows])
    return MARK + out.getvalue()


def read(text: str) -> list[tuple[int, list[str]]]:
    """Line number and cells of each row that is not empty, parted by comma or semicolon.

    Raises Unreadable.
    """
    plain = text.removeprefix(MARK)
    first = plain.partition("\n")[0]
    between = ";" if first.count(";") > first.count(",") else ","
    rows = csv.reader(StringIO(plain, newline=""), delimiter=between)
    try:
        return [
            (rows.line_num, [cell.removeprefix(QUOTE) for cell in row])
            for row in rows
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise Unreadable(rows.line_num) from error


def decoded(sent: bytes) -> str:
    """The text of a file: UTF-8, or else what an old Excel writes; without NUL, which no table keeps."""
    kept = sent.replace(b"\0", b"")
    try:
        return kept.decode("utf-8")
    except UnicodeDecodeError:
        return kept.decode("cp1252", errors="replace")


def _guarded(cell: str) -> str:
    return f"{QUOTE}{cell}" if cell.startswith((*FORMULAS, QUOTE)) else cell
