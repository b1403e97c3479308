"""Numbers that somebody typed or a page sent back."""

DIGITS = 18  # every number of so many fits the widest column, 2**63 - 1; more is none of ours


def whole(text: str) -> int | None:
    """The whole number that this text is, from 0 on; None where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else None
