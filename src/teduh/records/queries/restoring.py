"""Reading what is still to be gone through since the office was put back from a backup."""

from dataclasses import dataclass
from datetime import date, datetime

from teduh.access.models import Member
from teduh.records.models import Consent, ConsentQuery, Restore, RestoreCheck
from teduh.records.words import Recheck


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Since when nobody knows what ended, when the office was put back, and what is to be looked at."""

    since: datetime
    at: datetime
    left: frozenset[Recheck]


def unchecked() -> Unchecked | None:
    """What is left of every restore, from the oldest backup on; None once all was gone through."""
    open_ = [(row, _left(row)) for row in Restore.objects.prefetch_related("checks")]
    open_ = [(row, left) for row, left in open_ if left]
    if not open_:
        return None
    return Unchecked(
        min(row.backup_at for row, _left in open_),
        max(row.at for row, _left in open_),
        frozenset().union(*(left for _row, left in open_)),
    )


def sharing_waits() -> bool:
    """Whether something of before a restore may have ended since: nothing is given then.

    Not only consents: whoever had left, or is kept from a case, is back as long as nobody looked.
    """
    return unchecked() is not None


def checks() -> list[RestoreCheck]:
    """What was gone through since the newest restore, by whom and when."""
    newest = Restore.objects.last()
    return list(newest.checks.select_related("member")) if newest else []


def holding_then(member: Member, day: date) -> ConsentQuery:
    """Consents that hold by what the backup knew, of cases nothing keeps this member from."""
    rows = Consent.objects.holding(day).exclude(case__code__in=member.barred())
    return rows.select_related("case", "agency").order_by("case__code", "number")


def _left(row: Restore) -> frozenset[Recheck]:
    return frozenset(Recheck) - {Recheck(one.what) for one in row.checks.all()}
