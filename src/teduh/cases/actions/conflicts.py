"""Whoever knows somebody in a case is out of it at once, and so is what they held of it."""

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


@transaction.atomic
def declare_conflict(
    *, by: Member, case: Case, member: Member, kind: ConflictKind, at: datetime
) -> None:
    """Keep a member from a case and every report it tells.

    Whoever may know of the case says it of themself, its supervisor of anybody. Raises Forbidden.
    """
    if not queries.visible_to(by).filter(pk=case.pk).exists():
        raise Forbidden
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    access.declare_conflict(
        by=by,
        member=member,
        subjects=queries.belonging(fresh),
        team_code=fresh.team_code,
        kind=kind,
        at=at,
    )
    _release(by, fresh, [member], at)


def keep_away(by: Member, case: Case, at: datetime) -> list[Member]:
    """Keep whoever is kept from a part of a locked case from all of it; answers who that is."""
    subjects = queries.belonging(case)
    kept = access.spread_conflicts(by=by.actor, subjects=subjects, team_code=case.team_code, at=at)
    _release(by, case, kept, at)
    return kept


def _release(by: Member, case: Case, members: list[Member], at: datetime) -> None:
    tickets = [report.ticket.number for report in queries.reports_of(case)]
    for member in members:
        Crew.objects.filter(case=case, member=member, until__isnull=True).update(
            until=local_day(at)
        )
        let_go(member, tickets)
    if case.manager not in members:
        return
    case.manager = None
    case.save(update_fields=["manager"])
    sop.assign(by=by.actor, subject=case.code, team_code=case.team_code, owner="", at=at)
    for one in overseers(case.team_code, at, case.code):
        queue(by=by.actor, to=one.email, template=Template.WORK, danger=True, at=at)
