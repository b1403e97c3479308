"""What every action of a meeting does first: the right, the seat, the lock."""

from datetime import datetime

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.actions.guard import locked
from teduh.cases.models import Case
from teduh.conferences import queries, rules
from teduh.conferences.models import AgendaItem, Conference
from teduh.lib.timing import local_day


def planning(by: Member, kind: str, team_code: str) -> None:
    """Raises Forbidden for whoever may not plan a meeting of this kind for this team."""
    if not queries.plans(by, kind, team_code):
        raise Forbidden(Right.WORK_CASES)


def leading(by: Member, conference: Conference) -> Conference:
    """The meeting, locked, for whoever begins and closes it. Raises Forbidden."""
    known = queries.visible_to(by).filter(pk=conference.pk).exists()
    if not known or not queries.leads(by, conference):
        raise Forbidden(Right.WORK_CASES)
    return Conference.objects.select_for_update().get(pk=conference.pk)


def going_on(fresh: Conference) -> Conference:
    """The same while it is not over. Raises WrongMove."""
    if fresh.over:
        raise rules.WrongMove(fresh.state)
    return fresh


def seated(by: Member, conference: Conference, at: datetime) -> None:
    """Raises NotDeclared for whoever does not sit there, or has not accepted what counts."""
    own = queries.seat_of(by, conference)
    if not queries.declared(own, conference, local_day(at)):
        raise rules.NotDeclared


def working_on(by: Member, item: AgendaItem, at: datetime) -> AgendaItem:
    """An item whose case is locked, for somebody who walks with it and sits at the table.

    The case comes before the meeting, and both before promises and trail. Raises Forbidden,
    NotDeclared, WrongMove where the meeting is over or the item was taken off.
    """
    locked(by, item.case, at)
    seated(by, item.conference, at)
    conference = Conference.objects.select_for_update().get(pk=item.conference_id)
    items = AgendaItem.objects.select_for_update(of=("self",)).select_related("case__manager")
    fresh = items.get(pk=item.pk)
    fresh.conference = going_on(conference)
    if fresh.state == "off":
        raise rules.WrongMove(fresh.state)
    return fresh


def goes_on(case: Case) -> Case:
    """The case in which this one goes on: what is promised of it went over there."""
    return case.merged_into or case
