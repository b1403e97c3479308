"""Meetings planned: one, every so many weeks, whom to ask, called off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from teduh.access.models import Member
from teduh.audit.actions import record
from teduh.conferences import queries, rules
from teduh.conferences.actions.guard import going_on, leading, planning
from teduh.conferences.models import Conference, Series, TableSeat
from teduh.conferences.words import Kind, State, Where, WhyOff
from teduh.lib.actors import CLOCK, Actor
from teduh.lib.codes import new_meeting
from teduh.lib.timing import local_day
from teduh.outbox.actions import queue
from teduh.outbox.words import Template

ONCE = 0  # weeks to the next, where none follows


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting as somebody plans it; `every`: weeks until the next, or `ONCE`."""

    kind: Kind
    team_code: str
    day: date
    hour: time
    place: Where
    minutes_by: Member | None = None
    every: int = ONCE


@transaction.atomic
def plan(*, by: Member, told: Plan, seats: Collection[Member], at: datetime) -> Conference:
    """Plan a meeting whose chair is `by`, and those after it where it comes again.

    Raises Forbidden for whoever may not, also for a seat of somebody who may not sit there;
    WrongDay for a day that is over or too far, or more weeks than a series has.
    """
    planning(by, told.kind, told.team_code)
    rules.in_time(told.day, local_day(at))
    if not ONCE <= told.every <= rules.MOST_WEEKS:
        raise rules.WrongDay
    series = None
    if told.every:
        series = Series.objects.create(
            team_code=told.team_code,
            kind=told.kind,
            starts=told.day,
            every=told.every,
            hour=told.hour,
            place=told.place,
            chair=by,
        )
        detail = {"every": told.every}
        record(by=by.actor, verb="conference.repeats", subject=told.team_code, at=at, detail=detail)
    made = _make(by.actor, told, by, series, at)
    able = {one.pk for one in queries.to_invite(told.kind, told.team_code, at)}
    wanted = [by, *([told.minutes_by] if told.minutes_by else []), *seats]
    _seat(by.actor, made, [one for one in wanted if one.pk in able], at)
    if series:
        plan_ahead(at=at)
    return made


def plan_ahead(*, at: datetime) -> int:
    """Make the next meetings of every series; answers how many were made.

    The clock calls it at every beat; the same hand sits there as at the meeting before.
    """
    waiting = queries.series_to_plan(local_day(at))
    return sum(_next(series, day, at) for series, days in waiting for day in days)


@transaction.atomic
def _next(series: Series, day: date, at: datetime) -> bool:
    held = Series.objects.select_for_update().get(pk=series.pk)
    if held.until or Conference.objects.filter(series=held, day=day).exists():
        return False
    before = queries.last_of(held, day)
    told = Plan(
        Kind(held.kind),
        held.team_code,
        day,
        held.hour,
        Where(held.place),
        before.minutes_by if before else None,
    )
    made = _make(CLOCK, told, held.chair, held, at)
    able = {one.pk: one for one in queries.to_invite(held.kind, held.team_code, at)}
    sat = [one.member_id for one in queries.seats_of(before)] if before else [held.chair_id]
    _seat(CLOCK, made, [able[pk] for pk in sat if pk in able], at)
    return True


@transaction.atomic
def end_series(*, by: Member, series: Series, at: datetime) -> None:
    """Let a meeting not come again; those that are planned stay. Raises Forbidden."""
    planning(by, series.kind, series.team_code)
    if Series.objects.filter(pk=series.pk, until__isnull=True).update(until=local_day(at)):
        record(by=by.actor, verb="conference.repeats_no_more", subject=series.team_code, at=at)


@transaction.atomic
def invite(*, by: Member, conference: Conference, members: Collection[Member], at: datetime) -> int:
    """Ask more people to a meeting that is not over; answers how many were not asked before.

    Raises Forbidden, WrongMove.
    """
    fresh = going_on(leading(by, conference))
    able = {one.pk for one in queries.to_invite(fresh.kind, fresh.team_code, at)}
    return _seat(by.actor, fresh, [one for one in members if one.pk in able], at)


@transaction.atomic
def call_off(*, by: Member, conference: Conference, reason: WhyOff, at: datetime) -> None:
    """Say that a meeting will not be; everybody asked hears. Raises Forbidden, WrongMove."""
    fresh = leading(by, conference)
    if not rules.may_move(fresh.state, State.CALLED_OFF):
        raise rules.WrongMove(fresh.state)
    fresh.state, fresh.why_off = State.CALLED_OFF, WhyOff(reason)
    fresh.save(update_fields=["state", "why_off"])
    fresh.veils.all().delete()
    detail = {"why": str(reason)}
    record(by=by.actor, verb="conference.called_off", subject=fresh.code, at=at, detail=detail)
    for one in queries.seats_of(fresh):
        if one.member_id != by.pk and one.member.active:
            queue(by=by.actor, to=one.member.email, template=Template.WORK, at=at)


def _make(by: Actor, told: Plan, chair: Member, series: Series | None, at: datetime) -> Conference:
    made = Conference.objects.create(
        code=new_meeting(),
        kind=told.kind,
        team_code=told.team_code,
        series=series,
        day=told.day,
        hour=told.hour,
        place=told.place,
        chair=chair,
        minutes_by=told.minutes_by,
    )
    detail = {"kind": str(told.kind), "day": str(told.day)}
    record(by=by, verb="conference.planned", subject=made.code, at=at, detail=detail)
    return made


def _seat(by: Actor, conference: Conference, members: Collection[Member], at: datetime) -> int:
    asked = 0
    for member in {one.pk: one for one in members}.values():
        _row, made = TableSeat.objects.get_or_create(conference=conference, member=member)
        if not made:
            continue
        asked += 1
        detail = {"member": member.code}
        record(by=by, verb="conference.asked", subject=conference.code, at=at, detail=detail)
        if by.code != member.code:
            queue(by=by, to=member.email, template=Template.WORK, at=at)
    return asked


def seat_manager(by: Actor, conference: Conference, manager: Member | None, at: datetime) -> None:
    """Whoever walks with a survivor speaks for her: they are asked to the table of her case."""
    if manager is not None and manager.active:
        _seat(by, conference, [manager], at)
