"""Asking the archive for what lies there: a half from each side, joined in the team's browser."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from teduh.access.actions import tell_other_overseers
from teduh.access.models import Member
from teduh.access.queries import barred, members_of_teams
from teduh.access.rules import ARCHIVES, Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.outbox.actions import queue
from teduh.outbox.words import Template
from teduh.vault import archive, epochs, queries, rules, suite, units
from teduh.vault.bundles import Bundle
from teduh.vault.keywork import GivenHalf, NewWrap
from teduh.vault.models import Compartment, Half, Pair, PublicKey, Recall, Wrap
from teduh.vault.rules import Refused
from teduh.vault.words import RecallReason

Halves = dict[str, list[dict[str, object]]]  # cmp -> its pairs, as archive.halves_of tells them


@transaction.atomic
def ask_back(
    *,
    by: Member,
    root: str,
    subjects: Collection[str],
    team: str,
    reason: RecallReason,
    at: datetime,
) -> Recall:
    """Ask both sides for what lies there of these subjects; holders and supervisors hear of it.

    `root`: the case under whose code it is asked. One that is asked for already is not asked for
    again. Raises Forbidden, Refused "archive" where nothing lies there.
    """
    _reads(by, team, root)
    if not archive.stored(subjects).exists():
        raise Refused("archive")
    waits = Recall.objects.select_for_update().filter(root=root, ended=None).first()
    if waits:
        return waits
    row = Recall.objects.create(
        root=root,
        subjects=sorted(subjects),
        team_code=team,
        by=by.code,
        reason=RecallReason(reason),
        at=at,
    )
    _record(by=by, verb="vault.recalled", row=row, at=at, why=str(reason))
    tell_other_overseers(by=by, team_code=team, at=at, about=root)
    for member in members_of_teams(ARCHIVES, at).free_for(root).exclude(pk=by.pk):
        queue(by=by.actor, to=member.email, template=Template.WORK, danger=False, at=at)
    return row


@transaction.atomic
def hand_out_halves(
    *, by: Member, number: int, after: int, at: datetime
) -> tuple[Halves, list[Compartment], PublicKey]:
    """The next halves of the member's side, and to which key of the team they are sealed next.

    Raises Forbidden, Refused.
    """
    row, side = _given_by(by, number)
    parts = list(archive.to_give(row, side).filter(pk__gt=after)[: rules.PARTS_AT_ONCE])
    _record_read(by, parts, at)
    return archive.halves_of(parts, side), parts, _team_key(row)


@transaction.atomic
def hand_on(*, by: Member, number: int, halves: Sequence[GivenHalf], at: datetime) -> int:
    """Keep halves that a holder's browser sealed to the team; answers how many were not there yet.

    Raises Forbidden, Refused.
    """
    row, side = _given_by(by, number, lock=True)
    to, kept = _team_key(row), 0
    for given in halves:
        pair = Pair.objects.filter(
            pk=given.pair, compartment__in=archive.stored(row.subjects).values("pk")
        ).first()
        if pair is None or given.kid != to.kid:
            raise Refused("epoch")
        if Half.objects.filter(pair=pair, side=side).exclude(by="").exists():
            continue
        part = pair.compartment
        unit = units.find(units.unit_of(part.subject, part.comp))
        if unit is None:
            raise Refused("subject")
        stored = suite.enclose(unit, given.w, suite.sha256(bytes(part.d)) + given.kid.encode())
        Half.objects.create(pair=pair, side=side, kid=given.kid, stored=stored, by=by.code)
        kept += 1
    _record(by=by, verb="vault.half_given", row=row, at=at, parts=kept)
    return kept


@transaction.atomic
def hand_out_joined(
    *, by: Member, number: int, after: int, at: datetime
) -> tuple[list[Bundle], Halves, list[Compartment], PublicKey]:
    """The next compartments whose two halves were handed on, for a browser of the team.

    Raises Forbidden, Refused.
    """
    row = _asked_by_team(by, number)
    parts = list(archive.to_join(row).filter(pk__gt=after)[: rules.PARTS_AT_ONCE])
    _record_read(by, parts, at)
    kids = PublicKey.objects.filter(kind="team", owner=row.team_code).values_list("kid", flat=True)
    return epochs.believed(parts, set(kids)), archive.halves_of(parts), parts, _team_key(row)


@transaction.atomic
def keep_joined(
    *, by: Member, number: int, wraps: Sequence[NewWrap], broken: Collection[str], at: datetime
) -> int:
    """Keep what was joined, wrapped to the team's key; answers how many compartments.

    The halves handed on go, of those that did not fit too: the holders are then asked anew. What
    lies in the archive stays, until nobody needs it. With the last compartment the recall ends.
    Raises Forbidden, Refused.
    """
    row = _asked_by_team(by, number, lock=True)
    to, done = _team_key(row), 0
    parts = {part.cmp: part for part in archive.to_join(row)}
    for made in wraps:
        part = parts.get(made.cmp)
        if made.kid != to.kid:
            raise Refused("epoch")
        if part is None:
            continue
        unit = units.find(units.unit_of(part.subject, part.comp))
        if unit is None:
            raise Refused("subject")
        stored = suite.enclose(unit, made.w, suite.sha256(bytes(part.d)) + made.kid.encode())
        Wrap.objects.create(compartment=part, kid=made.kid, stored=stored, by=by.code)
        done += 1
    tried = [parts[cmp].pk for cmp in {*broken, *(one.cmp for one in wraps)} if cmp in parts]
    Half.objects.filter(pair__compartment__in=tried).exclude(by="").delete()
    _record(by=by, verb="vault.joined", row=row, at=at, parts=done)
    if not archive.stored(row.subjects).exists():
        Recall.objects.filter(pk=row.pk).update(ended=at)
    return done


@transaction.atomic
def take_back(*, by: Member, number: int, at: datetime) -> None:
    """Ask no longer; what was handed on goes. Raises Forbidden, Refused."""
    row = _asked_by_team(by, number, lock=True)
    Half.objects.filter(pair__compartment__subject__in=row.subjects).exclude(by="").delete()
    Recall.objects.filter(pk=row.pk).update(ended=at)
    _record(by=by, verb="vault.recall_ended", row=row, at=at)


def _found(number: int, *, lock: bool) -> Recall:
    rows = Recall.objects.select_for_update() if lock else Recall.objects.all()
    row = rows.filter(pk=number, ended=None).first()
    if row is None:
        raise Refused("recall")
    return row


def _given_by(by: Member, number: int, *, lock: bool = False) -> tuple[Recall, str]:
    """A recall to which this member may give a half, and of which side; never what one asked for."""
    if not by.may(Right.KEEP_ARCHIVE):
        raise Forbidden(Right.KEEP_ARCHIVE)
    side = archive.side_of(by)
    if not side:
        raise Refused("side")
    row = _found(number, lock=lock)
    if row.root in barred(by) or row.by == by.code:
        raise Forbidden(Right.KEEP_ARCHIVE)
    return row, side


def _asked_by_team(by: Member, number: int, *, lock: bool = False) -> Recall:
    row = _found(number, lock=lock)
    _reads(by, row.team_code, row.root)
    return row


def _reads(by: Member, team: str, root: str) -> None:
    if not by.may(Right.READ_REPORTS) or team not in by.team_codes() or root in barred(by):
        raise Forbidden(Right.READ_REPORTS)


def _team_key(row: Recall) -> PublicKey:
    key = queries.team_key(row.team_code)
    if key is None:
        raise Refused("no keys")
    return key


def _record_read(by: Member, parts: Sequence[Compartment], at: datetime) -> None:
    subjects = sorted({part.subject for part in parts})
    if subjects:
        record(by=by.actor, verb="vault.half_read", subject="", at=at, subjects=subjects)


def _record(*, by: Member, verb: str, row: Recall, at: datetime, **detail: str | int) -> None:
    others = [subject for subject in row.subjects if subject != row.root]
    record(by=by.actor, verb=verb, subject=row.root, at=at, detail=detail, subjects=others)
