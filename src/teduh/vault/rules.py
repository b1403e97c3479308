"""Decisions about sealed things: pure functions."""

PREVIOUS_EPOCH_DAYS = 7  # sealing.md 10: the server takes the previous epoch that long
REPORTERS_GRACE_DAYS = 90  # sealing.md 3: reporters may seal to an expired manifest that long
HUMAN_MINUTES = 10  # sealing.md 3: the tab key is given that long after a human request
UNLOCKS_A_DAY, UNLOCKS_ALARM = 60, 30  # sealing.md 3
NEW_REPORT = ("identity", "narrative", "file", "chat")  # compartments of a new report
ITEM_MOST = 256 * 1024  # bytes of ciphertext of one item
PIECE_MOST = 16 * (65_536 + 16)  # bytes of one piece of a file
FILE_MOST = 26_250_000  # bytes of ciphertext: 25 MB and its tags


class Refused(Exception):
    """Sealed bytes the vault does not take. The reason is a code, never content."""


class Locked(Exception):
    """No share or key is handed out to this session now."""


def kid_of(name: str, digest: bytes) -> str:
    """The name of a key: who, and the first 8 hex of the SHA-256 of its public part."""
    return f"{name}.{digest.hex()[:8]}"


def compartment_of(what: str) -> str:
    """The compartment in which a field of a report lies."""
    room, model, name = what.split(".")
    if room == "chat":
        return "chat"
    if model == "evidence":
        return "file"
    return "identity" if name in IDENTITY else "narrative"


IDENTITY = frozenset({"name", "contact_how", "contact_when", "contact_words", "unsafe_officer"})
