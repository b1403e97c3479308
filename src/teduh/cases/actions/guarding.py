"""Opening a case in need, and a supervisor's look at it afterwards."""

from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.queries import overseers
from teduh.access.rules import Forbidden
from teduh.audit.actions import record
from teduh.cases import queries, rules
from teduh.cases.actions.guard import supervising
from teduh.cases.models import BreakGlass, Case
from teduh.cases.words import GlassReason
from teduh.outbox.actions import queue
from teduh.outbox.words import Template


@transaction.atomic
def break_glass(*, by: Member, case: Case, reason: GlassReason, at: datetime) -> BreakGlass:
    """Open a case of one's own team for thirty minutes; supervisors and the head hear at once.

    While it runs already it is not begun anew. Raises Forbidden for whoever may not know of the
    case, WrongMove for whom it is open anyway.
    """
    if not queries.visible_to(by).filter(pk=case.pk).exists():
        raise Forbidden
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    if queries.belongs(by, fresh, at):
        raise rules.WrongMove("open already")
    running = queries.glass_of(by, fresh, at)
    if running:
        return running
    row = BreakGlass.objects.create(
        case=fresh, member=by, reason=GlassReason(reason), since=at, until=at + rules.GLASS
    )
    detail = {"why": str(reason)}
    record(by=by.actor, verb="case.glass_broken", subject=fresh.code, at=at, detail=detail)
    for member in overseers(fresh.team_code, at, fresh.code):
        queue(by=by.actor, to=member.email, template=Template.WORK, danger=True, at=at)
    return row


@transaction.atomic
def look_at_glass(*, by: Member, glass: BreakGlass, at: datetime) -> None:
    """Say that one has looked at an opening in need; once is enough. Raises Forbidden."""
    supervising(by)
    if not queries.glasses(by).filter(pk=glass.pk).exists():
        raise Forbidden
    fresh = BreakGlass.objects.filter(pk=glass.pk, looked_by__isnull=True)
    if fresh.update(looked_by=by, looked_at=at):
        detail = {"member": glass.member.code}
        record(by=by.actor, verb="case.glass_looked", subject=glass.case.code, at=at, detail=detail)
