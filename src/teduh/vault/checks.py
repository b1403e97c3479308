"""What a new report must look like before the vault takes it. Raises Refused, says no content."""

from collections.abc import Collection, Mapping

from teduh.vault import rules, suite
from teduh.vault.envelope import signed_by
from teduh.vault.packages import SealedCompartment, SealedItem, SealedPackage, b64, unb64
from teduh.vault.reporter import NAME
from teduh.vault.rules import Refused, kid_of

HELLO = "chat.thread.hello"


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
    for item in package.items:
        _item(item, package, names)
    if [item.what for item in package.items].count(HELLO) != 1:
        raise Refused("hello")
    if len({item.item for item in package.items}) != len(package.items):
        raise Refused("items")
    return readers.pop()


def item(sealed: SealedItem, *, comp: str, cmp: str) -> None:
    """Check one item that comes later: its compartment, its size."""
    if rules.compartment_of(sealed.what) != comp or sealed.said["cmp"] != cmp:
        raise Refused("place")
    if len(sealed.ct) > rules.ITEM_MOST:
        raise Refused("size")


def _readers(
    one: SealedCompartment,
    package: SealedPackage,
    inst: str,
    teams: Mapping[str, str],
    recovery: Collection[str],
) -> str:
    said = one.said
    place = (said.get("v"), said.get("suite"), said.get("inst"), said.get("subject"))
    if place != (1, 1, inst, package.ticket) or said.get("gen") != 1:
        raise Refused("descriptor")
    if len(unb64(str(said.get("id", "")))) != 16 or len(unb64(str(said.get("kc", "")))) != 32:
        raise Refused("descriptor")
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


def _item(one: SealedItem, package: SealedPackage, names: Mapping[str, str]) -> None:
    try:
        comp = rules.compartment_of(one.what)
        item(one, comp=comp, cmp=names[comp])
    except (ValueError, KeyError) as error:
        raise Refused("place") from error
    if one.said["orig"] != package.origin or package.origin not in {"browser", "server"}:
        raise Refused("origin")
    if one.said["by"] != kid_of(NAME, suite.sha256(package.tanda)):
        raise Refused("author")
    if not signed_by(package.tanda, one) and one.what != "intake.evidence.body":
        raise Refused("signature")
