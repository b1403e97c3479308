"""What members' browsers make of keys, as values with their shape checked: lists, epochs, halves."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from teduh.vault.packages import (
    BOX_PUBLIC,
    WRAP,
    WRONG_SHAPE,
    SealedWrap,
    exactly,
    reading,
    unb64,
)
from teduh.vault.rules import Refused

KEYRING_MOST = 512  # bytes of a closed keyring


@dataclass(frozen=True, slots=True)
class MadeList:
    """A list compartment as a member's browser made it: descriptor, its signature, the one wrap."""

    d: bytes
    by: str
    sig: bytes
    wrap: SealedWrap
    said: dict[str, Any] = field(compare=False)


@dataclass(frozen=True, slots=True)
class NewEpoch:
    """A team's new key as a member's browser made it: public part, signature, a wrap for each."""

    public: bytes
    by: str
    sig: bytes
    wraps: tuple[SealedWrap, ...]


@dataclass(frozen=True, slots=True)
class NewWrap:
    """A compartment's key, wrapped to one more key; `cmp` names the compartment."""

    cmp: str
    kid: str
    w: bytes


@dataclass(frozen=True, slots=True)
class HalfWrap:
    """One half of a compartment's key, sealed to a key; `proof` tells whether it is the right one."""

    kid: str
    w: bytes
    proof: bytes


@dataclass(frozen=True, slots=True)
class NewPair:
    """A compartment's key in two halves, for the two sides of the archive."""

    cmp: str
    a: HalfWrap
    b: HalfWrap


@dataclass(frozen=True, slots=True)
class GivenHalf:
    """A half of the pair with this number, handed on by a holder to the team that asked."""

    pair: int
    kid: str
    w: bytes


@dataclass(frozen=True, slots=True)
class OpenedWrap:
    """One wrap that a browser tried: whose, to which key, and the SHA-256 of its bytes."""

    cmp: str
    kid: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What a member signs about new wraps that opened: office, old epoch, day, author, wraps."""

    inst: str
    epoch: str
    day: str
    by: str
    opened: tuple[OpenedWrap, ...]


@dataclass(frozen=True, slots=True)
class NewKeyring:
    """A member's first keyring as their browser closed it, and the public keys."""

    salt: bytes
    blob: bytes
    box: bytes
    sign: bytes


def read_list(text: str) -> MadeList | None:
    """A new list in a form field, or None for an empty field. Raises Refused."""
    if not text:
        return None
    with reading(text) as told:
        wrap = SealedWrap(str(told["wrap"]["kid"]), exactly(told["wrap"]["w"], WRAP))
        d = unb64(told["d"])
        sig = exactly(told["sig"], 64)
        return MadeList(d, str(told["by"]), sig, wrap, dict(json.loads(d)))


def read_epoch(text: str) -> NewEpoch:
    """A team's new key in a form field. Raises Refused."""
    with reading(text) as told:
        wraps = tuple(_epoch_wrap(one) for one in told["wraps"])
        public, sig = exactly(told["public"], BOX_PUBLIC), exactly(told["sig"], 64)
        return NewEpoch(public, str(told["by"]), sig, wraps)


def read_given(text: str) -> list[tuple[str, SealedWrap]]:
    """Epoch kids with their wraps to one member, in a form field. Raises Refused."""
    with reading(text) as told:
        return [(str(one["epoch"]), _epoch_wrap(one)) for one in told["wraps"]]


def read_new_wraps(text: str) -> list[NewWrap]:
    """New wraps of compartments in a form field. Raises Refused."""
    with reading(text) as told:
        return [new_wrap_of(one) for one in told]


def new_wrap_of(told: Mapping[str, Any]) -> NewWrap:
    """A new wrap from its JSON form. Raises Refused, or one of WRONG_SHAPE."""
    return NewWrap(_cmp(told["cmp"]), str(told["kid"]), exactly(told["w"], WRAP))


def read_pairs(text: str) -> list[NewPair]:
    """New halves for the archive in a form field. Raises Refused."""
    with reading(text) as told:
        return [NewPair(_cmp(one["cmp"]), _half(one["a"]), _half(one["b"])) for one in told]


def read_given_halves(text: str) -> list[GivenHalf]:
    """Halves that a holder hands on, in a form field. Raises Refused."""
    with reading(text) as told:
        return [
            GivenHalf(int(one["pair"]), str(one["kid"]), exactly(one["w"], WRAP)) for one in told
        ]


def read_names(text: str) -> list[str]:
    """Names of compartments in a form field. Raises Refused."""
    with reading(text) as told:
        return [_cmp(str(one)) for one in told]


def read_opened(body: bytes) -> Opened:
    """What a statement says about wraps that opened. Raises Refused."""
    try:
        said = json.loads(body)
        if said["v"] != 1:
            raise Refused("statement")
        inst, epoch, day, by = (str(said[name]) for name in ("inst", "epoch", "day", "by"))
        return Opened(inst, epoch, day, by, _tried(said["opened"]))
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def read_tried(text: str) -> tuple[OpenedWrap, ...]:
    """Wraps that did not open, in a form field. Raises Refused."""
    with reading(text) as told:
        return _tried(told)


def _tried(told: list[dict[str, str]]) -> tuple[OpenedWrap, ...]:
    return tuple(OpenedWrap(_cmp(o["cmp"]), str(o["kid"]), str(o["sha256"])) for o in told)


def read_keyring(text: str) -> NewKeyring:
    """A first keyring in a form field. Raises Refused."""
    with reading(text) as told:
        blob = unb64(told["blob"])
        if not 0 < len(blob) <= KEYRING_MOST:
            raise Refused("size")
        salt, box = exactly(told["salt"], 16), exactly(told["box"], BOX_PUBLIC)
        return NewKeyring(salt, blob, box, exactly(told["sign"], 32))


def _half(told: dict[str, str]) -> HalfWrap:
    return HalfWrap(str(told["kid"]), exactly(told["w"], WRAP), exactly(told["proof"], 32))


def _epoch_wrap(told: dict[str, str]) -> SealedWrap:
    return SealedWrap(str(told["kid"]), exactly(told["w"], WRAP))


def _cmp(text: str) -> str:
    """The name of a compartment, which is the SHA-256 of its descriptor."""
    exactly(text, 32)
    return text
