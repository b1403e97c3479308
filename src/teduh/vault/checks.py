"""What sealed bytes must look like before the vault takes them. Raises Refused, says no content."""

from collections.abc import Collection, Mapping
from typing import Any

from teduh.lib.actors import ActorKind
from teduh.vault import rules, suite
from teduh.vault.envelope import signed_by, statement_by
from teduh.vault.packages import MadeList, SealedCompartment, SealedItem, SealedPackage, b64, unb64
from teduh.vault.reporter import NAME
from teduh.vault.rules import HELLO, LIST, Refused, kid_of

DESCRIPTOR = "teduh/v1/desc"  # the label under which staff sign what they make


def new_report(
    package: SealedPackage, *, inst: str, teams: Mapping[str, str], recovery: Collection[str]
) -> str:
    """Check a whole package; returns the code of the team it is sealed to.

    `teams` maps the kids taken now to team codes; `recovery` names the recovery keys taken now.
    """
    by_comp = {str(one.said.get("comp")): one for one in package.compartments}
    if len(by_comp) != len(package.compartments) or set(by_comp) != set(rules.NEW_REPORT):
        raise Refused("compartments")
    readers = {_readers(one, package, inst, teams, recovery) for one in package.compartments}
    if len(readers) != 1:
        raise Refused("readers")
    names = {comp: b64(suite.sha256(one.d)) for comp, one in by_comp.items()}
    for one in package.items:
        _item_of_report(one, package, names)
    if [one.what for one in package.items].count(HELLO) != 1:
        raise Refused("hello")
    if len({one.item for one in package.items}) != len(package.items):
        raise Refused("items")
    return readers.pop()


def item(sealed: SealedItem, *, kind: str, comp: str, cmp: str) -> None:
    """Check where an item lies, how it is padded, and what origin it claims.

    `kind` is the kind of hand that brings it.
    """
    if rules.compartment_of(sealed.what) != comp or sealed.said["cmp"] != cmp:
        raise Refused("place")
    pad = str(sealed.said["pad"])
    if pad != rules.pad_of(sealed.what) or not rules.fits(pad, len(sealed.ct)):
        raise Refused("size")
    if sealed.said["orig"] not in rules.origins_of(kind):
        raise Refused("origin")


def by_reporter(sealed: SealedItem, tanda: bytes) -> None:
    """Check that the holder of this key signed an item under her own name."""
    if sealed.said["by"] != kid_of(NAME, suite.sha256(tanda)):
        raise Refused("author")
    if not signed_by(tanda, sealed):
        raise Refused("signature")


def by_member(sealed: SealedItem, keys: Mapping[str, bytes]) -> None:
    """Check that one of a member's signing keys, by kid, signed an item under its name."""
    key = keys.get(str(sealed.said["by"]))
    if key is None:
        raise Refused("author")
    if not signed_by(key, sealed):
        raise Refused("signature")


def new_list(
    made: MadeList, name: str, inst: str, epoch_kid: str, keys: Mapping[str, bytes]
) -> None:
    """Check a new list: this team, this month, one wrap to its epoch, signed by its maker.

    `keys`: the maker's own signing keys by kid.
    """
    key = keys.get(made.by)
    if key is None or not statement_by(key, DESCRIPTOR, made.d, made.sig):
        raise Refused("signature")
    _check_descriptor(made.said, inst, name, LIST)
    if made.wrap.kid != epoch_kid:
        raise Refused("readers")


def _check_descriptor(said: Mapping[str, Any], inst: str, subject: str, comp: str) -> None:
    place = (said.get("v"), said.get("suite"), said.get("inst"), said.get("subject"))
    if place != (1, 1, inst, subject) or (said.get("comp"), said.get("gen")) != (comp, 1):
        raise Refused("descriptor")
    if len(unb64(str(said.get("id", "")))) != 16 or len(unb64(str(said.get("kc", "")))) != 32:
        raise Refused("descriptor")


def _readers(
    one: SealedCompartment,
    package: SealedPackage,
    inst: str,
    teams: Mapping[str, str],
    recovery: Collection[str],
) -> str:
    said = one.said
    _check_descriptor(said, inst, package.ticket, str(said.get("comp")))
    kids = [wrap.kid for wrap in one.wraps]
    own = kid_of(NAME, suite.sha256(package.kotak))
    team = [kid for kid in kids if kid in teams]
    expected = {*team, *(kid for kid in kids if kid in recovery)}
    if said["comp"] == "chat":
        expected.add(own)
    if len(team) != 1 or set(kids) != expected or len(kids) != len(expected):
        raise Refused("readers")
    if not any(kid in recovery for kid in kids):
        raise Refused("recovery")
    return teams[team[0]]


def _item_of_report(one: SealedItem, package: SealedPackage, names: Mapping[str, str]) -> None:
    if one.what not in rules.IN_A_REPORT or len(package.items) > rules.REPORT_ITEMS:
        raise Refused("items")
    comp = rules.compartment_of(one.what)
    item(one, kind=ActorKind.REPORTER, comp=comp, cmp=names[comp])
    if one.said["orig"] != package.origin:
        raise Refused("origin")
    if one.what != rules.BODY:
        by_reporter(one, package.tanda)
    elif one.sig or one.said["by"] != kid_of(NAME, suite.sha256(package.tanda)):
        raise Refused("author")
