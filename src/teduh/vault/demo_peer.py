"""A second office for the demo: a city across the water, its keys public, protecting nobody."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings

from teduh.vault import manifest, peers, suite
from teduh.vault.demo import seed
from teduh.vault.envelope import Place, make_compartment, sign_statement
from teduh.vault.packages import SignedStatement, b64
from teduh.vault.rules import kid_of

INST, NAME = "kota-seberang", "UPTD PPA Kota Seberang (contoh)"
OFFICER, MEMBER = "pejabat-seberang", "tanda-seberang"


def card(day: date) -> peers.Card:
    """What that office gives to ours, as its list stood in the month of this day."""
    key = suite.box_public(seed("peer:team"))
    return peers.Card(INST, NAME, _public("root"), _package(day), _team(key), key)


def vouched(*, member: str) -> SignedStatement:
    """A supervisor's word of ours that this is its root key."""
    by, sign = _kid(f"tanda-{member}", f"sign:{member}"), seed(f"sign:{member}")
    inst = settings.TEDUH_INSTANCE
    body = peers.approval(inst=inst, peer=INST, root=_public("root"), by=by)
    return SignedStatement(body, sign_statement(sign, peers.PEER, body))


def slice_for(code: str) -> str:
    """The hash that names a slice under this code, as our browser makes it for that office."""
    return make_compartment(Place(INST, code, peers.SLICE)).cmp


def receipt(*, code: str, cmp: str, day: date) -> str:
    """Its word that it has taken a slice over, as a file."""
    by, sign = _kid(MEMBER, "peer:sign"), seed("peer:sign")
    to = settings.TEDUH_INSTANCE
    body = peers.receipt(inst=INST, to=to, code=code, cmp=cmp, day=str(day), by=by)
    told = SignedStatement(body, sign_statement(sign, peers.RECEIPT, body))
    return peers.receipt_file(told, by, suite.sign_public(sign), _package(day))


def _public(purpose: str) -> bytes:
    return suite.sign_public(seed(f"peer:{purpose}"))


def _kid(name: str, purpose: str) -> str:
    return kid_of(name, suite.sha256(suite.sign_public(seed(purpose))))


def _team(key: bytes) -> str:
    return kid_of("tim-seberang", suite.sha256(key))


def _package(day: date) -> dict[str, str]:
    """Its certificate and signed list: one team, one member who signs."""
    since = day.replace(day=1)
    cert, cert_sig = manifest.certify(
        seed("peer:root"),
        inst=INST,
        kid=_kid(OFFICER, "peer:officer"),
        public=_public("officer"),
        since=since,
        until=since + timedelta(days=manifest.CERT_DAYS),
    )
    team = suite.box_public(seed("peer:team"))
    keys: list[dict[str, Any]] = [
        {"kid": _team(team), "kind": "team", "sha256": b64(suite.sha256(team))},
        {
            "kid": _kid(MEMBER, "peer:sign"),
            "kind": "sign",
            "sha256": b64(suite.sha256(_public("sign"))),
            "teams": ["seberang"],
        },
    ]
    until = since + timedelta(days=manifest.MANIFEST_DAYS)
    body = manifest.compose(inst=INST, serial=1, keys=keys, since=since, until=until)
    return manifest.package(cert, cert_sig, body, manifest.sign(seed("peer:officer"), body))
