"""Decisions about messages."""

TEXT_LIMIT = 1020  # bytes of one message inside the 1 KiB item (sealing.md 5)


class WrongTurn(Exception):
    """A message whose number is not the next of its side: read the thread again."""


def is_next(seq: int, expected: int) -> bool:
    """Whether a message carries the number its side counts next."""
    return seq == expected
