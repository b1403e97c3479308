"""Decisions about tickets."""

import hashlib
import hmac

PAGE = 5 * 1024  # bytes of an answer that shows a stage; the longest needs about 4,000
STAGES_FOR_OTHERS = ("received", "review", "preparing")  # sealing.md 4: only her own ticket tells


class WrongMove(Exception):
    """A stage that this ticket may not show."""


class TooFast(Exception):
    """Too many tries that opened nothing; carries the seconds until the next one is looked at."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def stored_auth(auth: bytes, pepper: bytes) -> str:
    """What the server keeps of an auth token: hex of HMAC-SHA256(pepper, auth) (sealing.md 4)."""
    return hmac.new(pepper, auth, hashlib.sha256).hexdigest()


def same_auth(kept: str, auth: bytes, pepper: bytes) -> bool:
    """Whether `auth` is the one kept, in constant time."""
    return hmac.compare_digest(kept, stored_auth(auth, pepper))


def shown_stage(stage: str, *, own: bool) -> str:
    """The stage a holder may see; somebody else's ticket stops at "taken on"."""
    return stage if own or stage in STAGES_FOR_OTHERS else STAGES_FOR_OTHERS[-1]


def of_one_size(page: bytes, noise: bytes) -> bytes:
    """A page with noise in a comment at its end, so that its size tells nothing (sealing.md 12).

    `noise`: letters and digits, as many as the page shall have bytes; one that outgrew them gets
    the next multiple.
    """
    frame = b"<!---->"
    room = -(len(page) + len(frame)) % len(noise)
    before, end, after = page.rpartition(b"</body>")
    return before + frame[:4] + noise[:room] + frame[4:] + end + after
