"""Noting that the office was put back from a backup, and that somebody went through what ended since."""

from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.lib.timing import local_day
from teduh.records.models import Consent, Restore, RestoreCheck
from teduh.records.words import Recheck


def note_restore(*, backup_at: datetime, at: datetime) -> Restore:
    """Leave the mark of a restore; the command that restores writes the trail."""
    return Restore.objects.create(backup_at=backup_at, at=at)


@transaction.atomic
def check(*, by: Member, what: Recheck, at: datetime) -> int:
    """Say that one thing was gone through since every restore; answers of how many it was open.

    Raises Forbidden without the right, and for consents of which a conflict of interest hides some.
    """
    if not by.may(Right.KEEP_RECORDS):
        raise Forbidden(Right.KEEP_RECORDS)
    if what == Recheck.CONSENTS:
        holding = Consent.objects.holding(local_day(at))
        if holding.filter(case__code__in=by.barred()).exists():
            raise Forbidden(Right.KEEP_RECORDS)
    locked = [row.pk for row in Restore.objects.select_for_update().order_by("pk")]
    open_ = list(Restore.objects.filter(pk__in=locked).exclude(checks__what=what))
    RestoreCheck.objects.bulk_create(
        RestoreCheck(restore=row, what=what, member=by, at=at) for row in open_
    )
    for row in open_:
        detail = {"what": str(what)}
        record(by=by.actor, verb="restore.checked", subject=str(row.pk), at=at, detail=detail)
    return len(open_)
