"""The end of what is kept of a case: its words, its reports, their files."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.cases import queries, rules
from teduh.cases.models import Case
from teduh.intake.channels.referral.actions import forget_numbers
from teduh.lib.timing import local_day
from teduh.vault import actions as vault


@transaction.atomic
def erase(*, by: Member, case: Case, at: datetime) -> None:
    """Destroy what opens an ended case, those merged into it and every report; codes and days stay.

    Whether it may be is decided by two people in `records`. Raises Forbidden, WrongMove for a case
    that goes on, goes on in another, or was erased before.
    """
    if not by.may(Right.KEEP_RECORDS):
        raise Forbidden(Right.KEEP_RECORDS)
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    if not fresh.ended or fresh.erased_day or fresh.merged_into_id:
        raise rules.WrongMove(fresh.state)
    both = Case.objects.filter(Q(pk=fresh.pk) | Q(merged_into=fresh))
    both.update(erased_day=local_day(at))
    subjects = queries.belonging(fresh)
    for subject in subjects:
        vault.forget(by=by.actor, subject=subject, at=at)
    forget_numbers(subjects=subjects)
    detail = {"count": len(subjects)}
    record(by=by.actor, verb="case.erased", subject=fresh.code, at=at, detail=detail)
