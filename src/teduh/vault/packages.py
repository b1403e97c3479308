"""What arrives sealed: a report's package, a single item, as values with their shape checked."""

import base64
import binascii
import json
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from teduh.vault.rules import FIXED, Refused

_B64 = re.compile(r"[A-Za-z0-9_-]*")
WRONG_SHAPE = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError)
KEYRING_MOST = 512  # bytes of a closed keyring
EPOCH_WRAP = 1168  # bytes of an epoch seed sealed to one member
MOST_BYTES = 4 * 1024 * 1024  # of one package; the longest form seals to about 300 KB
ORIGINS = frozenset({"browser", "server", "staff"})
PADS = frozenset({"pow2-4k", "none", *FIXED})


def b64(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """The bytes of base64url without padding; empty when it is not that, or not its one spelling."""
    if not _B64.fullmatch(text):
        return b""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""
    return raw if b64(raw) == text else b""


def compact(value: object) -> bytes:
    """JSON without spaces, keys in the order given, UTF-8: the bytes that are hashed and signed."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class SealedWrap:
    """A compartment key sealed to one recipient."""

    kid: str
    w: bytes


@dataclass(frozen=True, slots=True)
class SealedCompartment:
    """A descriptor as exact bytes, and the wraps of its key."""

    d: bytes
    wraps: tuple[SealedWrap, ...]
    said: dict[str, Any] = field(compare=False)


@dataclass(frozen=True, slots=True)
class MadeList:
    """A list compartment as a member's browser made it: descriptor, its signature, the one wrap."""

    d: bytes
    by: str
    sig: bytes
    wrap: SealedWrap
    said: dict[str, Any] = field(compare=False)


@dataclass(frozen=True, slots=True)
class MadeCompartment:
    """A compartment as a member's browser made it: descriptor, its signature, its wraps."""

    d: bytes
    by: str
    sig: bytes
    wraps: tuple[SealedWrap, ...]
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
    """A compartment's key, wrapped anew to a later epoch; `cmp` names the compartment."""

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


@dataclass(frozen=True, slots=True)
class SignedStatement:
    """Exact bytes and a signature over them."""

    body: bytes
    sig: bytes


@dataclass(frozen=True, slots=True)
class SealedItem:
    """One envelope: header bytes, ciphertext, signature, and what the header says."""

    hdr: bytes
    ct: bytes
    sig: bytes
    said: dict[str, Any] = field(compare=False)

    @property
    def item(self) -> str:
        """The name of the item, 16 random bytes in base64url."""
        return str(self.said["item"])

    @property
    def seq(self) -> int:
        """The number the author gave it."""
        return int(self.said["seq"])

    @property
    def what(self) -> str:
        """Which field of which room it is."""
        return str(self.said["what"])


@dataclass(frozen=True, slots=True)
class SealedPackage:
    """A whole report: ticket, auth token, the reporter's public keys, compartments, items."""

    ticket: str
    auth: bytes
    kotak: bytes
    tanda: bytes
    compartments: tuple[SealedCompartment, ...]
    items: tuple[SealedItem, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class SealedAddition:
    """What somebody adds under her ticket: new compartments, items, and her statement among them."""

    compartments: tuple[SealedCompartment, ...]
    items: tuple[SealedItem, ...]

    @property
    def origin(self) -> str:
        """Where it was sealed, as its items say."""
        return str(self.items[0].said["orig"]) if self.items else "browser"


@dataclass(frozen=True, slots=True)
class SealedRenewal:
    """A new code: auth token and public keys, a new chat with its hello, who stands for it."""

    auth: bytes
    kotak: bytes
    tanda: bytes
    chat: SealedCompartment
    hello: SealedItem
    statement: SignedStatement


def read_renewal(text: str) -> SealedRenewal:
    """A new code in a form field. Raises Refused when its shape is wrong."""
    if len(text) > MOST_BYTES:
        raise Refused("size")
    try:
        told = json.loads(text)
        return SealedRenewal(
            auth=_exactly(told["auth"], 32),
            kotak=_exactly(told["kotak"], 1216),
            tanda=_exactly(told["tanda"], 32),
            chat=_compartment(told["chat"]),
            hello=item_of(told["hello"]),
            statement=_statement(told["statement"]),
        )
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def read_addition(text: str) -> SealedAddition:
    """The addition in a form field. Raises Refused when its shape is wrong."""
    if len(text) > MOST_BYTES:
        raise Refused("size")
    try:
        told = json.loads(text)
        return SealedAddition(
            tuple(_compartment(one) for one in told["compartments"]),
            tuple(item_of(one) for one in told["items"]),
        )
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def read(text: str) -> SealedPackage:
    """The package in a form field. Raises Refused when its shape is wrong."""
    if len(text) > MOST_BYTES:
        raise Refused("size")
    try:
        told = json.loads(text)
        items = tuple(item_of(one) for one in told["items"])
        return SealedPackage(
            ticket=str(told["ticket"]),
            auth=_exactly(told["auth"], 32),
            kotak=_exactly(told["kotak"], 1216),
            tanda=_exactly(told["tanda"], 32),
            compartments=tuple(_compartment(one) for one in told["compartments"]),
            items=items,
            origin=str(items[0].said["orig"]) if items else "browser",
        )
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def read_item(text: str) -> SealedItem:
    """One envelope in a form field. Raises Refused when its shape is wrong."""
    if len(text) > MOST_BYTES:
        raise Refused("size")
    try:
        return item_of(json.loads(text))
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def read_list(text: str) -> MadeList | None:
    """A new list in a form field, or None for an empty field. Raises Refused."""
    if not text:
        return None
    try:
        told = json.loads(text)
        wrap = SealedWrap(str(told["wrap"]["kid"]), _exactly(told["wrap"]["w"], 1168))
        d = unb64(told["d"])
        sig = _exactly(told["sig"], 64)
        return MadeList(d, str(told["by"]), sig, wrap, dict(json.loads(d)))
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def read_made(text: str) -> tuple[MadeCompartment, ...]:
    """New compartments of a case in a form field. Raises Refused when their shape is wrong."""
    if len(text) > MOST_BYTES:
        raise Refused("size")
    try:
        return tuple(_made(one) for one in json.loads(text))
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def read_epoch(text: str) -> NewEpoch:
    """A team's new key in a form field. Raises Refused."""
    try:
        told = json.loads(text)
        wraps = tuple(_epoch_wrap(one) for one in told["wraps"])
        public, sig = _exactly(told["public"], 1216), _exactly(told["sig"], 64)
        return NewEpoch(public, str(told["by"]), sig, wraps)
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def read_given(text: str) -> list[tuple[str, SealedWrap]]:
    """Epoch kids with their wraps to one member, in a form field. Raises Refused."""
    try:
        return [(str(one["epoch"]), _epoch_wrap(one)) for one in json.loads(text)["wraps"]]
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def read_new_wraps(text: str) -> list[NewWrap]:
    """New wraps of an old epoch's compartments in a form field. Raises Refused."""
    if len(text) > MOST_BYTES:
        raise Refused("size")
    try:
        return [
            NewWrap(_cmp(one["cmp"]), str(one["kid"]), _exactly(one["w"], 1168))
            for one in json.loads(text)
        ]
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def read_pairs(text: str) -> list[NewPair]:
    """New halves for the archive in a form field. Raises Refused."""
    if len(text) > MOST_BYTES:
        raise Refused("size")
    try:
        return [
            NewPair(_cmp(one["cmp"]), _half(one["a"]), _half(one["b"])) for one in json.loads(text)
        ]
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def read_given_halves(text: str) -> list[GivenHalf]:
    """Halves that a holder hands on, in a form field. Raises Refused."""
    if len(text) > MOST_BYTES:
        raise Refused("size")
    try:
        return [
            GivenHalf(int(one["pair"]), str(one["kid"]), _exactly(one["w"], 1168))
            for one in json.loads(text)
        ]
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def read_names(text: str) -> list[str]:
    """Names of compartments in a form field. Raises Refused."""
    try:
        return [_cmp(str(one)) for one in json.loads(text)]
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def _half(told: dict[str, str]) -> HalfWrap:
    return HalfWrap(str(told["kid"]), _exactly(told["w"], 1168), _exactly(told["proof"], 32))


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
    try:
        return _tried(json.loads(text))
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def _tried(told: list[dict[str, str]]) -> tuple[OpenedWrap, ...]:
    return tuple(OpenedWrap(_cmp(o["cmp"]), str(o["kid"]), str(o["sha256"])) for o in told)


def read_keyring(text: str) -> NewKeyring:
    """A first keyring in a form field. Raises Refused."""
    try:
        told = json.loads(text)
        blob = unb64(told["blob"])
        if not 0 < len(blob) <= KEYRING_MOST:
            raise Refused("size")
        salt, box = _exactly(told["salt"], 16), _exactly(told["box"], 1216)
        return NewKeyring(salt, blob, box, _exactly(told["sign"], 32))
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def read_statement(text: str) -> SignedStatement:
    """A signed statement in a form field. Raises Refused."""
    try:
        return _statement(json.loads(text))
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def _statement(told: dict[str, str]) -> SignedStatement:
    return SignedStatement(unb64(told["body"]), _exactly(told["sig"], 64))


def _epoch_wrap(told: dict[str, str]) -> SealedWrap:
    return SealedWrap(str(told["kid"]), _exactly(told["w"], EPOCH_WRAP))


def header_of(raw: bytes) -> dict[str, Any]:
    """What a header says, every member present and of its kind. Raises Refused."""
    try:
        said = json.loads(raw)
        right = (
            said["v"] == 1
            and said["orig"] in ORIGINS
            and len(unb64(said["item"])) == 16
            and len(unb64(said["n"])) == 16
            and len(unb64(said["cmp"])) == 32
            and 0 <= int(said["seq"]) < 2**31
            and isinstance(said["what"], str)
            and isinstance(said["by"], str)
            and said["pad"] in PADS
        )
        date.fromisoformat(said["day"])
    except WRONG_SHAPE as error:
        raise Refused("header") from error
    if not right:
        raise Refused("header")
    return dict(said)


def item_of(told: dict[str, str]) -> SealedItem:
    """An envelope from its JSON form. Raises Refused, KeyError."""
    hdr = unb64(told["hdr"])
    return SealedItem(hdr, unb64(told["ct"]), unb64(told["sig"]), header_of(hdr))


def _compartment(told: dict[str, Any]) -> SealedCompartment:
    d = unb64(told["d"])
    return SealedCompartment(d, _wraps(told), dict(json.loads(d)))


def _made(told: dict[str, Any]) -> MadeCompartment:
    d, sig = unb64(told["d"]), _exactly(told["sig"], 64)
    return MadeCompartment(d, str(told["by"]), sig, _wraps(told), dict(json.loads(d)))


def _wraps(told: dict[str, Any]) -> tuple[SealedWrap, ...]:
    return tuple(SealedWrap(str(one["kid"]), _exactly(one["w"], 1168)) for one in told["wraps"])


def _cmp(text: str) -> str:
    """The name of a compartment, which is the SHA-256 of its descriptor."""
    _exactly(text, 32)
    return text


def _exactly(text: str, size: int) -> bytes:
    raw = unb64(text)
    if len(raw) != size:
        raise Refused("size")
    return raw
