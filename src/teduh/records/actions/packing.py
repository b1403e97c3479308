"""A packet of evidence: asked, granted by another, put together, handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from teduh.access.actions import tell_other_overseers
from teduh.access.models import Member
from teduh.audit.actions import record
from teduh.cases.actions.guard import of_the_team, supervising
from teduh.cases.models import Case
from teduh.lib.timing import local_day
from teduh.records import queries, rules
from teduh.records.models import Custody, Packet, PacketGrant, PacketItem
from teduh.records.words import Answer, Basis, Denial, Passed, Receiver


@dataclass(frozen=True, slots=True)
class Made:
    """What the browser put together: SHA-256 of the file in hex, its bytes, item -> SHA-256."""

    sha: str
    size: int
    items: Sequence[tuple[str, str]]


@transaction.atomic
def ask_packet(
    *, by: Member, case: Case, receiver: Receiver, basis: Basis, at: datetime
) -> PacketGrant:
    """Ask a supervisor for a packet. Raises Forbidden, AlreadyAsked while one waits."""
    fresh = of_the_team(by, case, at)
    if PacketGrant.objects.filter(case=fresh, answer="").exists():
        raise rules.AlreadyAsked
    row = PacketGrant.objects.create(
        case=fresh,
        receiver=Receiver(receiver),
        basis=Basis(basis),
        asker=by,
        asked_day=local_day(at),
    )
    detail = {"to": str(receiver), "why": str(basis)}
    record(by=by.actor, verb="packet.asked", subject=fresh.code, at=at, detail=detail)
    tell_other_overseers(by=by, team_code=fresh.team_code, at=at, about=fresh.code)
    return row


@transaction.atomic
def answer_packet(
    *, by: Member, asked: PacketGrant, denial: Denial | None, at: datetime
) -> PacketGrant:
    """Grant it for some hours, or deny it with a reason.

    Raises Forbidden, SameHand, AlreadyAsked; NotHolding for a grant while not everything was gone
    through since a restore.
    """
    supervising(by)
    case = of_the_team(by, asked.case, at)
    fresh = PacketGrant.objects.select_for_update().get(pk=asked.pk)
    if fresh.answer:
        raise rules.AlreadyAsked
    if fresh.asker_id == by.pk:
        raise rules.SameHand
    if denial is None and queries.sharing_waits():
        raise rules.NotHolding
    fresh.answerer = by
    fresh.answer = Answer.REFUSED if denial else Answer.APPROVED
    fresh.denial = Denial(denial) if denial else ""
    fresh.until = None if denial else at + rules.PACKET_HOLDS
    fresh.save(update_fields=["answer", "denial", "answerer", "until"])
    detail = {"to": fresh.receiver, "why": fresh.denial}
    if denial:
        record(by=by.actor, verb="packet.denied", subject=case.code, at=at, detail=detail)
    else:
        record(by=by.actor, verb="packet.granted", subject=case.code, at=at, detail=detail)
    return fresh


@transaction.atomic
def make_packet(*, by: Member, case: Case, made: Made, at: datetime) -> Packet:
    """Write down what was put together under a grant that holds, before it leaves the browser.

    Raises Forbidden, NotGranted, also while not everything was gone through since a restore,
    WrongPacket for an item that is none of this case or no hash.
    """
    fresh = of_the_team(by, case, at)
    grant = queries.holding(fresh, at)
    if grant is None or queries.sharing_waits():
        raise rules.NotGranted
    names = [item for item, _sha in made.items]
    known = queries.envelopes_of(fresh, names)
    hashes = [made.sha, *(sha for _item, sha in made.items)]
    if not names or len(set(names)) != len(names) or set(names) != set(known):
        raise rules.WrongPacket
    if made.size <= 0 or not all(map(rules.is_sha, hashes)):
        raise rules.WrongPacket
    number = Packet.objects.filter(grant__case=fresh).count() + 1
    packet = Packet.objects.create(grant=grant, number=number, sha=made.sha, size=made.size)
    PacketItem.objects.bulk_create(
        PacketItem(
            packet=packet,
            subject=known[item].compartment.subject,
            what=known[item].what,
            item=item,
            sha=sha,
        )
        for item, sha in made.items
    )
    Custody.objects.create(packet=packet, step=Passed.MADE, at=at, member=by)
    detail: dict[str, str | int] = {"sha": made.sha, "count": len(names)}
    record(
        by=by.actor,
        verb="packet.made",
        subject=fresh.code,
        at=at,
        detail=detail,
        subjects=sorted({row.compartment.subject for row in known.values()} - {fresh.code}),
    )
    return packet


@transaction.atomic
def hand_packet(*, by: Member, packet: Packet, receiver: Receiver, at: datetime) -> Custody:
    """Write down that a packet went into somebody's hands. Raises Forbidden."""
    fresh = of_the_team(by, packet.grant.case, at)
    row = Custody.objects.create(
        packet=packet, step=Passed.HANDED, receiver=Receiver(receiver), at=at, member=by
    )
    detail = {"to": str(receiver), "sha": packet.sha}
    record(by=by.actor, verb="packet.handed", subject=fresh.code, at=at, detail=detail)
    return row
