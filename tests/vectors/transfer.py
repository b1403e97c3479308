"""Writes transfer.json, what two offices give to each other: `python -m tests.vectors.transfer`.

Everything but the wrap comes out the same each time; HPKE draws its own randomness.
"""

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

from teduh.vault import manifest, peers, suite
from teduh.vault.checks import DESCRIPTOR
from teduh.vault.envelope import Author, Place, Words, make_compartment, seal, sign_statement, wrap
from teduh.vault.packages import SignedStatement, b64, compact
from tests.vectors import make

PLACE = Path(__file__).with_name("transfer.json")
OURS, THEIRS, CODE, DAY = "kota-contoh", "kota-lain", "ALH-7K2M-9QXR", make.DAY
PARTS = {"person": '{"name":"Contoh Mawar"}', "story": f"Yang terjadi: {make.STORY}"}
FACTS = {"band": "high", "case": "KSS-7K2M-9QXR", "consent_by": "self", "parts": list(PARTS)}


class Receiver(Protocol):
    """An office as much as whoever sends to it knows."""

    @property
    def card(self) -> peers.Card:
        """What it gave."""


class Office:
    """The keys of one of the two offices, all drawn from its name; its list begins on `since`."""

    def __init__(self, inst: str, since: date = date(2026, 11, 1)) -> None:
        self.inst, self.since, self.serial = inst, since, 3
        self.root = make.fixed(f"root {inst}")
        self.team = make.box(f"tim-asesmen-{inst}-202611")
        self.member = make.signer(f"tanda-{inst}")
        self.seed = make.fixed(f"sign tanda-{inst}")
        self.package = self._package()

    @property
    def root_public(self) -> bytes:
        """What the other office compares by voice."""
        return suite.sign_public(self.root)

    @property
    def card(self) -> peers.Card:
        """What it gives to the other office."""
        key = suite.box_public(make.fixed(f"box {self.team['name']}"))
        name = f"Kantor contoh {self.inst}"
        return peers.Card(self.inst, name, self.root_public, self.package, self.team["kid"], key)

    def says(self, label: str, body: bytes) -> SignedStatement:
        """A statement of its member."""
        return SignedStatement(body, sign_statement(self.seed, label, body))

    def _package(self) -> dict[str, str]:
        officer = f"pejabat-{self.inst}"
        cert, cert_sig = manifest.certify(
            self.root,
            inst=self.inst,
            kid=make.signer(officer)["kid"],
            public=suite.sign_public(make.fixed(f"sign {officer}")),
            since=self.since - timedelta(days=304),
            until=self.since + timedelta(days=91),
        )
        team = suite.box_public(make.fixed(f"box {self.team['name']}"))
        member = suite.sign_public(self.seed)
        keys: list[dict[str, Any]] = [
            {"kid": self.team["kid"], "kind": "team", "sha256": b64(suite.sha256(team))},
            {
                "kid": self.member["kid"],
                "kind": "sign",
                "sha256": b64(suite.sha256(member)),
                "teams": ["asesmen"],
            },
        ]
        body = manifest.compose(
            inst=self.inst,
            serial=self.serial,
            keys=keys,
            since=self.since,
            until=self.since + timedelta(days=34),
        )
        signed = manifest.sign(make.fixed(f"sign {officer}"), body)
        return manifest.package(cert, cert_sig, body, signed)


def slice_file(ours: Office, theirs: Receiver) -> tuple[dict[str, Any], str]:
    """A slice as our browser seals it for the other office, and the hash that names it."""
    with make.fixed_randomness("slice"):
        made = make_compartment(Place(theirs.card.inst, CODE, peers.SLICE))
        author = Author(ours.member["kid"], ours.seed)
        texts = {"facts": compact(FACTS).decode(), **PARTS}
        items = [
            seal(
                made,
                author,
                Words(f"cases.slice.{part}", 0, "staff", DAY, "pow2-4k"),
                text.encode(),
            )
            for part, text in texts.items()
        ]
    return {
        "v": 1,
        "kind": peers.FILE,
        "from": ours.inst,
        "to": theirs.card.inst,
        "code": CODE,
        "by": author.kid,
        "key": b64(suite.sign_public(ours.seed)),
        "d": b64(made.d),
        "descSig": b64(sign_statement(ours.seed, DESCRIPTOR, made.d)),
        "package": ours.package,
        "wrap": {"kid": theirs.card.kid, "w": b64(wrap(made, theirs.card.kid, theirs.card.key))},
        "items": [make.spelled(one) for one in items],
    }, made.cmp


def spelled(told: SignedStatement) -> dict[str, str]:
    """A statement as it travels."""
    return {"body": b64(told.body), "sig": b64(told.sig)}


def example() -> dict[str, Any]:
    """Both offices, and everything that goes from one to the other."""
    ours, theirs = Office(OURS), Office(THEIRS)
    file, cmp = slice_file(ours, theirs)
    receipt = theirs.says(
        peers.RECEIPT,
        peers.receipt(inst=THEIRS, to=OURS, code=CODE, cmp=cmp, day=DAY, by=theirs.member["kid"]),
    )
    approvals = {
        one.inst: spelled(
            one.says(
                peers.PEER,
                peers.approval(
                    inst=one.inst,
                    peer=other.inst,
                    root=other.root_public,
                    by=one.member["kid"],
                ),
            )
        )
        for one, other in ((ours, theirs), (theirs, ours))
    }
    return {
        "day": DAY,
        "offices": {
            one.inst: {
                "card": one.card.as_json(),
                "print": peers.print_of(one.inst, one.root_public),
                "team": one.team,
                "member": one.member,
            }
            for one in (ours, theirs)
        },
        "approvals": approvals,
        "slice": file,
        "cmp": cmp,
        "facts": FACTS,
        "parts": PARTS,
        "receipt": spelled(receipt),
        "taken": peers.receipt_file(
            receipt, theirs.member["kid"], suite.sign_public(theirs.seed), theirs.package
        ),
    }


if __name__ == "__main__":
    text = json.dumps(example(), indent=1, ensure_ascii=False) + "\n"
    sys.stdout.write(f"{PLACE.write_text(text, encoding='utf-8')} characters\n")
