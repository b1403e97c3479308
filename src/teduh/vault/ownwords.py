"""Own words as they travel: what a filer's browser wraps to its holder and signs about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from teduh.vault import suite
from teduh.vault.envelope import statement_by
from teduh.vault.keywork import NewWrap, new_wrap_of
from teduh.vault.packages import (
    SealedItem,
    SealedPackage,
    SignedStatement,
    b64,
    compact,
    reading,
    statement_of,
)
from teduh.vault.rules import OWN_WORDS, Refused

LABEL = "teduh/v1/own"


@dataclass(frozen=True, slots=True)
class SealedOwn:
    """A compartment's key for its filer, and their statement of what they sealed in it."""

    wrap: NewWrap
    statement: SignedStatement


def read_own(text: str) -> list[SealedOwn]:
    """Own wraps in a form field, none in an empty one. Raises Refused."""
    if not text:
        return []
    with reading(text) as told:
        return [SealedOwn(new_wrap_of(one["wrap"]), statement_of(one)) for one in told]


def body(
    *, inst: str, subject: str, cmp: str, items: Sequence[SealedItem], to: str, by: str
) -> bytes:
    """The exact bytes of a statement: these items lie in this compartment, for this key."""
    hashes = [b64(suite.sha256(one.hdr + one.ct)) for one in items]
    return compact(
        {"v": 1, "inst": inst, "subject": subject, "cmp": cmp, "items": hashes, "to": to, "by": by}
    )


def written(package: SealedPackage) -> dict[str, list[SealedItem]]:
    """What was written into each compartment that its filer may read again, by its hash."""
    told = {
        b64(suite.sha256(one.d)): str(one.said["comp"])
        for one in package.compartments
        if one.said["comp"] in OWN_WORDS
    }
    items = {cmp: [one for one in package.items if one.said["cmp"] == cmp] for cmp in told}
    return {cmp: some for cmp, some in items.items() if some}


def check(
    sealed: Sequence[SealedOwn],
    package: SealedPackage,
    *,
    inst: str,
    kid: str,
    keys: Mapping[str, bytes],
) -> None:
    """Check that these wrap exactly what was written, to this key, each said by its holder.

    `keys`: the filer's own signing keys by kid. Raises Refused.
    """
    items = written(package)
    if sorted(one.wrap.cmp for one in sealed) != sorted(items):
        raise Refused("compartments")
    for one in sealed:
        if one.wrap.kid != kid:
            raise Refused("readers")
        by = next(
            (
                name
                for name, key in keys.items()
                if statement_by(key, LABEL, one.statement.body, one.statement.sig)
            ),
            None,
        )
        if by is None:
            raise Refused("signature")
        place = {"inst": inst, "subject": package.ticket, "cmp": one.wrap.cmp}
        if one.statement.body != body(**place, items=items[one.wrap.cmp], to=kid, by=by):
            raise Refused("statement")
