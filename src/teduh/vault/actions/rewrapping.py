"""When an epoch has ended: new wraps, a second look at them, and the end of its key (sealing.md 10).

The old wraps stay until everything is settled, so that nothing ever hangs on one that does not open.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from teduh.access.models import Member
from teduh.access.queries import barred
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.lib.actors import CLOCK
from teduh.lib.timing import local_day
from teduh.vault import epochs, suite, units
from teduh.vault.bundles import Bundle
from teduh.vault.envelope import statement_by
from teduh.vault.epochs import OldEpoch
from teduh.vault.keylist import own_signing_keys
from teduh.vault.keywork import NewWrap, OpenedWrap, read_opened
from teduh.vault.models import EpochWrap, PublicKey, SecondLook, Wrap
from teduh.vault.packages import SignedStatement, b64
from teduh.vault.rules import Refused

REOPENED = "teduh/v1/reopened"  # the label under which a member says that wraps open
Parts = tuple[list[Bundle], list[str], int]  # bundles, cmp of what is asked, last number looked at


@transaction.atomic
def hand_out_old(*, by: Member, epoch: str, after: int, at: datetime) -> Parts:
    """The next compartments that wait for a new wrap, written down as one read of them all.

    Raises Forbidden, Refused "epoch".
    """
    old = old_epoch(by, epoch, at)
    rows, last = epochs.next_parts(epochs.waiting(old), after, barred(by))
    if rows:
        record_read(by, epoch, sorted({row.subject for row in rows}), at)
    return epochs.to_wrap(rows, old), [row.cmp for row in rows], last


@transaction.atomic
def hand_out_new(*, by: Member, epoch: str, after: int, at: datetime) -> Parts:
    """The same of wraps that a colleague's browser made anew, to be opened once.

    Raises Forbidden, Refused "epoch".
    """
    old = old_epoch(by, epoch, at)
    theirs = epochs.unopened(old).exclude(by=by.code)
    rows, last = epochs.next_parts(theirs, after, barred(by))
    if rows:
        record_read(by, epoch, sorted({row.subject for row in rows}), at)
    return epochs.to_open(rows, old), [row.cmp for row in rows], last


def keep_new(*, by: Member, epoch: str, wraps: Sequence[NewWrap], at: datetime) -> int:
    """Keep new wraps, each in a transaction of its own; answers how many were not there yet.

    What another browser was faster with stays as it is. Raises Forbidden, Refused: what was kept
    before the refused one stays.
    """
    kept = sum(_keep_one(by, epoch, wrap, at) for wrap in wraps)
    with transaction.atomic():
        _record(by, "vault.rewrapped", epoch, kept, at)
    return kept


@transaction.atomic
def _keep_one(by: Member, epoch: str, made: NewWrap, at: datetime) -> bool:
    old = locked_epoch(by, epoch, at)
    if made.kid != old.to.kid:
        raise Refused("epoch")
    row = epochs.waiting(old).filter(compartment__cmp=made.cmp).select_related("compartment")
    part = row[0].compartment if row else None
    if part is None:
        return False
    unit = units.find(units.unit_of(part.subject, part.comp))
    if unit is None or part.subject in barred(by):
        raise Refused("subject")
    stored = suite.enclose(unit, made.w, suite.sha256(bytes(part.d)) + made.kid.encode())
    Wrap.objects.create(compartment=part, kid=made.kid, stored=stored, by=by.code)
    return True


@transaction.atomic
def keep_opened(*, by: Member, epoch: str, told: SignedStatement, at: datetime) -> int:
    """Keep a member's word that these new wraps open in their browser; answers how many.

    Never of wraps that their own browser made. Raises Forbidden, Refused.
    """
    old, said = locked_epoch(by, epoch, at), read_opened(told.body)
    key = own_signing_keys(by.code).get(said.by)
    if key is None or not statement_by(key, REOPENED, told.body, told.sig):
        raise Refused("signature")
    if (said.inst, said.epoch, said.day) != (settings.TEDUH_INSTANCE, epoch, str(local_day(at))):
        raise Refused("statement")
    rows = _wraps_of(old, by, said.opened)
    for wrap in said.opened:
        row = rows.get((wrap.cmp, wrap.kid))
        if row is not None and wrap.sha256 != _sha256(row):
            raise Refused("wrap")
    word = SecondLook.objects.create(by=said.by, body=told.body, sig=told.sig, at=at)
    Wrap.objects.filter(pk__in=[row.pk for row in rows.values()]).update(opened=word)
    _record(by, "vault.reopened", epoch, len(rows), at)
    return len(rows)


@transaction.atomic
def throw_away(*, by: Member, epoch: str, wraps: Sequence[OpenedWrap], at: datetime) -> int:
    """Drop new wraps of a colleague that did not open; the compartments wait again.

    The old ones still stand. Raises Forbidden, Refused "epoch".
    """
    rows = _wraps_of(locked_epoch(by, epoch, at), by, wraps)
    bad = Wrap.objects.filter(pk__in=[row.pk for row in rows.values()])
    bad.delete()
    if rows:
        _record(by, "vault.rewrap_dropped", epoch, len(rows), at)
    return len(rows)


def end_epochs(*, at: datetime) -> int:
    """Destroy the key of each old epoch on which nothing hangs any more; answers how many ended.

    The clock calls it at every beat: what a crash left of an ended epoch goes at the next one.
    """
    ended = sum(_end(old, at) for old in epochs.old_epochs(local_day(at)))
    _destroy_ended()
    return ended


@transaction.atomic
def _end(old: OldEpoch, at: datetime) -> bool:
    key = PublicKey.objects.select_for_update().filter(pk=old.key.pk, gone=None)
    if key.first() is None or epochs.hanging(old, at).first():
        return False
    Wrap.objects.filter(kid=old.kid).delete()
    EpochWrap.objects.filter(epoch_kid=old.kid).delete()
    key.update(gone=local_day(at))
    record(by=CLOCK, verb="vault.epoch_ended", subject=old.kid, at=at)
    return True


def _destroy_ended() -> None:
    """After the commit; of a restored backup of unit keys, too."""
    ended = epochs.units_of_ended()
    left = units.find_many(ended) if ended else {}
    if left:
        units.destroy(left.keys())


def old_epoch(by: Member, kid: str, at: datetime) -> OldEpoch:
    """Raises Forbidden, Refused "epoch" when it is none of the member's teams, or has ended."""
    if not by.may(Right.READ_REPORTS):
        raise Forbidden(Right.READ_REPORTS)
    found = epochs.old_epoch(kid, by.team_codes(), local_day(at))
    if found is None:
        raise Refused("epoch")
    return found


def locked_epoch(by: Member, kid: str, at: datetime) -> OldEpoch:
    """The same, and nobody else writes about it or ends it until the transaction is over."""
    old = old_epoch(by, kid, at)
    if PublicKey.objects.select_for_update().filter(pk=old.key.pk, gone=None).first() is None:
        raise Refused("epoch")
    return old


def _wraps_of(
    old: OldEpoch, by: Member, wraps: Sequence[OpenedWrap]
) -> Mapping[tuple[str, str], Wrap]:
    """Those of these new wraps that still wait for somebody like this member, by cmp and kid."""
    named = {(wrap.cmp, wrap.kid) for wrap in wraps}
    rows = epochs.unopened(old).exclude(by=by.code)
    rows = rows.filter(compartment__cmp__in=[cmp for cmp, _kid in named])
    found = {(row.compartment.cmp, row.kid): row for row in rows.select_related("compartment")}
    return {name: row for name, row in found.items() if name in named}


def _sha256(row: Wrap) -> str:
    part = row.compartment
    unit = units.find(units.unit_of(part.subject, part.comp))
    if unit is None:
        raise Refused("subject")
    context = suite.sha256(bytes(part.d)) + row.kid.encode()
    return b64(suite.sha256(suite.disclose(unit, bytes(row.stored), context)))


def record_read(by: Member, epoch: str, subjects: Sequence[str], at: datetime) -> None:
    record(
        by=by.actor,
        verb="vault.epoch_read",
        subject="",
        at=at,
        detail={"epoch": epoch},
        subjects=subjects,
    )


def _record(by: Member, verb: str, epoch: str, parts: int, at: datetime) -> None:
    detail: dict[str, str | int] = {"epoch": epoch, "parts": parts}
    record(by=by.actor, verb=verb, subject="", at=at, detail=detail)
