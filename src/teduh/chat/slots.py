"""What a script gets of a thread: an opening part, eight slots and the signed list of keys.

    opening = size of it (4) || 8 parts, each its length (4) and its bytes || filler
    slot    = length of hdr (2) || hdr || ct 1040 || sig 64 || signer's key 32 || filler
    list    = 4 parts, each its length (4) and its bytes

Numbers are big-endian. Filler is random, and so is a whole slot that holds no message but for
its first two bytes, which are zero. The order of the parts is that of `Opening` and `KeyList`.

Opening and slots have one size for every ticket. The list is public and the same for every ticket
of an office; it alone is made smaller on its way.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass

from teduh.chat import rules
from teduh.vault.bundles import Bundle, OpenableItem
from teduh.vault.packages import header_of, unb64
from teduh.vault.rules import HELLO


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens the thread, and its stage; empty bytes for what there is not (any more)."""

    r: bytes
    d: bytes
    kid: bytes
    w: bytes
    hello_hdr: bytes
    hello_ct: bytes
    hello_sig: bytes
    stage: bytes


@dataclass(frozen=True, slots=True)
class KeyList:
    """The certificate of a key officer and the list of keys it stands for, each with its signature."""

    cert: bytes
    cert_sig: bytes
    manifest: bytes
    manifest_sig: bytes


@dataclass(frozen=True, slots=True)
class Slot:
    """One message, and the public key that may have signed it where a member wrote it."""

    hdr: bytes
    ct: bytes
    sig: bytes
    key: bytes

    def packed(self) -> bytes:
        """The slot without its filler."""
        key = self.key or bytes(rules.KEY)
        return len(self.hdr).to_bytes(2) + self.hdr + self.ct + self.sig + key


@dataclass(frozen=True, slots=True)
class Content:
    """The content of an answer before it is filled up."""

    opening: Opening
    messages: Sequence[Slot]
    keys: KeyList

    def filled(self, random: Callable[[int], bytes]) -> bytes:
        """The answer; `random` draws so many bytes."""
        return self._hers(random) + _parts(self.keys)

    def small(self, random: Callable[[int], bytes]) -> bytes:
        """The same as gzip: what is hers keeps its length, the list is made small."""
        return _gzip(self._hers(random), _parts(self.keys))

    def _hers(self, random: Callable[[int], bytes]) -> bytes:
        parts = _parts(self.opening)
        size = rules.opening_size(4 + len(parts))
        slots = [one.packed() for one in self.messages]
        slots += [bytes(2)] * (rules.SLOTS - len(slots))
        return b"".join(
            _full(part, room, random)
            for part, room in [
                (size.to_bytes(4) + parts, size),
                *((slot, rules.SLOT) for slot in slots),
            ]
        )


def opening(bundle: Bundle, r: bytes, stage: str) -> Opening:
    """The opening part for the holder of a ticket: the newest compartment wrapped to her."""
    wrapped = [(one.d, kid, w) for one in bundle.compartments for kid, w in one.wraps]
    d, kid, w = wrapped[-1] if wrapped else (b"", "", b"")
    hello = next(reversed(bundle.of(HELLO)), None)
    return Opening(
        r,
        d,
        kid.encode(),
        w,
        *((hello.hdr, hello.ct, hello.sig) if hello else (b"", b"", b"")),
        stage.encode(),
    )


def key_list(package: Mapping[str, str]) -> KeyList:
    """The signed list as the key office keeps it; empty parts before there is one."""
    return KeyList(
        *(unb64(package.get(name, "")) for name in ("cert", "certSig", "manifest", "sig"))
    )


def slot(item: OpenableItem, keys: Mapping[str, bytes]) -> Slot:
    """A message with the key of the member who signed it, out of `keys` by kid."""
    by = str(header_of(item.hdr)["by"])
    return Slot(item.hdr, item.ct, item.sig, keys.get(by, b""))


def _parts(of: Opening | KeyList) -> bytes:
    return b"".join(len(part).to_bytes(4) + part for part in astuple(of))


def _gzip(hers: bytes, everybodys: bytes) -> bytes:
    """Both as one gzip (RFC 1952): the first as it stands, the second compressed on its own."""
    stored, small = (zlib.compressobj(level, wbits=-zlib.MAX_WBITS) for level in (0, 9))
    checked = zlib.crc32(everybodys, zlib.crc32(hers)), len(hers) + len(everybodys)
    return b"".join(
        (
            b"\x1f\x8b\x08" + bytes(6) + b"\xff",
            stored.compress(hers) + stored.flush(zlib.Z_FULL_FLUSH),
            small.compress(everybodys) + small.flush(),
            *(number.to_bytes(4, "little") for number in checked),
        )
    )


def _full(part: bytes, room: int, random: Callable[[int], bytes]) -> bytes:
    return part + random(room - len(part))
