"""Cards of helpers: what is printed on one and a PIN together make a signing key (decisions/0036).

A card without its PIN signs nothing, and its finder can try PINs only here, where tries are counted:
the public key is told to nobody, so no guess can be checked elsewhere.
"""

import secrets
from dataclasses import dataclass

from teduh.lib.codes import CROCKFORD
from teduh.vault import suite
from teduh.vault.envelope import statement_by
from teduh.vault.packages import b64, compact, unb64

NUMBER, SECRET = 8, 26  # symbols of 5 bits: 40 to name a card, 130 nobody guesses
PIN_DIGITS = 6
LABEL = "teduh/v1/kartu"


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card as it is printed once: its number, its secret, its PIN; and the key that is kept."""

    number: str
    secret: str
    pin: str
    public: bytes


def draw(inst: str) -> NewCard:
    """A fresh card for a helper of this office."""
    number, secret = _symbols(NUMBER), _symbols(SECRET)
    pin = f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"
    public = suite.sign_public(seed_of(inst, number, secret, pin))
    return NewCard(number, secret, pin, public)


def seed_of(inst: str, number: str, secret: str, pin: str) -> bytes:
    """The signing seed of a card and a PIN, 32 bytes, about 5 ms."""
    salt = suite.sha256(b"\0".join(part.encode() for part in (LABEL, inst, number, secret)))
    return suite.derive(suite.stretch(pin.encode(), salt), b"", f"{LABEL}-tanda")


def statement(inst: str, number: str, ticket: str, tanda: bytes) -> bytes:
    """What a card signs: this office, this card, this ticket, and the key that signs its words."""
    told = {"v": 1, "inst": inst, "card": number, "ticket": ticket, "tanda": b64(tanda)}
    return compact(told)


def signed(public: bytes, body: bytes, sig: str) -> bool:
    """Whether the card with this key signed exactly these bytes."""
    return statement_by(public, LABEL, body, unb64(sig))


def _symbols(count: int) -> str:
    return "".join(secrets.choice(CROCKFORD) for _ in range(count))
