"""Conversations that ended long ago: nothing of them is to open any more."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from teduh.chat import actions as chat
from teduh.chat.rules import NotOpen
from teduh.intake.models import Report
from teduh.intake.queries import only_talked
from teduh.lib.actors import CLOCK
from teduh.lib.timing import local_day
from teduh.records.models import Retained

AT_ONCE = 50  # in one look; the next takes the rest


def erase_ended_talks(*, at: datetime) -> int:
    """Erase questions whose conversation ended TEDUH_CHAT_DAYS ago; answers how many.

    Looked at in the first minute of an hour: it is about days. What somebody holds back stays.
    """
    if at.minute:
        return 0
    due = _due(at).select_related("ticket")[:AT_ONCE]
    return sum(_erase(report, at) for report in due)


def _due(at: datetime) -> QuerySet[Report]:
    until = local_day(at) - timedelta(days=settings.TEDUH_CHAT_DAYS)
    held = Retained.objects.standing().values("subject")
    return only_talked(until).exclude(ticket__number__in=held)


def _erase(report: Report, at: datetime) -> int:
    """One of them, in a transaction of its own.

    0 where it has become a report meanwhile, is held back, or she has written again.
    """
    try:
        with transaction.atomic():
            Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
            if not _due(at).filter(pk=report.pk).exists():
                return 0
            chat.erase(by=CLOCK, subject=report.ticket.number, at=at)
    except NotOpen:
        return 0
    return 1
