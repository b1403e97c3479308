"""Rapid tests come, are used, spoiled, counted; their keepers hear once of what runs out."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.directory.models import Provider
from teduh.lib.actors import CLOCK
from teduh.lib.timing import local_day
from teduh.outbox.actions import queue
from teduh.outbox.words import Template
from teduh.services import rules
from teduh.services.models import Batch, KitEntry, Shelf
from teduh.services.queries import kits as queries
from teduh.services.words import KitKind, KitMove


@dataclass(frozen=True, slots=True)
class Delivery:
    """Tests that came; `site` none: to the office itself."""

    kind: KitKind
    lot: str
    expires: date
    amount: int
    site: Provider | None = None


@transaction.atomic
def receive(*, by: Member, delivery: Delivery, at: datetime) -> KitEntry:
    """Take tests into stock; more of a batch that is there already are added to it.

    Raises Forbidden, WrongMove, OtherExpiry.
    """
    _keeping(by)
    shelf, _made = Shelf.objects.get_or_create(site=delivery.site, kind=KitKind(delivery.kind))
    batch, _made = Batch.objects.get_or_create(
        shelf=shelf, lot=delivery.lot, defaults={"expires": delivery.expires}
    )
    if batch.expires != delivery.expires:
        raise rules.OtherExpiry(batch.expires)
    return _enter(by, batch, KitMove.RECEIVED, delivery.amount, at)


@transaction.atomic
def move(*, by: Member, batch: Batch, move: KitMove, amount: int, at: datetime) -> KitEntry:
    """Use, spoil or count tests of a batch; never for whom. Never fewer than none.

    Raises Forbidden, NotEnough, Expired for using one whose time is over, WrongMove.
    """
    _keeping(by)
    if move == KitMove.USED and rules.kit_expired(batch.expires, local_day(at)):
        raise rules.Expired(batch.lot)
    return _enter(by, batch, KitMove(move), amount, at)


def look_at_kits(*, at: datetime) -> int:
    """Tell the keepers once of each batch that is nearly over and each kind of which few are left.

    Answers of how many. Two clocks at once tell no more than one.
    """
    today = local_day(at)
    low, full = queries.shelves_low(today)
    expiring = list(queries.expiring(today))
    if not (low or full or expiring):
        return 0
    return _tell(expiring, low, full, at)


@transaction.atomic
def _tell(expiring: list[Batch], low: list[Shelf], full: list[Shelf], at: datetime) -> int:
    today = local_day(at)
    Shelf.objects.filter(pk__in=[one.pk for one in full]).update(low_told=None)
    told = 0
    for batch in expiring:
        untold = Batch.objects.filter(pk=batch.pk, expiry_told__isnull=True)
        told += untold.update(expiry_told=today)
    for shelf in low:
        told += Shelf.objects.filter(pk=shelf.pk, low_told__isnull=True).update(low_told=today)
    if told:
        for keeper in queries.keepers(at):
            queue(by=CLOCK, to=keeper.email, template=Template.WORK, danger=False, at=at)
        record(by=CLOCK, verb="kit.warned", subject="", at=at, detail={"count": told})
    return told


def _enter(by: Member, batch: Batch, move: KitMove, amount: int, at: datetime) -> KitEntry:
    held = Batch.objects.select_for_update().get(pk=batch.pk)
    held.left = rules.kits_after(held.left, move, amount)
    held.save(update_fields=["left"])
    entry = KitEntry.objects.create(
        batch=held,
        number=KitEntry.objects.filter(batch=held).count() + 1,
        move=move,
        amount=amount,
        left=held.left,
        day=local_day(at),
        member=by,
    )
    detail: dict[str, str | int] = {"kind": held.shelf.kind, "amount": amount, "left": held.left}
    record(by=by.actor, verb=f"kit.{move}", subject="", at=at, detail=detail)
    return entry


def _keeping(by: Member) -> None:
    if not queries.keeps_stock(by):
        raise Forbidden(Right.KEEP_STOCK)
