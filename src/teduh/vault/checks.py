"""What sealed bytes must look like before the vault takes them. Raises Refused, says no content."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from teduh.lib.actors import ActorKind
from teduh.vault import rules, suite
from teduh.vault.envelope import signed_by, statement_by
from teduh.vault.keywork import MadeList
from teduh.vault.packages import (
    WRONG_SHAPE,
    MadeCompartment,
    SealedAddition,
    SealedCompartment,
    SealedItem,
    SealedPackage,
    SealedRenewal,
    SignedStatement,
    b64,
    unb64,
)
from teduh.vault.reporter import NAME
from teduh.vault.rules import ADDITION, HELLO, LIST, RENEW, Refused, kid_of

DESCRIPTOR = "teduh/v1/desc"  # the label under which staff sign what they make


@dataclass(frozen=True, slots=True)
class AddedTo:
    """What an addition must fit: whose it is, the next generation, the team, her chat and key."""

    inst: str
    subject: str
    gen: int
    team: str
    chat: str
    tanda: bytes


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a new code must fit: whose ticket, the next chat, the team, the hello it follows.

    `signers`: by kid, the keys of whoever may stand for it.
    """

    inst: str
    subject: str
    gen: int
    team: str
    before: str
    signers: Mapping[str, bytes]


def new_report(
    package: SealedPackage,
    *,
    kind: str,
    inst: str,
    teams: Mapping[str, str],
    recovery: Collection[str],
) -> str:
    """Check a whole package; returns the code of the team it is sealed to.

    `kind` is the kind of hand that brings it; `teams` maps the kids taken now to team codes;
    `recovery` names the recovery keys taken now.
    """
    by_comp = {str(one.said.get("comp")): one for one in package.compartments}
    if len(by_comp) != len(package.compartments) or set(by_comp) != set(rules.NEW_REPORT):
        raise Refused("compartments")
    own = kid_of(NAME, suite.sha256(package.kotak))
    readers = set()
    for comp, one in by_comp.items():
        _check_descriptor(one.said, inst, package.ticket, comp)
        readers.add(_readers(one, {own} if comp == "chat" else set(), teams, recovery))
    if len(readers) != 1:
        raise Refused("readers")
    names = {comp: b64(suite.sha256(one.d)) for comp, one in by_comp.items()}
    for sealed in package.items:
        _signed_part(sealed, package, kind, rules.IN_A_REPORT, names, package.tanda)
    if [one.what for one in package.items].count(HELLO) != 1:
        raise Refused("hello")
    if len({one.item for one in package.items}) != len(package.items):
        raise Refused("items")
    return readers.pop()


def addition(
    package: SealedAddition,
    to: AddedTo,
    *,
    teams: Mapping[str, str],
    recovery: Collection[str],
) -> dict[str, SealedCompartment]:
    """Check a whole addition; returns its compartments by name.

    Each is of the next generation and sealed to the team that has the report, each item lies in
    one of them, and exactly one statement, signed like all of it by the reporter, lies in her chat.
    """
    by_comp = {str(one.said.get("comp")): one for one in package.compartments}
    if len(by_comp) != len(package.compartments) or not set(by_comp) <= set(rules.ADDED):
        raise Refused("compartments")
    for comp, one in by_comp.items():
        if one.said.get("gen") != to.gen:
            raise Refused("generation")
        _check_descriptor(one.said, to.inst, to.subject, comp, to.gen)
        if _readers(one, set(), teams, recovery) != to.team:
            raise Refused("readers")
    names = {comp: b64(suite.sha256(one.d)) for comp, one in by_comp.items()} | {"chat": to.chat}
    for sealed in package.items:
        _signed_part(sealed, package, ActorKind.REPORTER, rules.IN_AN_ADDITION, names, to.tanda)
    if [sealed.what for sealed in package.items].count(ADDITION) != 1:
        raise Refused("statement")
    return by_comp


def renewal(
    package: SealedRenewal,
    of: Renewed,
    *,
    kind: str,
    teams: Mapping[str, str],
    recovery: Collection[str],
) -> None:
    """Check a new code: a new chat for team, recovery and its holder, and who stands for it.

    `kind` is the kind of hand that brings it.
    """
    if package.chat.said.get("gen") != of.gen:
        raise Refused("generation")
    _check_descriptor(package.chat.said, of.inst, of.subject, "chat", of.gen)
    own = kid_of(NAME, suite.sha256(package.kotak))
    if _readers(package.chat, {own}, teams, recovery) != of.team:
        raise Refused("readers")
    hello, statement = package.hello, package.statement
    if hello.what != HELLO:
        raise Refused("hello")
    item(hello, kind=kind, comp="chat", cmp=b64(suite.sha256(package.chat.d)))
    by_reporter(hello, package.tanda)
    try:
        said = json.loads(statement.body)
        day, by = str(said["day"]), str(said["by"])
    except WRONG_SHAPE as error:
        raise Refused("statement") from error
    key = of.signers.get(by)
    if key is None or not statement_by(key, RENEW, statement.body, statement.sig):
        raise Refused("signature")
    follows = {"before": of.before, "hello": b64(suite.sha256(hello.hdr + hello.ct))}
    expected = {"v": 1, "inst": of.inst, "ticket": of.subject, "gen": of.gen, **follows}
    if said != {**expected, "day": day, "by": by} or day != hello.said["day"]:
        raise Refused("statement")


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


def vouched(
    statement: SignedStatement, sealed: SealedItem, told: Mapping[str, object], key: bytes
) -> None:
    """Check that the author of an item, by this key, signed exactly this about it.

    `told`: every member of the statement but the version, the item and its author.
    """
    label = rules.VOUCHED.get(sealed.what, "")
    if not label or not statement_by(key, label, statement.body, statement.sig):
        raise Refused("signature")
    expected = {**told, "v": 1, "item": sealed.item, "by": sealed.said["by"]}
    try:
        said = json.loads(statement.body)
    except ValueError as error:
        raise Refused("statement") from error
    if said != expected:
        raise Refused("statement")


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


def new_case(
    made: Sequence[MadeCompartment],
    *,
    inst: str,
    subject: str,
    keys: Mapping[str, bytes],
    teams: Mapping[str, str],
    recovery: Collection[str],
    comps: Collection[str] = rules.NEW_CASE,
    gens: Mapping[str, int] | None = None,
) -> str:
    """Check compartments of a case; returns the code of the team they are sealed to.

    Exactly `comps`, each signed by its maker, all to one team and to recovery. `keys`: the maker's
    own signing keys by kid; `teams` and `recovery` as for a report; `gens`: their generation, by
    compartment, where it is not the first.
    """
    if sorted(str(one.said.get("comp")) for one in made) != sorted(comps):
        raise Refused("compartments")
    readers = set()
    for one in made:
        key = keys.get(one.by)
        if key is None or not statement_by(key, DESCRIPTOR, one.d, one.sig):
            raise Refused("signature")
        comp = str(one.said["comp"])
        gen = (gens or {}).get(comp, 1)
        _check_descriptor(one.said, inst, subject, comp, gen)
        readers.add(_readers(one, set(), teams, recovery))
    if len(readers) != 1:
        raise Refused("readers")
    return readers.pop()


def _check_descriptor(
    said: Mapping[str, Any], inst: str, subject: str, comp: str, gen: int = 1
) -> None:
    place = (said.get("v"), said.get("suite"), said.get("inst"), said.get("subject"))
    if place != (1, 1, inst, subject) or (said.get("comp"), said.get("gen")) != (comp, gen):
        raise Refused("descriptor")
    if len(unb64(str(said.get("id", "")))) != 16 or len(unb64(str(said.get("kc", "")))) != 32:
        raise Refused("descriptor")


def _readers(
    one: SealedCompartment | MadeCompartment,
    also: Collection[str],
    teams: Mapping[str, str],
    recovery: Collection[str],
) -> str:
    """The team a compartment is sealed to: one epoch, recovery, `also`, and nobody else."""
    kids = [wrap.kid for wrap in one.wraps]
    team = [kid for kid in kids if kid in teams]
    expected = {*team, *(kid for kid in kids if kid in recovery), *also}
    if len(team) != 1 or set(kids) != expected or len(kids) != len(expected):
        raise Refused("readers")
    if not any(kid in recovery for kid in kids):
        raise Refused("recovery")
    return teams[team[0]]


def _signed_part(
    one: SealedItem,
    package: SealedPackage | SealedAddition,
    kind: str,
    allowed: Collection[str],
    names: Mapping[str, str],
    tanda: bytes,
) -> None:
    """Check one item of a package: what it may be, where it lies, who signed it."""
    most = rules.FORM_ITEMS if package.origin == "server" else rules.REPORT_ITEMS
    if one.what not in allowed or len(package.items) > most:
        raise Refused("items")
    comp = rules.compartment_of(one.what)
    item(one, kind=kind, comp=comp, cmp=names.get(comp, ""))
    if one.said["orig"] != package.origin:
        raise Refused("origin")
    if one.what != rules.BODY:
        by_reporter(one, tanda)
    elif one.sig or one.said["by"] != kid_of(NAME, suite.sha256(tanda)):
        raise Refused("author")
