"""Codes of the second factor as a member's phone would show them (RFC 6238, SHA-1, 30 seconds)."""

import base64
import hashlib
import hmac
import struct

STEP = 30  # seconds


def code(seed: str, at: float) -> str:
    """The six digits of a seed in base32 at a moment given in seconds since 1970."""
    key = base64.b32decode(seed)
    digest = hmac.new(key, struct.pack(">Q", int(at // STEP)), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def holds_for(at: float) -> int:
    """Seconds until the code changes."""
    return STEP - int(at % STEP)
