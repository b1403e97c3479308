"""The next agreed day, told on her own ticket where she wants it."""

from datetime import datetime

from teduh.access.models import Member
from teduh.cases import actions as cases
from teduh.cases.models import Case
from teduh.lib.timing import local_day
from teduh.services.queries import days


def tell_day(by: Member, case: Case, at: datetime) -> None:
    """Let her ticket tell the next of her days, of a case that is locked."""
    cases.agree_day(by=by.actor, case=case, day=days.next_told(case, local_day(at)), at=at)
