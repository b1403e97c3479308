"""Reading the progress letters of the police, and whether one should have come."""

from datetime import date

from django.db.models import QuerySet

from teduh.cases.models import Case
from teduh.cases.queries import justice_of
from teduh.services.models import PoliceLetter
from teduh.services.queries.merged import with_merged
from teduh.services.rules import INVESTIGATED, letter_is_late


def of_case(case: Case) -> QuerySet[PoliceLetter]:
    """The letters of a case and of those merged into it, the newest first."""
    rows = PoliceLetter.objects.filter(case__in=with_merged(case))
    return rows.select_related("case", "member")


def is_late(case: Case, day: date) -> bool:
    """Whether the police have not written for so long that somebody asks them."""
    if case.ended:
        return False
    steps = list(justice_of(case))
    begun = [one.day for one in steps if one.stage in INVESTIGATED]
    if not begun:
        return False
    last = of_case(case).values_list("received", flat=True).first()
    return letter_is_late(steps[-1].stage, min(begun), last, day)
