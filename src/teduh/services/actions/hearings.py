"""Days of hearings and deadlines: set, noted, postponed, dropped; the procedure reminds of each."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.actions import in_one_go, record
from teduh.cases import queries as cases
from teduh.cases.actions.guard import going_on, locked
from teduh.cases.models import Case
from teduh.lib.codes import new_hearing
from teduh.lib.timing import begin_of, local_day
from teduh.services import hearing_days as rules
from teduh.services import hearing_table as table
from teduh.services.models import Hearing
from teduh.sop import actions as sop
from teduh.sop.words import Ended

STEPS = ("hearing",)


@dataclass(frozen=True, slots=True)
class Day:
    """What is known of it: `kind` and `place` as in data/hearings.toml, `when`, who goes along."""

    kind: str
    when: datetime
    companion: Member
    place: str = ""


@transaction.atomic
def set_hearing(*, by: Member, case: Case, day: Day, at: datetime) -> Hearing:
    """Note a hearing or deadline; whoever goes along is reminded.

    Raises Forbidden, cases.rules.WrongMove, hearing_days.WrongDay.
    """
    fresh = going_on(by, case, at)
    made = _set(by, fresh, day, at)
    detail = {"hearing": made.code, "kind": made.kind, "member": day.companion.code}
    record(by=by.actor, verb="hearing.set", subject=fresh.code, at=at, detail=detail)
    return made


@transaction.atomic
def note_outcome(*, by: Member, hearing: Hearing, outcome: str, at: datetime) -> None:
    """Say how it went; a deadline may be met before its day.

    Raises Forbidden, OverAlready, WrongDay for a hearing that is still to come or no such outcome.
    """
    fresh, now = _standing(by, hearing, at)
    kind = table.entry("kind", now.kind)
    early = now.at > at and not (kind and kind.deadline)
    if early or table.entry("outcome", outcome) is None:
        raise rules.WrongDay(outcome)
    _end(now, Hearing.State.HELD, at, outcome=outcome)
    sop.happened(by=by.actor, event="hearing.past", subject=fresh.code, at=at, about=now.code)
    detail = {"hearing": now.code, "outcome": outcome}
    record(by=by.actor, verb="hearing.noted", subject=fresh.code, at=at, detail=detail)


@in_one_go()
def postpone(*, by: Member, hearing: Hearing, when: datetime, at: datetime) -> Hearing:
    """Put it off to another day: the old row stays and names the new one. Where its companion has
    left the case, whoever puts it off goes along.

    Raises Forbidden, OverAlready, WrongDay.
    """
    fresh, now = _standing(by, hearing, at)
    walks = now.companion.active and cases.visible_to(now.companion).filter(pk=fresh.pk).exists()
    companion = now.companion if walks else by
    made = _set(by, fresh, Day(now.kind, when, companion, now.place), at)
    _end(now, Hearing.State.POSTPONED, at, moved_to=made)
    sop.happened(by=by.actor, event="hearing.past", subject=fresh.code, at=at, about=now.code)
    detail = {"hearing": now.code, "to": made.code}
    record(by=by.actor, verb="hearing.postponed", subject=fresh.code, at=at, detail=detail)
    return made


@transaction.atomic
def drop(*, by: Member, hearing: Hearing, at: datetime) -> None:
    """Say that it will not be. Raises Forbidden, OverAlready."""
    fresh, now = _standing(by, hearing, at)
    _end(now, Hearing.State.DROPPED, at)
    sop.end(
        by=by.actor, subject=fresh.code, reason=Ended.NO_NEED, at=at, steps=STEPS, about=now.code
    )
    detail = {"hearing": now.code}
    record(by=by.actor, verb="hearing.dropped", subject=fresh.code, at=at, detail=detail)


def _set(by: Member, case: Case, day: Day, at: datetime) -> Hearing:
    rules.check_day(local_day(day.when), local_day(at))
    kind = table.entry("kind", day.kind)
    if kind is None or (day.place and table.entry("place", day.place) is None):
        raise rules.WrongDay(day.kind)
    if not cases.visible_to(day.companion).filter(pk=case.pk).exists():
        raise Forbidden
    made = Hearing.objects.create(
        code=new_hearing(),
        case=case,
        kind=day.kind,
        at=day.when,
        place=day.place,
        companion=day.companion,
    )
    sop.start(
        by=by.actor,
        event="hearing.set",
        subject=case.code,
        team_code=case.team_code,
        band=case.band,
        at=at,
        until=begin_of(rules.note_until(local_day(day.when), deadline=kind.deadline)),
        about=made.code,
        owner=day.companion.code,
    )
    return made


def _standing(by: Member, hearing: Hearing, at: datetime) -> tuple[Case, Hearing]:
    """The case it belongs to now, locked, and the row as it is. Raises Forbidden, OverAlready."""
    fresh = locked(by, hearing.case.merged_into or hearing.case, at)
    now = Hearing.objects.select_related("companion").get(pk=hearing.pk)
    if now.state != Hearing.State.SET:
        raise rules.OverAlready(now.code)
    return fresh, now


def _end(hearing: Hearing, state: Hearing.State, at: datetime, **also: object) -> None:
    told = {"state": state, "ended_day": local_day(at), **also}
    Hearing.objects.filter(pk=hearing.pk).update(**told)
