"""The rights of a survivor: told, requested, met, each with its day."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.audit.actions import record
from teduh.cases import rules
from teduh.cases.actions.guard import locked
from teduh.cases.models import Case, RightStep
from teduh.cases.rights import known
from teduh.lib.timing import local_day
from teduh.sop import actions as sop

STEPS = ("told", "requested", "met")
Days = Mapping[str, date | None]  # step -> its day, of one right


@transaction.atomic
def keep_rights(*, by: Member, case: Case, days: Mapping[str, Days], at: datetime) -> int:
    """Keep the days of these rights; answers how many changed.

    Once every right was told the promise of the first day is kept. Raises Forbidden, UnknownCode.
    """
    fresh = locked(by, case, at)
    if set(days) - known():
        raise rules.UnknownCode(*sorted(set(days) - known()))
    kept = {row.right: row for row in RightStep.objects.filter(case=fresh)}
    changed = 0
    for right, given in days.items():
        row = kept.get(right) or RightStep(case=fresh, right=right)
        if all(getattr(row, step) == given.get(step) for step in STEPS):
            continue
        for step in STEPS:
            setattr(row, step, given.get(step))
        row.member = by
        row.save()
        kept[right] = row
        changed += 1
    if changed:
        detail = {"count": changed}
        record(by=by.actor, verb="case.rights_kept", subject=fresh.code, at=at, detail=detail)
    if rules.rights_told(known(), {row.right for row in kept.values() if row.told}):
        sop.happened(by=by.actor, event="rights.told", subject=fresh.code, at=at)
    return changed


@transaction.atomic
def tell_all_rights(*, by: Member, case: Case, at: datetime) -> int:
    """Note that every right not told yet was told today. Raises Forbidden."""
    fresh = locked(by, case, at)
    rows = {row.right: row for row in RightStep.objects.filter(case=fresh)}
    days: dict[str, Days] = {}
    for right in known():
        row = rows.get(right)
        days[right] = {step: getattr(row, step, None) for step in STEPS}
        days[right] = {**days[right], "told": days[right]["told"] or local_day(at)}
    return keep_rights(by=by, case=fresh, days=days, at=at)


@transaction.atomic
def mark_right(
    *, by: Member, case: Case, right: str, step: str, day: date | None, at: datetime
) -> int:
    """Set the day of one step of one right, or take it back; the other days stay as they are now.

    Raises Forbidden, UnknownCode.
    """
    fresh = locked(by, case, at)
    if step not in STEPS:
        raise rules.UnknownCode(step)
    row = RightStep.objects.filter(case=fresh, right=right).first()
    days = {one: getattr(row, one, None) for one in STEPS} | {step: day}
    return keep_rights(by=by, case=fresh, days={right: days}, at=at)
