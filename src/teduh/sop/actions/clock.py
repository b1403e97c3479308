"""What happens to a promise by itself: its reminder, its miss, and who hears of it."""

from datetime import datetime

from django.db import transaction

from teduh.access.actions import tell_duty
from teduh.access.queries import standing_in, with_role
from teduh.lib.actors import CLOCK
from teduh.outbox.actions import queue
from teduh.outbox.words import Template
from teduh.sop import queries
from teduh.sop.actions.promises import moment_at, step_of, tell
from teduh.sop.models import Miss, Promise
from teduh.sop.rules import MISS, NUDGE, Step, rings

AT_ONCE = 1000  # moments the clock sees to in one beat


def tick(*, at: datetime) -> int:
    """See to every moment that has come, each exactly once, however many clocks run or stood still.

    Answers how many were seen to; at most 1,000 in one beat.
    """
    for seen in range(AT_ONCE):
        promise = queries.next_waiting(at)
        if promise is None:
            return seen
        _see_to(promise, at)
    return AT_ONCE


@transaction.atomic
def _see_to(promise: Promise, at: datetime) -> None:
    step, moment = step_of(promise), promise.moment
    if moment == NUDGE and promise.due_at <= at:
        moment = MISS  # a clock that stood still does not remind of what is late already
    mine = Promise.objects.running().filter(
        pk=promise.pk, moment=promise.moment, next_at=promise.next_at
    )
    late = {"missed_at": promise.due_at} if moment == MISS else {}
    following = moment_at(promise, step, moment + 1)
    if mine.update(moment=moment + 1, next_at=following, **late) != 1:
        return  # another clock was first, or somebody met it
    if moment == NUDGE:
        _write_to_team(promise, step, at)
        return
    Miss.objects.create(promise=promise, moment=moment, due_at=promise.due_at, noticed_at=at)
    tell(CLOCK, promise, at, verb="promise.missed", moment=moment)
    if moment == MISS:
        _write_to_team(promise, step, at)
    else:
        _write_to_rung(promise, step, step.rungs[moment - MISS - 1].role, at)


def _write_to_team(promise: Promise, step: Step, at: datetime) -> None:
    """Its owner hears, or who stands in for them; whoever is on duty where it rings, or none does."""
    danger, about = rings(step, promise.band), promise.subject
    owners = list(standing_in([promise.owner], at).free_for(about)) if promise.owner else []
    for member in owners:
        queue(by=CLOCK, to=member.email, template=Template.WORK, danger=danger, at=at)
    if danger or not owners:
        tell_duty(by=CLOCK, team_code=promise.team_code, danger=danger, at=at, about=about)


def _write_to_rung(promise: Promise, step: Step, role: str, at: datetime) -> None:
    danger = rings(step, promise.band)
    for member in with_role(role, promise.team_code, at, promise.subject):
        queue(by=CLOCK, to=member.email, template=Template.LATE, danger=danger, at=at)
