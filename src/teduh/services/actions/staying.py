"""Stays that nobody has seen to: past their day, or of a case that has ended. Their keepers are told."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from teduh.access.models import Member
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.cases.rules import ENDED
from teduh.lib.actors import CLOCK
from teduh.lib.timing import local_day
from teduh.outbox.actions import queue
from teduh.outbox.words import Template
from teduh.services.models import Stay, StayQuery

AT_ONCE = 200  # stays that one beat of the clock sees to


def look_at_stays(*, at: datetime) -> int:
    """Tell keepers once a day of each stay that should have ended; answers how many stays."""
    rows = _untold(local_day(at)).select_related("case__merged_into", "room__shelter__provider")
    return sum(_told(one, at) for one in rows.order_by("pk")[:AT_ONCE])


def _untold(today: date) -> StayQuery:
    ended = Q(case__merged_into__isnull=True, case__state__in=ENDED) | Q(
        case__merged_into__state__in=ENDED
    )
    rows = Stay.objects.going_on().filter(Q(until__lt=today) | ended)
    return rows.filter(Q(told_day__isnull=True) | Q(told_day__lt=today))


@transaction.atomic
def _told(stay: Stay, at: datetime) -> int:
    if not _untold(local_day(at)).filter(pk=stay.pk).exists():
        return 0
    Stay.objects.filter(pk=stay.pk).update(told_day=local_day(at))
    code, house = stay.home.code, stay.room.shelter.provider
    record(by=CLOCK, verb="stay.late", subject=code, at=at, detail={"about": stay.code})
    keepers = Member.objects.active().holding(Right.KEEP_SHELTER, at).free_for(code)
    for member in keepers.filter(agency=house.agency_id):
        queue(by=CLOCK, to=member.email, template=Template.WORK, at=at)
    return 1
