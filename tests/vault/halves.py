"""A compartment's key in two halves, as browsers make and join them (sealing.md 10): the house only
keeps them.
"""

import json

from teduh.vault import suite
from teduh.vault.envelope import Compartment, Place, restore
from teduh.vault.keywork import HalfWrap, NewPair
from teduh.vault.packages import unb64
from teduh.vault.rules import SIDES, Refused


def halve(opened: Compartment, to: tuple[tuple[str, bytes], tuple[str, bytes]]) -> NewPair:
    """K1 drawn, K2 = K xor K1, each sealed to its side's key; `to`: kid and public key of each."""
    first = suite.random_bytes(suite.SEED)
    sealed = [
        HalfWrap(kid, wrap_half(half, opened.d, side, kid, public), proof(half, opened.d))
        for side, half, (kid, public) in zip(
            SIDES, (first, xor(opened.key, first)), to, strict=True
        )
    ]
    return NewPair(opened.cmp, *sealed)


def join(first: bytes, second: bytes, d: bytes, asked: Place) -> Compartment:
    """The compartment of two halves. Raises Refused unless they give the key it commits to."""
    return restore(d, xor(first, second), asked)


def wrap_half(half: bytes, d: bytes, side: str, kid: str, public: bytes) -> bytes:
    """One half sealed to one recipient, 1,168 bytes; never to be taken for a whole key."""
    return suite.box_seal(public, _info(d, side, kid), half)


def open_half(w: bytes, d: bytes, side: str, kid: str, seed: bytes, proven: bytes) -> bytes:
    """One half. Raises suite.CannotOpen, and Refused where it is not the one it is proven by."""
    half = suite.box_open(seed, _info(d, side, kid), w)
    if not suite.same(proof(half, d), proven):
        raise Refused("half")
    return half


def proof(half: bytes, d: bytes) -> bytes:
    """32 bytes that tell whether a half is the one that was made, and nothing else of it."""
    return suite.derive(half, unb64(json.loads(d)["id"]), "teduh/v1/half-check")


def xor(one: bytes, other: bytes) -> bytes:
    """Bit by bit; both are 32 bytes."""
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _info(d: bytes, side: str, kid: str) -> bytes:
    return b"teduh/v1/half\0" + suite.sha256(d) + side.encode() + kid.encode()
