"""The agenda: it fills itself, an officer adds to it, something is taken off."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from teduh.access.models import Member
from teduh.audit.actions import record
from teduh.cases.actions.guard import going_on as case_going_on
from teduh.cases.models import Case
from teduh.conferences import queries, rules
from teduh.conferences.actions.guard import going_on, leading, seated, working_on
from teduh.conferences.actions.planning import plan_ahead, seat_manager
from teduh.conferences.models import AgendaItem, Conference
from teduh.conferences.words import ItemState, Judgement, Kind, TakenOff, Trigger
from teduh.lib.actors import CLOCK, Actor
from teduh.lib.timing import local_day


@transaction.atomic
def refill(*, by: Member, conference: Conference, at: datetime) -> int:
    """Look again which cases call for it; answers how many came. Raises Forbidden, WrongMove."""
    called = _locked_called(conference, at)
    fresh = going_on(leading(by, conference))
    seated(by, fresh, at)
    return _fill(by.actor, fresh, called, at)


def fill_soon(*, at: datetime) -> int:
    """Fill the agendas of conferences that come soon, once a day; answers how many cases came."""
    return sum(_fill_one(one, at) for one in queries.to_fill(local_day(at)))


def prepare(*, at: datetime) -> None:
    """What the clock does: the next meetings of each series, and the agendas of those that come."""
    plan_ahead(at=at)
    fill_soon(at=at)


@transaction.atomic
def _fill_one(conference: Conference, at: datetime) -> int:
    called = _locked_called(conference, at)
    fresh = Conference.objects.select_for_update().get(pk=conference.pk)
    return 0 if fresh.filled_day == local_day(at) else _fill(CLOCK, fresh, called, at)


def _locked_called(conference: Conference, at: datetime) -> set[int]:
    """The rows of the cases that call for it, locked: a case comes before its meeting."""
    pks = [one.case.pk for one in queries.called_for(conference, local_day(at))]
    rows = Case.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    return {one.pk for one in rows}


def _fill(by: Actor, fresh: Conference, locked: Collection[int], at: datetime) -> int:
    """Of what calls for it by now only the cases that are `locked`; the next fill finds the others."""
    if fresh.kind != Kind.CASE:
        raise rules.WrongMove(fresh.kind)
    day = local_day(at)
    fresh.filled_day = day
    fresh.save(update_fields=["filled_day"])
    let_go_of_ended(by, fresh, at)
    called = [one for one in queries.called_for(fresh, day) if one.case.pk in locked]
    number = _last(fresh)
    for place, one in enumerate(called, number + 1):
        _put(by, fresh, place, one, at)
    return len(called)


def _put(
    by: Actor, conference: Conference, number: int, called: queries.Called, at: datetime
) -> None:
    AgendaItem.objects.create(
        conference=conference,
        number=number,
        case=called.case,
        triggers=" ".join(called.triggers),
        assessed_day=called.assessed,
    )
    seat_manager(by, conference, called.case.manager, at)
    detail = {"meeting": conference.code, "why": ",".join(called.triggers)}
    record(by=by, verb="conference.called_for", subject=called.case.code, at=at, detail=detail)


def let_go_of_ended(by: Actor, conference: Conference, at: datetime) -> None:
    """What has ended, or goes on in another case, is not discussed any more."""
    waiting = AgendaItem.objects.filter(conference=conference, state=ItemState.WAITING)
    for one in waiting.exclude(case__in=Case.objects.going_on()).select_related("case"):
        _off(by, one, TakenOff.ENDED, at)


@transaction.atomic
def add(
    *, by: Member, conference: Conference, case: Case, judgement: Judgement, at: datetime
) -> AgendaItem:
    """Put a case on the agenda because an officer sees what no score shows.

    Where it stands already, the judgement comes to its triggers; what was taken off comes back.
    Raises Forbidden, NotDeclared, WrongMove, cases.rules.WrongMove for a case that has ended.
    """
    fresh_case = case_going_on(by, case, at)
    seated(by, conference, at)
    fresh = going_on(Conference.objects.select_for_update().get(pk=conference.pk))
    if fresh.kind != Kind.CASE or fresh.team_code != fresh_case.team_code:
        raise rules.WrongMove(fresh.kind)
    item = AgendaItem.objects.filter(conference=fresh, case=fresh_case).first() or AgendaItem(
        conference=fresh,
        case=fresh_case,
        number=_last(fresh) + 1,
        assessed_day=queries.when_assessed(fresh_case),
    )
    why = dict.fromkeys([*item.triggers.split(), str(Trigger.JUDGEMENT)])
    item.triggers, item.judgement = " ".join(why), Judgement(judgement)
    if item.state == ItemState.OFF:
        item.state, item.why_off = ItemState.WAITING, ""
    item.save()
    seat_manager(by.actor, fresh, fresh_case.manager, at)
    detail = {"meeting": fresh.code, "why": str(judgement)}
    record(by=by.actor, verb="conference.called_for", subject=case.code, at=at, detail=detail)
    return item


@transaction.atomic
def take_off(*, by: Member, item: AgendaItem, reason: TakenOff, at: datetime) -> None:
    """Take a case off an agenda, with the reason. Raises Forbidden, NotDeclared, WrongMove."""
    fresh = working_on(by, item, at)
    if not fresh.waits:
        raise rules.WrongMove(fresh.state)
    _off(by.actor, fresh, TakenOff(reason), at)


def _off(by: Actor, item: AgendaItem, reason: TakenOff, at: datetime) -> None:
    item.state, item.why_off = ItemState.OFF, reason
    item.save(update_fields=["state", "why_off"])
    detail = {"meeting": item.conference.code, "why": str(reason)}
    record(by=by, verb="conference.taken_off", subject=item.case.code, at=at, detail=detail)


def _last(conference: Conference) -> int:
    return (
        AgendaItem.objects.filter(conference=conference).aggregate(last=Max("number"))["last"] or 0
    )
