"""Writing reports: receiving them, and each step of triage."""

from teduh.intake.actions.chatting import pass_chat, take_chat
from teduh.intake.actions.coding import (
    Compared,
    change_code,
    look_at_reissue,
    reissue_code,
)
from teduh.intake.actions.receiving import (
    add,
    file_for,
    note_read,
    receive,
    write_back,
)
from teduh.intake.actions.sweeping import (
    Swept,
    sweep,
)
from teduh.intake.actions.triage import (
    PUBLIC,
    become_case,
    classify,
    declare_conflict,
    follow_case,
    guide,
    hand_over,
    let_go,
    link_duplicate,
    move,
    screen,
    told,
)

__all__ = [
    "PUBLIC",
    "Compared",
    "Swept",
    "add",
    "become_case",
    "change_code",
    "classify",
    "declare_conflict",
    "file_for",
    "follow_case",
    "guide",
    "hand_over",
    "let_go",
    "link_duplicate",
    "look_at_reissue",
    "move",
    "note_read",
    "pass_chat",
    "receive",
    "reissue_code",
    "screen",
    "sweep",
    "take_chat",
    "told",
    "write_back",
]
