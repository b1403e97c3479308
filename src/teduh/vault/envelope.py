"""Compartments, wraps and envelopes: made, and refused when they are not what was asked for."""

import json
from dataclasses import dataclass

from teduh.vault import suite
from teduh.vault.packages import SealedItem, b64, compact, header_of, unb64
from teduh.vault.rules import FIXED, SMALLEST, TAG, Refused

CHUNK = 65_536  # bytes of a file sealed at once
LENGTH = 4  # bytes of the length that goes first


@dataclass(frozen=True, slots=True)
class Place:
    """Where a compartment belongs, as the page says it."""

    inst: str
    subject: str
    comp: str


@dataclass(frozen=True, slots=True)
class Compartment:
    """An open compartment: key, exact descriptor bytes."""

    key: bytes
    d: bytes

    @property
    def cmp(self) -> str:
        """The hash that names it in headers."""
        return b64(suite.sha256(self.d))


@dataclass(frozen=True, slots=True)
class Author:
    """Who signs: the kid in the header, the Ed25519 seed."""

    kid: str
    seed: bytes


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a header says openly but the hash and the random parts."""

    what: str
    seq: int
    orig: str
    day: str
    pad: str
    seen: str | None = None


def make_compartment(place: Place, gen: int = 1) -> Compartment:
    """A fresh compartment whose descriptor commits to its key."""
    key, ident = suite.random_bytes(32), suite.random_bytes(16)
    said = {
        "v": 1,
        "suite": 1,
        "inst": place.inst,
        "subject": place.subject,
        "comp": place.comp,
        "gen": gen,
        "id": b64(ident),
        "kc": b64(suite.derive(key, ident, "teduh/v1/commit")),
    }
    return Compartment(key, compact(said))


def wrap(compartment: Compartment, kid: str, public: bytes) -> bytes:
    """The compartment key sealed to one recipient, 1,168 bytes."""
    return suite.box_seal(public, _wrap_info(compartment.d, kid), compartment.key)


def unwrap(d: bytes, kid: str, wrapped: bytes, seed: bytes, asked: Place) -> Compartment:
    """The compartment, if the descriptor is the place asked for and commits to the key found.

    Raises Refused, suite.CannotOpen.
    """
    return restore(d, suite.box_open(seed, _wrap_info(d, kid), wrapped), asked)


def restore(d: bytes, key: bytes, asked: Place) -> Compartment:
    """The compartment of a key, on the same conditions. Raises Refused."""
    said = json.loads(d)
    if (said["inst"], said["subject"], said["comp"]) != (asked.inst, asked.subject, asked.comp):
        raise Refused("place")
    commitment = suite.derive(key, unb64(said["id"]), "teduh/v1/commit")
    if said["v"] != 1 or said["suite"] != 1 or not suite.same(commitment, unb64(said["kc"])):
        raise Refused("key")
    return Compartment(key, d)


def seal(compartment: Compartment, author: Author, words: Words, text: bytes) -> SealedItem:
    """One signed item, padded as `words.pad` says. Raises Refused when the text is too long."""
    hdr = _header(compartment, author, words)
    ct = _encrypt(compartment.key, hdr, pack(text, words.pad), number=0, last=True)
    return SealedItem(hdr, ct, sign_item(author.seed, hdr, suite.sha256(ct)), header_of(hdr))


def open_item(compartment: Compartment, item: SealedItem, what: str, signer: bytes) -> bytes:
    """The text of an item that is `what` was asked for, in this compartment, by this signer.

    Raises Refused, suite.CannotOpen.
    """
    if item.what != what or item.said["cmp"] != compartment.cmp:
        raise Refused("place")
    if not signed_by(signer, item):
        raise Refused("signature")
    plain = _decrypt(compartment.key, item.hdr, item.ct, number=0, last=True)
    return unpack(plain, str(item.said["pad"]))


def seal_file(compartment: Compartment, author: Author, words: Words, body: bytes) -> SealedItem:
    """A file body in chunks of 64 KiB; unsigned, its card signs its hash."""
    hdr = _header(compartment, author, words)
    parts = [body[n : n + CHUNK] for n in range(0, len(body), CHUNK)] or [b""]
    sealed = [
        _encrypt(compartment.key, hdr, part, number=n, last=n == len(parts) - 1)
        for n, part in enumerate(parts)
    ]
    return SealedItem(hdr, b"".join(sealed), b"", header_of(hdr))


def open_file(compartment: Compartment, hdr: bytes, sealed: bytes) -> bytes:
    """The body of a file; a missing, added or moved chunk is refused. Raises suite.CannotOpen."""
    return open_body(content_key(compartment, hdr), hdr, sealed)


def content_key(compartment: Compartment, hdr: bytes) -> bytes:
    """What opens the one item or file of this header, and nothing else."""
    return suite.derive(compartment.key, suite.sha256(hdr), "teduh/v1/enc")


def open_body(content: bytes, hdr: bytes, sealed: bytes) -> bytes:
    """The body of a file by its own key, as `open_file` does. Raises suite.CannotOpen."""
    step = CHUNK + TAG
    parts = [sealed[n : n + step] for n in range(0, len(sealed), step)]
    return b"".join(
        suite.decrypt(content, _nonce(n, last=n == len(parts) - 1), part, hdr)
        for n, part in enumerate(parts)
    )


def sign_item(seed: bytes, hdr: bytes, ct_hash: bytes) -> bytes:
    """The signature of an item over its header and ciphertext."""
    return suite.sign(seed, b"teduh/v1/sig\0" + suite.sha256(hdr) + ct_hash)


def signed_by(public: bytes, item: SealedItem) -> bool:
    """Whether this key signed this item."""
    message = b"teduh/v1/sig\0" + suite.sha256(item.hdr) + suite.sha256(item.ct)
    return suite.verify(public, message, item.sig)


def sign_statement(seed: bytes, label: str, body: bytes) -> bytes:
    """A signature over a statement: certificate, manifest, descriptor, acceptance."""
    return suite.sign(seed, label.encode() + b"\0" + suite.sha256(body))


def statement_by(public: bytes, label: str, body: bytes, signature: bytes) -> bool:
    """Whether this key signed this statement under this label."""
    return suite.verify(public, label.encode() + b"\0" + suite.sha256(body), signature)


def pack(text: bytes, pad: str) -> bytes:
    """Length, text, zeros: to the fixed size, or to the next power of two from 4 KiB."""
    size = FIXED.get(pad, SMALLEST)
    while pad == "pow2-4k" and size < len(text) + LENGTH:
        size *= 2
    if len(text) + LENGTH > size:
        raise Refused("long")
    return (len(text).to_bytes(LENGTH, "big") + text).ljust(size, b"\0")


def unpack(padded: bytes, pad: str) -> bytes:
    """The text of a padded item. Raises Refused when length or filling is wrong."""
    length = int.from_bytes(padded[:LENGTH], "big")
    text, rest = padded[LENGTH : LENGTH + length], padded[LENGTH + length :]
    if len(text) != length or rest.strip(b"\0") or len(padded) != len(pack(text, pad)):
        raise Refused("padding")
    return text


def _header(compartment: Compartment, author: Author, words: Words) -> bytes:
    said: dict[str, object] = {
        "v": 1,
        "cmp": compartment.cmp,
        "item": b64(suite.random_bytes(16)),
        "what": words.what,
        "seq": words.seq,
        "n": b64(suite.random_bytes(16)),
        "orig": words.orig,
        "day": words.day,
        "pad": words.pad,
        "by": author.kid,
    }
    if words.seen is not None:
        said["seen"] = words.seen
    return compact(said)


def _encrypt(key: bytes, hdr: bytes, part: bytes, *, number: int, last: bool) -> bytes:
    content = suite.derive(key, suite.sha256(hdr), "teduh/v1/enc")
    return suite.encrypt(content, _nonce(number, last=last), part, hdr)


def _decrypt(key: bytes, hdr: bytes, part: bytes, *, number: int, last: bool) -> bytes:
    content = suite.derive(key, suite.sha256(hdr), "teduh/v1/enc")
    return suite.decrypt(content, _nonce(number, last=last), part, hdr)


def _nonce(number: int, *, last: bool) -> bytes:
    return bytes(7) + number.to_bytes(4, "big") + bytes([last])


def _wrap_info(d: bytes, kid: str) -> bytes:
    return b"teduh/v1/wrap\0" + suite.sha256(d) + kid.encode()
