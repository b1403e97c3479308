"""What of a case lies in the archive."""

from dataclasses import dataclass
from datetime import date

from teduh.cases.models import Case
from teduh.cases.queries.case import reports_of
from teduh.vault import archive
from teduh.vault.models import Recall
from teduh.vault.rules import REWRAP_AFTER_DAYS


@dataclass(frozen=True, slots=True)
class Archived:
    """How many sealed parts of a case lie in the archive, and who asked for them, if anybody."""

    parts: int
    recall: Recall | None


def sealed_under(case: Case) -> list[str]:
    """The subjects that rest once a case has ended: it, what was merged into it, their tickets."""
    merged = case.merged.order_by("pk").values_list("code", flat=True)
    return [case.code, *merged, *(report.ticket.number for report in reports_of(case))]


def archived(case: Case, day: date) -> Archived | None:
    """What of a case lies in the archive; None where nothing does, or it is too young for it."""
    stays = case.merged_into or case
    if (day - stays.opened_day).days < REWRAP_AFTER_DAYS:
        return None
    parts = archive.stored(sealed_under(stays)).count()
    return Archived(parts, archive.recall_of(stays.code)) if parts else None
