"""Registering a breach, telling those it touches, closing it by two people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from teduh.access.actions import tell_other_overseers
from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.lib.codes import is_breach
from teduh.lib.timing import local_day
from teduh.records import queries, rules
from teduh.records.models import Breach, Exposed, Touched
from teduh.records.schedule import breach_hours
from teduh.records.words import BreachKind, Exposure, NoticeWay
from teduh.vault import actions as vault
from teduh.vault.packages import MadeCompartment, SealedItem
from teduh.vault.rules import Refused

WORDS = "records.breach.words"


@dataclass(frozen=True, slots=True)
class NewBreach:
    """What the form of a new breach brings; `subjects`: codes of cases and tickets, none twice."""

    code: str
    team_code: str
    kind: BreachKind
    known_at: datetime
    exposed: Sequence[Exposure]
    subjects: Sequence[str]
    made: Sequence[MadeCompartment]
    items: Sequence[SealedItem]


@transaction.atomic
def register_breach(*, by: Member, new: NewBreach, at: datetime) -> Breach:
    """Keep a breach; its hours count from when it was known. Supervisors and the head hear of it.

    Raises Forbidden, Early, Unknown for a code of nobody, or of whom this member may not know,
    vault.rules.Refused.
    """
    if not by.may(Right.KEEP_RECORDS) or new.team_code not in by.team_codes():
        raise Forbidden(Right.KEEP_RECORDS)
    if new.known_at > at:
        raise rules.Early
    unknown = [one for one in new.subjects if not queries.is_known(by, one)]
    if unknown:
        raise rules.Unknown(", ".join(unknown))
    if not is_breach(new.code) or [one.what for one in new.items] != [WORDS]:
        raise Refused("items")
    due = rules.due_at(new.known_at, breach_hours())
    try:
        with transaction.atomic():
            row = Breach.objects.create(
                code=new.code,
                team_code=new.team_code,
                kind=new.kind,
                known_at=new.known_at,
                due_at=due,
                item=new.items[0].item,
                member=by,
            )
    except IntegrityError as error:
        raise Refused("again") from error
    Exposed.objects.bulk_create(Exposed(breach=row, what=one) for one in dict.fromkeys(new.exposed))
    Touched.objects.bulk_create(Touched(breach=row, subject=one) for one in new.subjects)
    vault.open_subject(by=by, subject=row.code, team=row.team_code, made=new.made, at=at)
    vault.keep_items(by=by.actor, subject=row.code, items=new.items, at=at)
    detail: dict[str, str | int] = {"kind": str(row.kind), "count": len(new.subjects)}
    record(by=by.actor, verb="breach.registered", subject=row.code, at=at, detail=detail)
    tell_other_overseers(by=by, team_code=row.team_code, at=at, danger=True)
    return row


@transaction.atomic
def touch(*, by: Member, breach: Breach, subject: str, at: datetime) -> Touched:
    """Name one more whose data it was; once is enough. Raises Forbidden, Unknown, Closed."""
    fresh = _open(by, breach)
    if not queries.is_known(by, subject):
        raise rules.Unknown(subject)
    row, made = Touched.objects.get_or_create(breach=fresh, subject=subject)
    if made:
        fresh.asker = None
        fresh.save(update_fields=["asker"])
        detail = {"to": fresh.code}
        record(by=by.actor, verb="breach.touched", subject=subject, at=at, detail=detail)
    return row


@transaction.atomic
def tell_touched(*, by: Member, touched: Touched, way: NoticeWay, at: datetime) -> None:
    """Write down that somebody was told and how, or that there is no safe way yet.

    Raises Forbidden, Closed, AlreadyAsked for whoever was told before.
    """
    fresh = _open(by, touched.breach)
    row = Touched.objects.select_for_update().get(pk=touched.pk)
    if row.told_at:
        raise rules.AlreadyAsked
    row.way, row.member = NoticeWay(way), by
    row.told_at = None if way == NoticeWay.UNSAFE else at
    row.save(update_fields=["way", "member", "told_at"])
    detail = {"way": str(way), "to": fresh.code}
    record(by=by.actor, verb="breach.told", subject=row.subject, at=at, detail=detail)


@transaction.atomic
def tell_authority(*, by: Member, breach: Breach, at: datetime) -> None:
    """Write down that the authority was told in writing; the first time counts.

    Raises Forbidden, Closed.
    """
    fresh = _open(by, breach)
    if fresh.authority_at is None:
        fresh.authority_at = at
        fresh.save(update_fields=["authority_at"])
        record(by=by.actor, verb="breach.authority_told", subject=fresh.code, at=at)


@transaction.atomic
def close_breach(*, by: Member, breach: Breach, at: datetime) -> bool:
    """Say that all is done; once two people have said it the breach is closed, and this is True.

    Raises Forbidden, Closed, SameHand, and Stopped with what is missing.
    """
    fresh = _open(by, breach)
    missing = queries.gaps(fresh)
    if missing:
        raise rules.Stopped(",".join(missing))
    if fresh.asker_id is None:
        fresh.asker = by
        fresh.save(update_fields=["asker"])
        record(by=by.actor, verb="breach.closing_asked", subject=fresh.code, at=at)
        return False
    if fresh.asker_id == by.pk:
        raise rules.SameHand
    fresh.closer, fresh.closed_day = by, local_day(at)
    fresh.save(update_fields=["closer", "closed_day"])
    record(by=by.actor, verb="breach.closed", subject=fresh.code, at=at)
    return True


def _open(by: Member, breach: Breach) -> Breach:
    """The breach as it is now, locked. Raises Forbidden, Closed."""
    if not queries.breaches(by).filter(pk=breach.pk).exists():
        raise Forbidden(Right.KEEP_RECORDS)
    fresh = Breach.objects.select_for_update().get(pk=breach.pk)
    if fresh.closed_day:
        raise rules.Closed
    return fresh
