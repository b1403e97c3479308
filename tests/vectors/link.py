"""Examples of a link: what browsers make of its fragment and words, and what an officer signs.

`python -m tests.vectors.link` writes link.json. The server never makes these keys; only tests do.
"""

import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from teduh.vault import codes, grants, suite
from teduh.vault.envelope import sign_statement
from teduh.vault.grants import Wanted
from teduh.vault.packages import b64
from teduh.vault.rules import kid_of
from tests.vectors.make import CODE, INST, fixed, signer

PLACE = Path(__file__).with_name("link.json")
FRAGMENT = 16  # bytes


@dataclass(frozen=True)
class LinkKeys:
    """The seed of a link's key, its public part and name, and the proof of link and words."""

    seed: bytes
    public: bytes
    kid: str
    auth: bytes


def link_keys(inst: str, name: str, fragment: bytes, code: int) -> LinkKeys:
    """As browser/vault/links.ts makes them."""
    salt = suite.sha256(b"\0".join((b"teduh/v1/tautan", inst.encode(), name.encode())))
    stem = suite.stretch(code.to_bytes(8, "big") + fragment, salt)
    seed = suite.derive(stem, b"", "teduh/v1/tautan-kotak")
    public = suite.box_public(seed)
    auth = suite.derive(stem, b"", "teduh/v1/tautan-masuk")
    return LinkKeys(seed, public, kid_of("tautan", suite.sha256(public)), auth)


def everything() -> dict[str, Any]:
    """The whole file."""
    name, fragment = b64(fixed("link", 16)), fixed("fragment", FRAGMENT)
    keys = link_keys(INST, name, fragment, CODE)
    by = signer("tanda-a1b2c3")
    wanted = Wanted(
        inst=INST,
        subject="KSS-7K2M-9QXR",
        to=keys.kid,
        comps=("identity", "medical"),
        purpose="share_health",
        consent=b64(fixed("consent")),
        day=date(2026, 11, 24),
        until=date(2026, 12, 1),
        key=b64(suite.sha256(keys.public)),
    )
    body = grants.body(wanted, name, by["kid"])
    sig = sign_statement(fixed("sign tanda-a1b2c3"), grants.LINK, body)
    return {
        "about": "A fixed example of a link (docs/sealing.md 9). Bytes are base64url without padding.",
        "inst": INST,
        "name": name,
        "fragment": b64(fragment),
        "code": b64(CODE.to_bytes(8, "big")),
        "words": codes.spell_words(CODE),
        "public": b64(keys.public),
        "kid": keys.kid,
        "auth": b64(keys.auth),
        "statement": {"public": by["public"], "body": b64(body), "sig": b64(sig)},
    }


if __name__ == "__main__":
    text = json.dumps(everything(), indent=1, ensure_ascii=False)
    PLACE.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(f"{PLACE}: {len(text)} characters\n")
