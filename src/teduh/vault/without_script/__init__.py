"""The path without script: the server seals before its first write, and opens while it answers.

The same formats as in the browser, labelled `orig: server` (sealing.md 8). Nothing is kept.
"""

from teduh.vault.without_script.codes import (
    auth_of,
    draw_code,
    is_ours,
    open_cookie,
    read_code,
    relay,
    seal_cookie,
    spellings,
)
from teduh.vault.without_script.giving import given, offer
from teduh.vault.without_script.opening import (
    Opened,
    files_of,
    her_thread,
    open_thread,
    texts_of,
)
from teduh.vault.without_script.sealing import (
    File,
    seal_addition,
    seal_message,
    seal_question,
    seal_renewal,
    seal_report,
    wrapped,
)

__all__ = [
    "File",
    "Opened",
    "auth_of",
    "draw_code",
    "files_of",
    "given",
    "her_thread",
    "is_ours",
    "offer",
    "open_cookie",
    "open_thread",
    "read_code",
    "relay",
    "seal_addition",
    "seal_cookie",
    "seal_message",
    "seal_question",
    "seal_renewal",
    "seal_report",
    "spellings",
    "texts_of",
    "wrapped",
]
