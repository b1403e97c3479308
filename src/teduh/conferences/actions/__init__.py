"""Writing about meetings: planned, held, the agenda, what is said, what is decided; a file for each."""

from teduh.conferences.actions.agenda import add, fill_soon, prepare, refill, take_off
from teduh.conferences.actions.deciding import Told, carry_out, climb, decide, let_go
from teduh.conferences.actions.discussing import (
    agree_danger,
    agree_feedback,
    contribute,
    discuss,
    keep_wishes,
    tell_her,
    write_minutes,
)
from teduh.conferences.actions.holding import accept, attend, begin, close, look
from teduh.conferences.actions.planning import Plan, call_off, end_series, invite, plan, plan_ahead
from teduh.conferences.actions.reading import Slice, read, read_own

__all__ = [
    "Plan",
    "Slice",
    "Told",
    "accept",
    "add",
    "agree_danger",
    "agree_feedback",
    "attend",
    "begin",
    "call_off",
    "carry_out",
    "climb",
    "close",
    "contribute",
    "decide",
    "discuss",
    "end_series",
    "fill_soon",
    "invite",
    "keep_wishes",
    "let_go",
    "look",
    "plan",
    "plan_ahead",
    "prepare",
    "read",
    "read_own",
    "refill",
    "take_off",
    "tell_her",
    "write_minutes",
]
