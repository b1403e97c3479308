"""Writing: promises, what the clock does with them, and versions of a procedure; a file for each."""

from teduh.sop.actions.clock import tick
from teduh.sop.actions.promises import (
    BOOK,
    assign,
    carry,
    end,
    explain,
    happened,
    hear,
    pause,
    put_off,
    re_band,
    resume,
    start,
    take_up,
)
from teduh.sop.actions.versions import approve, draft, withdraw

__all__ = [
    "BOOK",
    "approve",
    "assign",
    "carry",
    "draft",
    "end",
    "explain",
    "happened",
    "hear",
    "pause",
    "put_off",
    "re_band",
    "resume",
    "start",
    "take_up",
    "tick",
    "withdraw",
]
