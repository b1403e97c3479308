"""Keeping what arrives sealed: reports, additions, items; and forgetting them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from teduh.access.models import Member
from teduh.audit.actions import record
from teduh.lib import store
from teduh.lib.actors import Actor, ActorKind
from teduh.lib.prepared import insert
from teduh.lib.timing import local_day
from teduh.vault import checks, queries, rules, suite, units
from teduh.vault.actions import arriving
from teduh.vault.envelope import statement_by
from teduh.vault.keylist import own_signing_keys
from teduh.vault.models import (
    Acceptance,
    Compartment,
    Envelope,
    Grant,
    GrantWrap,
    OwnWrap,
    Pair,
    PublicKey,
    ReporterKey,
    Resting,
    Wrap,
)
from teduh.vault.packages import (
    WRONG_SHAPE,
    MadeCompartment,
    SealedAddition,
    SealedCompartment,
    SealedItem,
    SealedPackage,
    b64,
    unb64,
)
from teduh.vault.rules import Refused

ACCEPT = "teduh/v1/accept"


@dataclass(frozen=True, slots=True)
class Ready:
    """A new report that was checked; the code of the team it is sealed to; its unit keys."""

    package: SealedPackage
    team: str
    keys: Mapping[str, bytes]


def make_ready(
    *, by: Actor, package: SealedPackage, at: datetime, behind: int = rules.PREVIOUS_EPOCH_DAYS
) -> Ready:
    """Check a new report and make its unit keys, before the transaction that keeps it.

    Their commit waits for the disk; inside the transaction everybody who writes would wait too.
    `behind`: for so many days after a team's new key the one before is taken. Raises Refused:
    nothing is made then.
    """
    taken = queries.taken(local_day(at), behind)
    team = checks.new_report(
        package,
        kind=by.kind,
        inst=settings.TEDUH_INSTANCE,
        teams=taken.teams,
        recovery=taken.recovery,
    )
    return ready_here(package=package, team=team, at=at)


def ready_here(*, package: SealedPackage, team: str, at: datetime) -> Ready:
    """The same for one that was sealed to a team in this process, to keys the list vouches for."""
    keys = units.prepare(units_covering(package.ticket))
    arriving.note(_files_of(package.items), at=at)
    return Ready(package, team, keys)


@transaction.atomic
def keep(*, by: Actor, ready: Ready, at: datetime) -> None:
    """Keep the sealed parts of a new report."""
    package = ready.package
    rows = keep_compartments(package.ticket, package.compartments, ready.keys)
    insert(ReporterKey(subject=package.ticket, kotak=package.kotak, tanda=package.tanda))
    keep_all(rows, package.items)
    # The trail remembers which hello it was: a report that is replaced later no longer fits it.
    [first] = [item for item in package.items if item.what == rules.HELLO]
    hello = b64(suite.sha256(first.hdr + first.ct))
    record(by=by, verb="vault.kept", subject=package.ticket, at=at, detail={"hello": hello})


@transaction.atomic
def add(*, by: Actor, addition: SealedAddition, gen: int, team: str, at: datetime) -> None:
    """Keep what the holder of a ticket adds, sealed to the team that has her report.

    Raises Refused, with "generation" when an addition of this number is there already, and for
    a ticket whose report was forgotten.
    """
    own, chat = queries.reporter_keys(by.code), queries.compartment(by.code, "chat")
    if own is None or chat is None:
        raise Refused("subject")
    if units.find(units.unit_of(by.code, "chat")) is None:
        raise Refused("subject")  # forgotten: a new key would open what nobody meant to keep
    taken = queries.taken(local_day(at))
    found = checks.addition(
        addition,
        checks.AddedTo(settings.TEDUH_INSTANCE, by.code, gen, team, chat.cmp, bytes(own.tanda)),
        teams=taken.teams,
        recovery=taken.recovery,
    )
    arriving.note(_files_of(addition.items), at=at)
    rows = keep_compartments(by.code, found.values())
    keep_all({**rows, "chat": chat}, addition.items)
    record(by=by, verb="vault.added", subject=by.code, at=at)


@transaction.atomic
def keep_item(*, by: Actor, subject: str, comp: str, item: SealedItem, at: datetime) -> None:
    """Keep one more signed item of a subject. Raises Refused, also for what was forgotten: a page
    that was open before still holds the key, and nobody could read what it sends.
    """
    row = queries.compartment_named(subject, comp, item.said["cmp"])
    if row is None or not row.wraps.exists():
        raise Refused("subject")
    if comp == "chat" and row != queries.compartment(subject, comp):
        raise Refused("generation")  # another code has begun a new one
    if rules.is_ticket(subject, comp) and comp in rules.OWN_WORDS:
        raise Refused(
            "place"
        )  # whoever filed it may hold its key: what comes later has one of its own
    if not _may_be_kept(by, subject, item):
        raise Refused("place")
    checks.item(item, kind=by.kind, comp=comp, cmp=row.cmp)
    _check_signature(by, subject, item)
    if Envelope.objects.filter(item=item.item).exists():
        raise Refused("again")
    _row_of(row, item).save(force_insert=True)
    record(by=by, verb="vault.item_kept", subject=subject, at=at, detail={"what": item.what})


def _may_be_kept(by: Actor, subject: str, item: SealedItem) -> bool:
    if item.what in {rules.HELLO, rules.ADDITION, rules.BODY, rules.SENT}:
        return False  # each comes by a way of its own
    theirs = item.what == rules.SENT_CARD and by.kind != ActorKind.MEMBER
    return rules.belongs(item.what, subject) and not theirs


@transaction.atomic
def accept(*, by: Member, subject: str, acceptance: str, at: datetime) -> None:
    """Keep the first staff signature of a reporter's hello; a later one changes nothing.

    Raises Refused unless it is this member's signature over the hello that is kept.
    """
    try:
        told = json.loads(acceptance)
        body, sig, kid = unb64(told["body"]), unb64(told["sig"]), str(told["by"])
        said = json.loads(body)
    except WRONG_SHAPE as error:
        raise Refused("acceptance") from error
    key = PublicKey.objects.filter(kid=kid, kind="sign", owner=by.code).first()
    if key is None or not statement_by(bytes(key.public), ACCEPT, body, sig):
        raise Refused("acceptance")
    expected = {"v": 1, "ticket": subject, "hello": queries.hello_hash(subject), "by": kid}
    if said != expected:
        raise Refused("acceptance")
    _row, made = Acceptance.objects.get_or_create(
        subject=subject, defaults={"body": body, "sig": sig, "by": kid}
    )
    if made:
        detail = {"hello": str(said["hello"])}
        record(by=by.actor, verb="vault.accepted", subject=subject, at=at, detail=detail)


@transaction.atomic
def forget(*, by: Actor, subject: str, at: datetime) -> None:
    """Destroy what opens a subject, in every backup too; the ciphertext stays as noise."""
    granted = list(Grant.objects.filter(subject=subject).select_for_update())  # before the trail
    record(by=by, verb="vault.forgotten", subject=subject, at=at)
    Wrap.objects.filter(compartment__subject=subject).delete()
    Pair.objects.filter(compartment__subject=subject).delete()
    Resting.objects.filter(subject=subject).delete()
    covering = units_covering(subject) | {units.of_grant(one.name) for one in granted}
    covering |= {units.of_own(subject)}
    GrantWrap.objects.filter(grant__subject=subject).delete()
    OwnWrap.objects.filter(compartment__subject=subject).delete()
    Grant.objects.filter(subject=subject, ended_at__isnull=True).update(ended_at=at)
    # After the commit: a crash in between is mended by replaying the trail, never the other way.
    transaction.on_commit(lambda: units.destroy(covering))


def units_covering(subject: str) -> set[str]:
    """The units whose keys open a subject; a restore leaves those of forgotten ones out."""
    return {units.unit_of(subject, comp) for comp in rules.compartments_of(subject)}


def _files_of(items: Iterable[SealedItem]) -> list[str]:
    return [item.item for item in items if item.what == rules.BODY]


def keep_compartments(
    subject: str,
    sealed: Iterable[SealedCompartment | MadeCompartment],
    keys: Mapping[str, bytes] | None = None,
) -> dict[str, Compartment]:
    """Compartments and their wraps, with few statements: whoever sends a report waits for them.

    `keys`: of their units, where they were just made.
    """
    told = [(str(one.said["comp"]), suite.sha256(one.d), one) for one in sealed]
    rows = [
        Compartment(
            subject=subject,
            comp=comp,
            gen=one.said["gen"],
            d=one.d,
            cmp=b64(d_hash),
            **_maker_of(one),
        )
        for comp, d_hash, one in told
    ]
    insert(*rows)
    keys = keys or units.make_many({units.unit_of(subject, comp) for comp, _hash, _one in told})
    insert(
        *(
            Wrap(
                compartment=row,
                kid=wrap.kid,
                stored=suite.enclose(
                    keys[units.unit_of(subject, comp)], wrap.w, d_hash + wrap.kid.encode()
                ),
            )
            for row, (comp, d_hash, one) in zip(rows, told, strict=True)
            for wrap in one.wraps
        )
    )
    return {row.comp: row for row in rows}


def _maker_of(one: SealedCompartment | MadeCompartment) -> dict[str, Any]:
    return {"by": one.by, "sig": one.sig} if isinstance(one, MadeCompartment) else {}


def keep_all(rows: Mapping[str, Compartment], items: Iterable[SealedItem]) -> None:
    """Items in the compartments they say, by name."""
    kept = []
    for item in items:
        row = rows[rules.compartment_of(item.what)]
        kept.append(whole_file(row, item) if item.what == rules.BODY else _row_of(row, item))
    insert(*kept)


def _row_of(row: Compartment, item: SealedItem) -> Envelope:
    return Envelope(
        compartment=row,
        item=item.item,
        what=item.what,
        seq=item.seq,
        hdr=item.hdr,
        ct=item.ct,
        sig=item.sig,
    )


def whole_file(row: Compartment, item: SealedItem) -> Envelope:
    """The row of a file whose pieces now lie in the store."""
    pieces = range(0, len(item.ct), rules.PIECE_MOST)
    for number, start in enumerate(pieces):
        put_once(store.piece_key(item.item, number), item.ct[start : start + rules.PIECE_MOST])
    return Envelope(
        compartment=row,
        item=item.item,
        what=item.what,
        seq=item.seq,
        hdr=item.hdr,
        pieces=len(pieces),
        size=len(item.ct),
    )


def put_once(key: str, body: bytes) -> None:
    """Keep a piece; one that was kept before a rollback or a crash counts, anything else is refused."""
    try:
        store.put(key, body)
    except store.AlreadyKept:
        if store.get(key) != body:
            raise Refused("piece") from None


def _check_signature(by: Actor, subject: str, item: SealedItem) -> None:
    if by.kind == ActorKind.MEMBER:
        checks.by_member(item, own_signing_keys(by.code))
        return
    own = queries.reporter_keys(subject)
    if own is None or by.code != subject:
        raise Refused("author")
    checks.by_reporter(item, bytes(own.tanda))
