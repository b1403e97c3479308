"""Other offices: what their files say, once the root key that two offices compared by voice holds.

A slice is opened in browsers only; here is checked who made it, for whom, and under which code.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from teduh.lib.codes import is_transfer
from teduh.vault import manifest, suite
from teduh.vault.checks import DESCRIPTOR
from teduh.vault.envelope import statement_by
from teduh.vault.packages import WRONG_SHAPE, SignedStatement, b64, compact, unb64
from teduh.vault.rules import Refused

PEER, RECEIPT = "teduh/v1/peer", "teduh/v1/receipt"
SLICE = "slice"  # the compartment of what leaves for another office
GRACE_DAYS = 90  # a file may travel that long after its office's list has run out
CARD, FILE, TAKEN = "teduh/v1/office", "teduh/v1/slice", "teduh/v1/taken"  # kinds of files
FILE_MOST = 256 * 1024  # bytes of an office's card, and of a receipt
_INST = re.compile(r"[a-z0-9-]{1,64}")


@dataclass(frozen=True, slots=True)
class Card:
    """What an office gives to another: its name, root key, signed list, and a team's key."""

    inst: str
    name: str
    root: bytes
    package: dict[str, str]
    kid: str
    key: bytes

    @property
    def serial(self) -> int:
        """The number of the signed list in it: each newer list of an office has a higher one."""
        return _serial(self.package)

    def as_json(self) -> dict[str, Any]:
        """As it travels."""
        return {
            "v": 1,
            "kind": CARD,
            "inst": self.inst,
            "name": self.name,
            "root": b64(self.root),
            "package": self.package,
            "team": {"kid": self.kid, "key": b64(self.key)},
        }


@dataclass(frozen=True, slots=True)
class Head:
    """Who sealed a slice for us, under which code; `cmp` names its compartment."""

    inst: str
    code: str
    cmp: str
    by: str


def print_of(inst: str, root: bytes) -> str:
    """Six groups of four that two people compare by telephone: 96 bits over office and root key."""
    digest = suite.sha256(PEER.encode() + b"\0" + inst.encode() + b"\0" + root).hex()[:24]
    return " ".join(digest[n : n + 4] for n in range(0, 24, 4))


def read_card(text: str, day: date) -> Card:
    """An office's card, whole in itself. Raises Refused; whose it is only a voice can tell."""
    said = _read(text, CARD)
    try:
        inst, name, team = str(said["inst"]), str(said["name"]).strip()[:80], said["team"]
        card = Card(
            inst,
            name,
            unb64(said["root"]),
            {part: str(said["package"][part]) for part in ("cert", "certSig", "manifest", "sig")},
            str(team["kid"]),
            unb64(team["key"]),
        )
        if not _INST.fullmatch(inst) or not name:
            raise Refused("shape")
        listed = manifest.read(card.package, card.root, inst, day)
        manifest.vouch(listed, "team", card.kid, card.key)
    except WRONG_SHAPE as error:
        raise Refused("shape") from error
    return card


def serial_of(card: str) -> int:
    """The number of the signed list in a card that was checked when it was kept."""
    return _serial(json.loads(card)["package"])


def _serial(package: dict[str, str]) -> int:
    return int(json.loads(unb64(package["manifest"]))["serial"])


def approval(*, inst: str, peer: str, root: bytes, by: str) -> bytes:
    """What a supervisor signs once they have compared an office's root key by voice."""
    return compact({"v": 1, "inst": inst, "peer": peer, "root": b64(root), "by": by})


def approved(told: SignedStatement, *, inst: str, peer: str, root: bytes, key: bytes) -> None:
    """Check a supervisor's word about an office. Raises Refused."""
    if told.body != approval(inst=inst, peer=peer, root=root, by=signer_of(told)):
        raise Refused("statement")
    if not statement_by(key, PEER, told.body, told.sig):
        raise Refused("signature")


def sender_of(text: str) -> str:
    """Which office a slice says it is from; nothing is proven yet. Raises Refused."""
    return str(_read(text, FILE).get("from", ""))


def read_head(text: str, *, root: bytes, inst: str, day: date) -> Head:
    """The proven part of a slice for this office (`inst`), by the sender's root. Raises Refused.

    "inst" where it is for another office; "date" where the sender's list is long over.
    """
    said = _read(text, FILE)
    try:
        sender, d = str(said["from"]), unb64(said["d"])
        described = json.loads(d)
        if said["to"] != inst or described["inst"] != inst:
            raise Refused("inst")
        key = _signer(said, root=root, inst=sender, day=day)
        place = (described["subject"], described["comp"], described["v"])
        if place != (said["code"], SLICE, 1) or not is_transfer(said["code"]):
            raise Refused("place")
        if not statement_by(key, DESCRIPTOR, d, unb64(said["descSig"])):
            raise Refused("signature")
        return Head(sender, str(said["code"]), b64(suite.sha256(d)), str(said["by"]))
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def receipt(*, inst: str, to: str, code: str, cmp: str, day: str, by: str) -> bytes:
    """What a member of the receiving office signs once a slice has become a case there."""
    said = {"v": 1, "inst": inst, "to": to, "code": code, "cmp": cmp, "day": day, "by": by}
    return compact(said)


def receipt_by(key: bytes, told: SignedStatement) -> bool:
    """Whether this key signed this receipt."""
    return statement_by(key, RECEIPT, told.body, told.sig)


def signer_of(told: SignedStatement) -> str:
    """The key that a statement names as its signer. Raises Refused."""
    try:
        return str(json.loads(told.body)["by"])
    except WRONG_SHAPE as error:
        raise Refused("statement") from error


def receipt_file(told: SignedStatement, by: str, key: bytes, package: dict[str, str]) -> str:
    """A receipt as it travels back."""
    said = {"v": 1, "kind": TAKEN, "body": b64(told.body), "sig": b64(told.sig)}
    return json.dumps({**said, "by": by, "key": b64(key), "package": package})


def check_receipt(
    text: str, *, root: bytes, inst: str, peer: str, code: str, cmp: str, day: date
) -> None:
    """Check that the office `peer` says that it has taken over our slice. Raises Refused.

    "place" where the receipt is of another transfer.
    """
    said = _read(text, TAKEN)
    try:
        body = unb64(said["body"])
        key = _signer(said, root=root, inst=peer, day=day)
        if not statement_by(key, RECEIPT, body, unb64(said["sig"])):
            raise Refused("signature")
        told = json.loads(body)
        found = (told["v"], told["inst"], told["to"], told["code"], told["cmp"], told["by"])
        if found != (1, peer, inst, code, cmp, said["by"]):
            raise Refused("place")
    except WRONG_SHAPE as error:
        raise Refused("shape") from error


def _read(text: str, kind: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
        if (said["v"], said["kind"]) != (1, kind):
            raise Refused("kind")
    except WRONG_SHAPE as error:
        raise Refused("shape") from error
    return dict(said)


def _signer(said: dict[str, Any], *, root: bytes, inst: str, day: date) -> bytes:
    """The key of a member of another office, whom its list names in a team. Raises Refused."""
    key = unb64(said["key"])
    listed = manifest.read(said["package"], root, inst, day, GRACE_DAYS)
    if str(day) > manifest.vouch_for_staff(listed, str(said["by"]), key):
        raise Refused("key")
    return key
