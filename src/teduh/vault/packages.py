"""What arrives sealed: a report's package, a single item, as values with their shape checked."""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from teduh.vault.rules import FIXED, Refused

_B64 = re.compile(r"[A-Za-z0-9_-]*")
WRONG_SHAPE = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError)
BOX_PUBLIC = 1216  # bytes of the public key of a box
WRAP = 1168  # bytes of a key or seed of 32, sealed to a box
MOST_BYTES = 4 * 1024 * 1024  # of one package; the longest form seals to about 300 KB
ORIGINS = frozenset({"browser", "server", "staff"})
PADS = frozenset({"pow2-4k", "none", *FIXED})


@contextmanager
def reading(text: str) -> Iterator[Any]:
    """The JSON of a form field; what is too large in it, or of a wrong shape, is Refused."""
    if len(text) > MOST_BYTES:
        raise Refused("size")
    try:
        yield json.loads(text)
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


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
class MadeCompartment:
    """A compartment as a member's browser made it: descriptor, its signature, its wraps."""

    d: bytes
    by: str
    sig: bytes
    wraps: tuple[SealedWrap, ...]
    said: dict[str, Any] = field(compare=False)


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
class SealedFile:
    """A file of the office: its signed card, and its body, which the card speaks of."""

    card: SealedItem
    body: SealedItem


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
    with reading(text) as told:
        return SealedRenewal(
            auth=exactly(told["auth"], 32),
            kotak=exactly(told["kotak"], BOX_PUBLIC),
            tanda=exactly(told["tanda"], 32),
            chat=_compartment(told["chat"]),
            hello=item_of(told["hello"]),
            statement=statement_of(told["statement"]),
        )


def read_addition(text: str) -> SealedAddition:
    """The addition in a form field. Raises Refused when its shape is wrong."""
    with reading(text) as told:
        return SealedAddition(
            tuple(_compartment(one) for one in told["compartments"]),
            tuple(item_of(one) for one in told["items"]),
        )


def read(text: str) -> SealedPackage:
    """The package in a form field. Raises Refused when its shape is wrong."""
    with reading(text) as told:
        items = tuple(item_of(one) for one in told["items"])
        return SealedPackage(
            ticket=str(told["ticket"]),
            auth=exactly(told["auth"], 32),
            kotak=exactly(told["kotak"], BOX_PUBLIC),
            tanda=exactly(told["tanda"], 32),
            compartments=tuple(_compartment(one) for one in told["compartments"]),
            items=items,
            origin=str(items[0].said["orig"]) if items else "browser",
        )


def read_item(text: str) -> SealedItem:
    """One envelope in a form field. Raises Refused when its shape is wrong."""
    with reading(text) as told:
        return item_of(told)


def read_file(card: str, hdr: str, ct: bytes) -> SealedFile:
    """A file as a form brings it: two fields, and the body as an upload. Raises Refused."""
    header = unb64(hdr)
    return SealedFile(read_item(card), SealedItem(header, ct, b"", header_of(header)))


def read_made(text: str) -> tuple[MadeCompartment, ...]:
    """New compartments of a case in a form field. Raises Refused when their shape is wrong."""
    with reading(text) as told:
        return tuple(_made(one) for one in told)


def read_statement(text: str) -> SignedStatement:
    """A signed statement in a form field. Raises Refused."""
    with reading(text) as told:
        return statement_of(told)


def statement_of(told: Mapping[str, Any]) -> SignedStatement:
    """A signed statement from its JSON form. Raises Refused, or one of WRONG_SHAPE."""
    return SignedStatement(unb64(told["body"]), exactly(told["sig"], 64))


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
    d, sig = unb64(told["d"]), exactly(told["sig"], 64)
    return MadeCompartment(d, str(told["by"]), sig, _wraps(told), dict(json.loads(d)))


def _wraps(told: dict[str, Any]) -> tuple[SealedWrap, ...]:
    return tuple(SealedWrap(str(one["kid"]), exactly(one["w"], WRAP)) for one in told["wraps"])


def exactly(text: str, size: int) -> bytes:
    """The bytes of base64url text when they are so many. Raises Refused."""
    raw = unb64(text)
    if len(raw) != size:
        raise Refused("size")
    return raw
