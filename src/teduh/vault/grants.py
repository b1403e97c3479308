"""Grants as they travel: what a member signs, and the wraps their browser makes for somebody."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from teduh.vault import rules
from teduh.vault.envelope import statement_by
from teduh.vault.keywork import NewWrap, new_wrap_of
from teduh.vault.packages import (
    BOX_PUBLIC,
    SignedStatement,
    compact,
    exactly,
    reading,
    statement_of,
    unb64,
)
from teduh.vault.rules import Refused

LABEL = "teduh/v1/grant"
LINK = "teduh/v1/link"  # of one for whoever holds a link: no list names their key
MOST = 64  # grants of one form
NAME = 16  # bytes of a grant's random name
PROOF = 32  # bytes of what proves a link and its words


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a grant must say, but for its name and its author: to whom, which parts, until when.

    `key`: SHA-256 of the public key of a link; empty for somebody whom the list names.
    """

    inst: str
    subject: str
    to: str
    comps: tuple[str, ...]
    purpose: str
    consent: str
    day: date
    until: date
    key: str = ""

    @property
    def label(self) -> str:
        """Under which it is signed."""
        return LINK if self.key else LABEL


@dataclass(frozen=True, slots=True)
class SealedGrant:
    """A grant as a member's browser made it: its statement, and a wrap of each compartment."""

    statement: SignedStatement
    wraps: tuple[NewWrap, ...]
    said: Mapping[str, object]

    @property
    def to(self) -> str:
        """The name of the key it is made for; nothing in it is proven yet."""
        return str(self.said.get("to", ""))


@dataclass(frozen=True, slots=True)
class GivenOn:
    """A compartment of a new generation, wrapped to the recipient of a grant that stands."""

    grant: str
    wrap: NewWrap


def read_grants(text: str) -> list[SealedGrant]:
    """The grants in a form field. Raises Refused."""
    with reading(text) as told:
        if not isinstance(told, list) or not 0 < len(told) <= MOST:
            raise Refused("grants")
        return [_grant(one) for one in told]


def _grant(told: Mapping[str, Any]) -> SealedGrant:
    statement = statement_of(told)
    wraps = tuple(new_wrap_of(one) for one in told["wraps"])
    return SealedGrant(statement, wraps, dict(json.loads(statement.body)))


@dataclass(frozen=True, slots=True)
class MadeLink:
    """What comes with the grant of a link: its public key, and what proves link and words together."""

    grant: SealedGrant
    key: bytes
    auth: bytes


def read_link(text: str) -> MadeLink:
    """The link in a form field. Raises Refused."""
    with reading(text) as told:
        key, auth = exactly(told["key"], BOX_PUBLIC), exactly(told["auth"], PROOF)
        return MadeLink(_grant(told["granted"]), key, auth)


def read_given_on(text: str) -> list[GivenOn]:
    """Wraps of new generations for grants that stand, in a form field. Raises Refused."""
    with reading(text) as told:
        return [GivenOn(str(one["grant"]), new_wrap_of(one["wrap"])) for one in told]


def body(wanted: Wanted, name: str, by: str) -> bytes:
    """The exact bytes of a grant."""
    return compact(
        {
            "v": 1,
            "inst": wanted.inst,
            "subject": wanted.subject,
            "id": name,
            "to": wanted.to,
            **({"key": wanted.key} if wanted.key else {}),
            "comps": list(wanted.comps),
            "purpose": wanted.purpose,
            "consent": wanted.consent,
            "day": str(wanted.day),
            "until": str(wanted.until),
            "by": by,
        }
    )


def check(
    sealed: SealedGrant, wanted: Wanted, keys: Mapping[str, bytes], cmps: Sequence[str]
) -> tuple[str, str]:
    """The name and the author of a grant that says exactly this. Raises Refused.

    `keys`: the granting member's own signing keys by kid; `cmps`: every compartment it must wrap, no
    more and no less.
    """
    name, by = str(sealed.said.get("id", "")), str(sealed.said.get("by", ""))
    key = keys.get(by)
    if key is None:
        raise Refused("author")
    if not statement_by(key, wanted.label, sealed.statement.body, sealed.statement.sig):
        raise Refused("signature")
    if len(unb64(name)) != NAME or sealed.statement.body != body(wanted, name, by):
        raise Refused("statement")
    if any(comp not in grantable() for comp in wanted.comps):
        raise Refused("compartments")
    if {one.kid for one in sealed.wraps} != {wanted.to}:
        raise Refused("readers")
    if sorted(one.cmp for one in sealed.wraps) != sorted(cmps):
        raise Refused("compartments")
    return name, by


def grantable() -> frozenset[str]:
    """Compartments of a case that may ever be granted: never the office's own notes."""
    return frozenset({*rules.NEW_CASE, *rules.PARTS}) - {"work"}
