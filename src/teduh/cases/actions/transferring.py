"""A case that goes to another office, and one that comes from there: ours until they have it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from teduh.access.actions import tell_other_overseers
from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.cases import merges, queries, rules, transfers
from teduh.cases.actions.guard import departing, supervising
from teduh.cases.actions.opening import (
    IncidentFacts,
    PersonFacts,
    card_of,
    keep_incident,
    kinds_of,
    put_person,
)
from teduh.cases.actions.promising import promise
from teduh.cases.actions.working import go
from teduh.cases.models import Arrival, Case, Crew, PeerOffice, Step, Transfer
from teduh.cases.words import ConsentBy, ConsentHow, CrewRole, State, TransferState
from teduh.intake.rules import CHILD_BANDS
from teduh.lib.timing import begin_of, local_day
from teduh.sop import actions as sop
from teduh.sop.words import Band, Ended
from teduh.vault import actions as vault
from teduh.vault import peers
from teduh.vault.keylist import own_signing_keys
from teduh.vault.packages import MadeCompartment, SealedItem, SignedStatement
from teduh.vault.rules import Refused


@dataclass(frozen=True, slots=True)
class Consent:
    """Who agreed that another office gets to know, how, and on which day."""

    by: ConsentBy
    how: ConsentHow
    day: date


@dataclass(frozen=True, slots=True)
class Leaving:
    """A slice as the officer's browser sealed it: its code, the hash that names it, its parts."""

    peer: PeerOffice
    code: str
    cmp: str
    parts: Sequence[str]
    consent: Consent


@dataclass(frozen=True, slots=True)
class Arriving:
    """A slice that was opened here, and the case that is made of it."""

    head: str
    receipt: SignedStatement
    consent: Consent
    code: str
    team: str
    band: Band
    person: PersonFacts
    incident: IncidentFacts
    made: Sequence[MadeCompartment]
    items: Sequence[SealedItem]


@transaction.atomic
def meet_peer(*, by: Member, text: str, at: datetime) -> PeerOffice:
    """Keep the card of another office; a newer one of an approved office needs no new word.

    Raises Forbidden, OtherRoot, OlderCard where a newer one is kept of the same root,
    vault.rules.Refused ("inst" for our own card).
    """
    if not by.may(Right.WORK_CASES):
        raise Forbidden(Right.WORK_CASES)
    card = peers.read_card(text, local_day(at))
    if card.inst == settings.TEDUH_INSTANCE:
        raise Refused("inst")
    known = PeerOffice.objects.select_for_update().filter(inst=card.inst).first()
    told = json.dumps(card.as_json())
    if known and bytes(known.root) == card.root and card.serial < peers.serial_of(known.card):
        raise rules.OlderCard(card.inst)
    if known and known.approved_by_id:
        if bytes(known.root) != card.root:
            raise rules.OtherRoot(card.inst)
        known.card = told
        known.save(update_fields=["card"])
    else:
        fresh = {"root": card.root, "card": told, "name": card.name, "added_by": by}
        known, _made = PeerOffice.objects.update_or_create(
            inst=card.inst, defaults=fresh | {"added_day": local_day(at)}
        )
    record(by=by.actor, verb="case.peer_met", subject=card.inst, at=at)
    return known


@transaction.atomic
def approve_peer(*, by: Member, peer: PeerOffice, statement: SignedStatement, at: datetime) -> None:
    """A supervisor's word that an office's root key is the one its people read out by telephone.

    Raises Forbidden, SameHand, WrongMove where it is approved, vault.rules.Refused.
    """
    supervising(by)
    row = PeerOffice.objects.select_for_update().get(pk=peer.pk)
    if row.approved_by_id:
        raise rules.WrongMove("approved")
    if row.added_by_id == by.pk:
        raise rules.SameHand
    key = own_signing_keys(by.code).get(peers.signer_of(statement))
    if key is None:
        raise Refused("author")
    inst, root = settings.TEDUH_INSTANCE, bytes(row.root)
    peers.approved(statement, inst=inst, peer=row.inst, root=root, key=key)
    row.approved_by, row.approved_day = by, local_day(at)
    row.body, row.sig = statement.body, statement.sig
    row.save(update_fields=["approved_by", "approved_day", "body", "sig"])
    record(by=by.actor, verb="case.peer_approved", subject=row.inst, at=at)


@transaction.atomic
def send_case(*, by: Member, case: Case, leaving: Leaving, at: datetime) -> Transfer:
    """Note that a slice was sealed for another office; the case stays ours, every clock runs.

    Raises Forbidden, WrongMove where something else waits or the office is not approved, NoConsent,
    CodeTaken where another transfer has this code.
    """
    fresh = departing(by, case, at)
    if queries.closure_asked(fresh) or merges.asked(fresh) or transfers.sent(fresh):
        raise rules.WrongMove("waits")
    peer = PeerOffice.objects.get(pk=leaving.peer.pk)
    if not peer.approved_by_id or not set(leaving.parts) <= set(transfers.PARTS):
        raise rules.WrongMove("peer")
    _check_consent(fresh, leaving.consent, local_day(at))
    row = _note(by, fresh, peer, leaving, local_day(at))
    detail = {"office": peer.inst, "parts": row.parts, "consent": str(row.consent_by)}
    record(by=by.actor, verb="case.sent", subject=fresh.code, at=at, detail=detail)
    tell_other_overseers(by=by, team_code=fresh.team_code, at=at, about=fresh.code)
    return row


def _note(by: Member, case: Case, peer: PeerOffice, leaving: Leaving, day: date) -> Transfer:
    try:
        with transaction.atomic():
            return Transfer.objects.create(
                case=case,
                peer=peer,
                code=leaving.code,
                cmp=leaving.cmp,
                parts=",".join(leaving.parts),
                consent_by=leaving.consent.by,
                consent_how=leaving.consent.how,
                consent_day=leaving.consent.day,
                member=by,
                day=day,
            )
    except IntegrityError as error:
        raise rules.CodeTaken(leaving.code) from error


@transaction.atomic
def withdraw_transfer(*, by: Member, case: Case, at: datetime) -> None:
    """Take a transfer back that nobody has confirmed. Raises Forbidden, WrongMove."""
    fresh = departing(by, case, at)
    row = transfers.sent(fresh)
    if row is None:
        raise rules.WrongMove("none sent")
    _end(row, TransferState.WITHDRAWN, at)
    record(by=by.actor, verb="case.transfer_withdrawn", subject=fresh.code, at=at)


@transaction.atomic
def confirm_transfer(*, by: Member, case: Case, text: str, at: datetime) -> Case:
    """Close a case that another office has taken over, by the receipt it gave.

    Raises Forbidden, WrongMove, vault.rules.Refused ("place" for the receipt of another).
    """
    fresh = departing(by, case, at)
    row = transfers.sent(fresh)
    if row is None:
        raise rules.WrongMove("none sent")
    peers.check_receipt(
        text,
        root=bytes(row.peer.root),
        inst=settings.TEDUH_INSTANCE,
        peer=row.peer.inst,
        code=row.code,
        cmp=row.cmp,
        day=local_day(at),
    )
    _end(row, TransferState.RECEIVED, at)
    sop.end(by=by.actor, subject=fresh.code, reason=Ended.ELSEWHERE, at=at)
    fresh.closed_day, fresh.closed_for = local_day(at), "transferred"
    fresh.save(update_fields=["closed_day", "closed_for"])
    return go(by, fresh, State.TRANSFERRED, at)


def take_in(*, by: Member, arriving: Arriving, at: datetime) -> Case:
    """Open a case out of what another office sent; its clocks begin here and now. Those 72 hours
    since the violence go on where they are not over: what was missed there is not missed here.

    Raises Forbidden, CodeTaken, ArrivedAlready, WrongMove for an office nobody vouched for,
    vault.rules.Refused.
    """
    if not by.may(Right.WORK_CASES) or arriving.team not in by.team_codes():
        raise Forbidden(Right.WORK_CASES)
    inst = peers.sender_of(arriving.head)
    peer = next((one for one in transfers.approved() if one.inst == inst), None)
    if peer is None:
        raise rules.WrongMove("unknown office")
    head = peers.read_head(
        arriving.head, root=bytes(peer.root), inst=settings.TEDUH_INSTANCE, day=local_day(at)
    )
    before = Arrival.objects.filter(peer=peer, code=head.code).select_related("case").first()
    if before:
        raise rules.ArrivedAlready(before.case.code)
    signer = _check_receipt(by, arriving.receipt, head, local_day(at))
    try:
        with transaction.atomic():
            return _take_in(by, arriving, peer, head.code, signer, at)
    except IntegrityError as error:
        raise rules.CodeTaken(arriving.code) from error


def _take_in(
    by: Member, arriving: Arriving, peer: PeerOffice, code: str, signer: str, at: datetime
) -> Case:
    day, band = local_day(at), str(arriving.band)
    case = Case.objects.create(
        code=arriving.code,
        team_code=arriving.team,
        opened_day=day,
        band=band,
        urgency=rules.BANDS.index(band),
        child=arriving.person.age_band in CHILD_BANDS,
        manager=by,
    )
    Step.objects.create(case=case, to=State.OPEN, member=by, day=day)
    Crew.objects.create(case=case, member=by, role=CrewRole.MANAGER, since=day)
    Arrival.objects.create(
        case=case,
        peer=peer,
        code=code,
        consent_by=arriving.consent.by,
        consent_how=arriving.consent.how,
        consent_day=arriving.consent.day,
        day=day,
        by=signer,
        body=arriving.receipt.body,
        sig=arriving.receipt.sig,
    )
    vault.open_subject(by=by, subject=case.code, team=arriving.team, made=arriving.made, at=at)
    vault.keep_items(by=by.actor, subject=case.code, items=arriving.items, at=at)
    put_person(case, arriving.person, card_of(arriving.items))
    detail = {"office": peer.inst, "transfer": code}
    record(by=by.actor, verb="case.taken_in", subject=case.code, at=at, detail=detail)
    keep_incident(by, case, arriving.incident, at)
    clocks, happened = rules.clocks_of(kinds_of(arriving.incident)), arriving.incident.day
    for event in ("case.opened", *clocks):
        promise(by=by, case=case, event=event, at=at)
    if clocks and happened and at < begin_of(happened) + rules.TRACES:
        promise(by=by, case=case, event="violence.dated", since=begin_of(happened), at=at)
    return case


def _check_consent(case: Case, consent: Consent, day: date) -> None:
    guardian = consent.by == ConsentBy.GUARDIAN
    if guardian and (not case.child or queries.legal_facts(case).guardian_in_conflict):
        raise rules.NoConsent
    if consent.day > day:
        raise rules.NoConsent


def _check_receipt(by: Member, told: SignedStatement, head: peers.Head, day: date) -> str:
    """The key that signed our receipt, if it says just this. Raises Refused."""
    signer = peers.signer_of(told)
    key = own_signing_keys(by.code).get(signer)
    expected = peers.receipt(
        inst=settings.TEDUH_INSTANCE,
        to=head.inst,
        code=head.code,
        cmp=head.cmp,
        day=str(day),
        by=signer,
    )
    if key is None or told.body != expected or not peers.receipt_by(key, told):
        raise Refused("receipt")
    return signer


def _end(row: Transfer, state: TransferState, at: datetime) -> None:
    row.state, row.ended_day = state, local_day(at)
    row.save(update_fields=["state", "ended_day"])
