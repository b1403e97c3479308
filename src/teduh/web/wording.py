"""Phrases that blame or wound: no page says them, and whoever writes a note is asked twice."""

from functools import cache
from pathlib import Path


@cache
def never_said() -> tuple[str, ...]:
    """The list of the office's wording, "phrases never to use"."""
    path = Path(__file__).parent / "data" / "never_said.txt"
    return tuple(path.read_text(encoding="utf-8").split("\n")[:-1])
