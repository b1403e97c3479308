"""The signed list of public keys, and the certificate of the key officer who signs it."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from teduh.vault import suite
from teduh.vault.envelope import sign_statement, statement_by
from teduh.vault.packages import b64, compact, unb64
from teduh.vault.rules import Refused

CERT_DAYS, MANIFEST_DAYS = 400, 35  # sealing.md 3
CERT, MANIFEST = "teduh/v1/cert", "teduh/v1/manifest"
PACKAGE = ("cert", "certSig", "manifest", "sig")  # what travels together


def certify(
    root_seed: bytes, *, inst: str, kid: str, public: bytes, since: date, until: date
) -> tuple[bytes, bytes]:
    """A key officer's certificate and the root key's signature. Raises Refused beyond 400 days."""
    if (until - since).days > CERT_DAYS:
        raise Refused("cert")
    body = compact(
        {
            "v": 1,
            "inst": inst,
            "kid": kid,
            "key": b64(public),
            "from": str(since),
            "until": str(until),
        }
    )
    return body, sign_statement(root_seed, CERT, body)


def compose(
    *, inst: str, serial: int, keys: Sequence[dict[str, str]], since: date, until: date
) -> bytes:
    """The bytes of a manifest, ready to be signed; `keys` as `keylist.entry` writes them."""
    return compact(
        {
            "v": 1,
            "inst": inst,
            "serial": serial,
            "from": str(since),
            "until": str(until),
            "keys": list(keys),
        }
    )


def sign(officer_seed: bytes, body: bytes) -> bytes:
    """A key officer's signature of a manifest."""
    return sign_statement(officer_seed, MANIFEST, body)


def package(cert: bytes, cert_sig: bytes, body: bytes, sig: bytes) -> dict[str, str]:
    """Certificate and manifest as they travel."""
    return dict(zip(PACKAGE, map(b64, (cert, cert_sig, body, sig)), strict=True))


def read(
    told: dict[str, str], root_public: bytes, inst: str, day: date, grace: int = 0
) -> dict[str, Any]:
    """What a package says, once root key, certificate, office and dates hold. Raises Refused.

    `grace` days after its end a manifest still counts.
    """
    if not told:
        raise Refused("manifest")
    said = _signed(*(told[part] for part in PACKAGE), root_public, inst)
    until = date.fromisoformat(said["until"]) + timedelta(days=grace)
    if not date.fromisoformat(said["from"]) <= day <= until:
        raise Refused("date")
    return dict(said)


@lru_cache(maxsize=8)
def _signed(
    cert: str, cert_sig: str, told: str, sig: str, root: bytes, inst: str
) -> dict[str, Any]:
    """What these very bytes say, whatever the day: each report asks for the same ones."""
    body = unb64(told)
    officer = read_certificate(unb64(cert), unb64(cert_sig), root, inst)
    said = json.loads(body)
    if not statement_by(unb64(officer["key"]), MANIFEST, body, unb64(sig)):
        raise Refused("manifest")
    if (said["v"], said["inst"]) != (1, inst):
        raise Refused("inst")
    if not officer["from"] <= said["from"] <= officer["until"]:
        raise Refused("cert")
    _check_length(officer["from"], officer["until"], CERT_DAYS)
    _check_length(said["from"], said["until"], MANIFEST_DAYS)
    return dict(said)


def _check_length(since: str, until: str, most: int) -> None:
    if (date.fromisoformat(until) - date.fromisoformat(since)).days > most:
        raise Refused("date")


def read_certificate(body: bytes, sig: bytes, root_public: bytes, inst: str) -> dict[str, Any]:
    """What a certificate of this office says, once the root key signed it. Raises Refused."""
    if not statement_by(root_public, CERT, body, sig):
        raise Refused("cert")
    said = json.loads(body)
    if (said["v"], said["inst"]) != (1, inst):
        raise Refused("inst")
    return dict(said)


def vouch_for_staff(said: dict[str, Any], kid: str, public: bytes) -> str:
    """Check that a manifest names this signing key, of somebody who sits in a team.

    Returns the last day on which it counts, far away where its holder has not left. Raises Refused.
    """
    vouch(said, "sign", kid, public)
    found = next((key for key in said["keys"] if key["kid"] == kid and key.get("teams")), None)
    if found is None:
        raise Refused("team")
    return str(found.get("until", "9999-12-31"))


def vouch(said: dict[str, Any], kind: str, kid: str, public: bytes) -> None:
    """Check that a manifest names exactly this key, as this kind. Raises Refused."""
    wanted = (kid, kind, b64(suite.sha256(public)))
    if not any((key["kid"], key["kind"], key["sha256"]) == wanted for key in said["keys"]):
        raise Refused("key")
