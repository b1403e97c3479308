"""What every action of a case does first: the right, the team, the lock."""

from datetime import datetime

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import queries, rules
from teduh.cases.models import Case


def locked(by: Member, case: Case, at: datetime) -> Case:
    """The case as it is now, locked, for a member who works on it. Raises Forbidden, also for
    one that was erased: what is sealed into it now, nobody could open.

    Always before the promises and the trail, so that no two wait for each other. In a merged case
    nothing is written any more.
    """
    fresh = locked_even_merged(by, case, at)
    if fresh.merged_into_id:
        raise Forbidden(Right.WORK_CASES)
    return fresh


def locked_even_merged(by: Member, case: Case, at: datetime) -> Case:
    """The same for what a merged case may still end, such as a task. Raises Forbidden."""
    if not queries.visible_to(by).filter(pk=case.pk).exists() or not queries.opens(by, case, at):
        raise Forbidden(Right.WORK_CASES)
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    if fresh.erased_day:
        raise Forbidden(Right.WORK_CASES)
    return fresh


def locked_where_it_goes_on(case: Case) -> Case:
    """The case, or the one it was merged into, also where that was done while this waited; whose
    right it is has been checked.
    """
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    while fresh.merged_into_id:
        fresh = Case.objects.select_for_update().get(pk=fresh.merged_into_id)
    return fresh


def of_the_team(by: Member, case: Case, at: datetime) -> Case:
    """The same for what outlives an opening in need, such as a place in the team. Raises Forbidden."""
    fresh = locked(by, case, at)
    if not queries.belongs(by, fresh, at):
        raise Forbidden(Right.WORK_CASES)
    return fresh


def going_on(by: Member, case: Case, at: datetime) -> Case:
    """The same for what is only done while a case goes on. Raises Forbidden, WrongMove."""
    fresh = locked(by, case, at)
    if fresh.ended:
        raise rules.WrongMove(fresh.state)
    return fresh


def departing(by: Member, case: Case, at: datetime) -> Case:
    """The same for what carries a case out of the office: an opening in need is not enough.

    Raises Forbidden, WrongMove.
    """
    fresh = going_on(by, case, at)
    if not queries.belongs(by, fresh, at):
        raise Forbidden(Right.WORK_CASES)
    return fresh


def supervising(by: Member) -> None:
    """Raises Forbidden for whoever does not supervise cases."""
    if not by.may(Right.SUPERVISE_CASES):
        raise Forbidden(Right.SUPERVISE_CASES)
