"""Tasks of a pathway: done, or taken back."""

from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.audit.actions import record
from teduh.cases.actions.guard import locked
from teduh.cases.models import Case
from teduh.lib.timing import local_day
from teduh.services import rules
from teduh.services.models import PathwayTick
from teduh.services.pathways import named


@transaction.atomic
def tick(*, by: Member, case: Case, pathway: str, task: str, at: datetime) -> None:
    """Keep that a task is done; again changes nothing. Raises Forbidden, WrongMove for no such task."""
    fresh = locked(by, case, at)
    _known(pathway, task)
    _row, made = PathwayTick.objects.get_or_create(
        case=fresh, pathway=pathway, task=task, defaults={"day": local_day(at), "member": by}
    )
    if made:
        detail = {"pathway": pathway, "task": task}
        record(by=by.actor, verb="pathway.ticked", subject=fresh.code, at=at, detail=detail)


@transaction.atomic
def untick(*, by: Member, case: Case, pathway: str, task: str, at: datetime) -> None:
    """Take it back: it was not done after all. Raises Forbidden, WrongMove for no such task."""
    fresh = locked(by, case, at)
    _known(pathway, task)
    gone, _each = PathwayTick.objects.filter(case=fresh, pathway=pathway, task=task).delete()
    if gone:
        detail = {"pathway": pathway, "task": task}
        record(by=by.actor, verb="pathway.unticked", subject=fresh.code, at=at, detail=detail)


def _known(pathway: str, task: str) -> None:
    found = named(pathway)
    if found is None or not found.has(task):
        raise rules.WrongMove(f"{pathway} {task}")
