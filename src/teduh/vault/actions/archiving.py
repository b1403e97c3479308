"""What has ended goes to the archive: its keys in halves, made by two members' browsers apart.

A half tells nothing, and nobody but the two sides together can see that a pair is right. So two
members make a pair each, from what they open themselves; either pair opens.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.queries import barred
from teduh.audit.actions import record
from teduh.lib.timing import local_day
from teduh.vault import archive, epochs, suite, units
from teduh.vault.actions.rewrapping import Parts, locked_epoch, old_epoch, record_read
from teduh.vault.epochs import OldEpoch
from teduh.vault.keywork import NewPair
from teduh.vault.models import Half, Pair, Resting
from teduh.vault.rules import SIDES, Refused


@transaction.atomic
def rest(*, subjects: Collection[str], team: str, at: datetime) -> None:
    """What these subjects belong to has ended; the line of the trail is that of the end itself."""
    for subject in subjects:
        Resting.objects.get_or_create(
            subject=subject, defaults={"team_code": team, "since": local_day(at)}
        )


@transaction.atomic
def wake(*, subjects: Collection[str]) -> None:
    """It goes on again: what still hangs on a team's epoch stays with the team."""
    Resting.objects.filter(subject__in=list(subjects)).delete()


@transaction.atomic
def hand_out_single(*, by: Member, epoch: str, after: int, at: datetime) -> Parts:
    """The next compartments to halve that the member has not halved, written down as one read.

    Raises Forbidden, Refused "epoch", Refused "archive" where there is none.
    """
    old = _to_archive(old_epoch(by, epoch, at))
    wraps = epochs.single(old).exclude(archive.halved_by(by.code))
    rows, last = epochs.next_parts(wraps, after, barred(by))
    if rows:
        record_read(by, epoch, sorted({row.subject for row in rows}), at)
    return epochs.to_wrap(rows, old), [row.cmp for row in rows], last


def keep_pairs(*, by: Member, epoch: str, pairs: Sequence[NewPair], at: datetime) -> int:
    """Keep pairs of halves, each in a transaction of its own; answers how many were kept.

    Raises Forbidden, Refused: what was kept before the refused one stays.
    """
    kept = sum(_keep_pair(by, epoch, pair, at) for pair in pairs)
    with transaction.atomic():
        detail: dict[str, str | int] = {"epoch": epoch, "parts": kept}
        record(by=by.actor, verb="vault.halved", subject="", at=at, detail=detail)
    return kept


@transaction.atomic
def _keep_pair(by: Member, epoch: str, made: NewPair, at: datetime) -> bool:
    old = _to_archive(locked_epoch(by, epoch, at))
    assert old.sides
    if (made.a.kid, made.b.kid) != (old.sides.a.kid, old.sides.b.kid):
        raise Refused("epoch")
    rows = epochs.single(old).exclude(archive.halved_by(by.code))
    found = rows.filter(compartment__cmp=made.cmp).select_related("compartment").first()
    if found is None:
        return False
    part = found.compartment
    unit = units.find(units.unit_of(part.subject, part.comp))
    if unit is None or part.subject in barred(by):
        raise Refused("subject")
    Pair.objects.filter(compartment=part, by=by.code).delete()  # one that nobody could open
    pair = Pair.objects.create(
        compartment=part, by=by.code, at=at, check_a=made.a.proof, check_b=made.b.proof
    )
    d_hash = suite.sha256(bytes(part.d))
    for side, half in zip(SIDES, (made.a, made.b), strict=True):
        stored = suite.enclose(unit, half.w, d_hash + half.kid.encode())
        Half.objects.create(pair=pair, side=side, kid=half.kid, stored=stored)
    return True


def _to_archive(old: OldEpoch) -> OldEpoch:
    if old.sides is None:
        raise Refused("archive")
    return old
