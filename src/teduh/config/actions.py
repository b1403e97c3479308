"""Leaving signs of life."""

from datetime import datetime, timedelta

from django.db import transaction

from teduh.audit.actions import record
from teduh.config import queries
from teduh.config.models import Beat
from teduh.config.words import Unseen
from teduh.lib.actors import Actor
from teduh.vault.models import UnitKey

EVERY = timedelta(minutes=1)  # the clock beats more often; one row written a minute is enough


def try_to_write(alias: str) -> None:
    """A write that changes no row. Raises one of lib.outages.OUT_OF_ORDER where none is taken."""
    with transaction.atomic(using=alias):
        if alias == "shred":
            UnitKey.objects.filter(unit="").delete()
        else:
            Beat.objects.filter(name="").delete()


def beat(of: Unseen, *, at: datetime) -> None:
    """Leave a sign of life, unless one of the last minute stands."""
    row, made = Beat.objects.get_or_create(name=of, defaults={"at": at})
    if not made and not timedelta(0) <= at - row.at < EVERY:
        Beat.objects.filter(pk=row.pk).update(at=at)


@transaction.atomic
def backed_up(of: Unseen, *, by: Actor, name: str, contents: str, at: datetime) -> None:
    """Write down that a backup is whole: its name, and the sum of what it says of itself."""
    record(by=by, verb="backup.made", subject=name, at=at, detail={"contents": contents})
    # Before an upgrade the rows of an older release are backed up by the newer one.
    if queries.may_beat():
        beat(of, at=at)


@transaction.atomic
def restored(*, by: Actor, name: str, forgotten: int, at: datetime) -> None:
    """Write down that the office goes on from a backup."""
    record(by=by, verb="backup.restored", subject=name, at=at, detail={"forgotten": forgotten})
