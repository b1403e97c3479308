"""Whoever knows somebody in a case is out of it at once, and so is what they held of it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from teduh.access import actions as access
from teduh.access.models import Member
from teduh.access.queries import overseers
from teduh.access.rules import Forbidden
from teduh.access.words import ConflictKind
from teduh.cases import queries
from teduh.cases.models import Case, Crew
from teduh.intake.actions import let_go
from teduh.lib.timing import local_day
from teduh.outbox.actions import queue
from teduh.outbox.words import Template
from teduh.sop import actions as sop
from teduh.sop.queries import locked as promised


@transaction.atomic
def declare_conflict(
    *, by: Member, case: Case, member: Member, kind: ConflictKind, at: datetime
) -> None:
    """Keep a member from a case and every report it tells.

    Whoever may know of the case says it of themself, its supervisor of anybody. Raises Forbidden.
    """
    if not queries.visible_to(by).filter(pk=case.pk).exists():
        raise Forbidden
    fresh = Case.objects.select_for_update().get(pk=case.merged_into_id or case.pk)
    if fresh.merged_into_id:  # merged while this waited
        fresh = Case.objects.select_for_update().get(pk=fresh.merged_into_id)
    subjects = queries.belonging(fresh)
    lost = release(fresh, [member], subjects, at)
    access.declare_conflict(
        by=by, member=member, subjects=subjects, team_code=fresh.team_code, kind=kind, at=at
    )
    if lost:
        seek_manager(by, fresh, at)


def release(
    case: Case, members: Collection[Member], subjects: Collection[str], at: datetime
) -> bool:
    """Take members out of a locked case and what belongs to it; whether it lost its manager.

    Before the trail, with the promises locked, so that no two wait for each other.
    """
    let_go(members, subjects)
    promised(case.code)
    places = Crew.objects.filter(case=case, member__in=members, until__isnull=True)
    places.update(until=local_day(at))
    if case.manager not in members:
        return False
    case.manager = None
    case.save(update_fields=["manager"])
    return True


def seek_manager(by: Member, case: Case, at: datetime) -> None:
    """Tell those who can give a case to somebody that nobody manages it."""
    sop.assign(by=by.actor, subject=case.code, team_code=case.team_code, owner="", at=at)
    for one in overseers(case.team_code, at, case.code):
        queue(by=by.actor, to=one.email, template=Template.WORK, danger=True, at=at)
