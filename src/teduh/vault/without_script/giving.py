"""A file of the office for a phone without script: opened while the server answers, kept nowhere.

What a page carries opens one file for ten minutes, and neither her thread nor any other file.
"""

from datetime import datetime

from teduh.lib import store
from teduh.vault import queries, rules, suite
from teduh.vault.envelope import open_body
from teduh.vault.packages import b64, unb64
from teduh.vault.without_script.codes import open_cookie, seal_cookie
from teduh.vault.without_script.opening import SentFile

SECONDS = 600  # as long as a page with buttons may lie open


def offer(ticket: str, file: SentFile, at: datetime) -> str:
    """What a button of her page sends to get this one file."""
    told = f"{file.item} {b64(file.key)} {file.sha256} {rules.saved_as(file.name)}"
    return seal_cookie(told, _purpose(ticket), at)


def given(ticket: str, offered: str) -> tuple[str, bytes] | None:
    """A name that tells nothing, and the content; None where nothing (more) is offered so.

    Raises suite.CannotOpen where it is not the file its card speaks of, FileNotFoundError.
    """
    item, *told = open_cookie(offered, _purpose(ticket), SECONDS).split(" ")
    found = queries.sent(ticket, item) if item else None
    if found is None or queries.is_forgotten(ticket):
        return None
    key, sha256, name = told
    sealed = b"".join(store.read_pieces(found.keys))
    if b64(suite.sha256(sealed)) != sha256:
        raise suite.CannotOpen
    return name, open_body(unb64(key), found.hdr, sealed)


def _purpose(ticket: str) -> str:
    return f"kiriman {ticket}"
