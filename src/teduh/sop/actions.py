"""Making promises, keeping them, and telling whoever must hear of one that is late."""

from datetime import datetime

from django.db import transaction

from teduh.access.actions import tell_duty
from teduh.access.models import Member
from teduh.access.queries import with_role
from teduh.audit.actions import record
from teduh.lib.actors import CLOCK, Actor
from teduh.lib.timing import local_day
from teduh.outbox.actions import queue
from teduh.outbox.words import Template
from teduh.sop import books, queries, rules
from teduh.sop.models import Miss, Promise
from teduh.sop.rules import MISS, NUDGE
from teduh.sop.words import Ended, Pause

BOOK = "penanganan"
AT_ONCE = 1000  # moments the clock sees to in one beat


@transaction.atomic
def happened(*, by: Actor, event: str, subject: str, at: datetime) -> int:
    """Meet every running promise to a subject that this event meets; answers how many."""
    met = 0
    for promise in queries.locked(subject):
        if event in _step(promise).stops and _close(promise, met_at=at, next_at=None):
            record(by=by, verb="promise.met", subject=subject, at=at, detail={"step": promise.step})
            met += 1
    return met


@transaction.atomic
def start(
    *,
    by: Actor,
    event: str,
    subject: str,
    team_code: str,
    band: str,
    at: datetime,
    began_at: datetime | None = None,
    until: datetime | None = None,
    owner: str = "",
) -> list[Promise]:
    """Promise every step that begins with this event, as the procedure in force that day says.

    `began_at`: since when its time counts, where that was before `at` (the report, the violence);
    what is over by then is missed at the next beat. `until`: a day named elsewhere (a protection
    order) after which it is late in any case. `owner`: the member who answers for it.
    A step that is promised to the subject already is left as it is; on a day before the first
    procedure nothing is promised, and nobody is refused for it.
    """
    began = min(began_at or at, at)
    try:
        book = books.in_force(BOOK, local_day(at))
    except rules.UnknownStep:
        return []
    running = {promise.step for promise in queries.running_of(subject)}
    made = []
    for step in book.steps.values():
        if event not in step.starts or step.key in running:
            continue
        hours = books.hours_of(step)
        due = rules.after(began, step.within[band], hours)
        if until:
            due = max(began, min(due, until))
        made.append(
            Promise(
                subject=subject,
                team_code=team_code,
                book=book.name,
                version=book.version,
                step=step.key,
                band=band,
                owner=owner,
                began_at=began,
                due_at=due,
                next_at=rules.moments(step, due, hours)[NUDGE],
            )
        )
    Promise.objects.bulk_create(made)
    steps = ",".join(promise.step for promise in made)
    if made:
        record(by=by, verb="promise.made", subject=subject, at=at, detail={"steps": steps})
    return made


@transaction.atomic
def re_band(*, by: Actor, subject: str, band: str, at: datetime) -> int:
    """Bring running promises nearer as the risk rises; answers how many came nearer.

    A lower risk changes nothing that was promised, what is missed already stays so, and nothing
    is late before the new risk was known.
    """
    nearer = 0
    for promise in queries.locked(subject):
        step = _step(promise)
        hours = books.hours_of(step)
        bands = (promise.band, band)
        due = max(at, rules.sooner(step, promise.began_at, promise.due_at, bands, hours))
        if promise.missed_at or due >= promise.due_at:
            continue
        promise.due_at, promise.band = due, band
        if not promise.paused_at:
            promise.next_at = _moment_at(promise, step, promise.moment)
        promise.save(update_fields=["due_at", "band", "next_at"])
        detail = {"step": promise.step, "band": band}
        record(by=by, verb="promise.nearer", subject=subject, at=at, detail=detail)
        nearer += 1
    return nearer


@transaction.atomic
def assign(*, by: Actor, subject: str, team_code: str, owner: str, at: datetime) -> int:
    """Hand what is still promised to a subject over to a team and member; answers how many."""
    rows = [row.pk for row in queries.locked(subject)]
    moved = Promise.objects.filter(pk__in=rows).update(team_code=team_code, owner=owner)
    if moved:
        detail = {"team": team_code, "owner": owner}
        record(by=by, verb="promise.assigned", subject=subject, at=at, detail=detail)
    return moved


@transaction.atomic
def pause(*, by: Member, promise: Promise, reason: Pause, at: datetime) -> None:
    """Let a promise wait, for one of the reasons there are. Raises NotOpen."""
    changed = Promise.objects.running().filter(pk=promise.pk, paused_at__isnull=True)
    if not changed.update(paused_at=at, pause=Pause(reason), next_at=None):
        raise rules.NotOpen
    _tell(by.actor, promise, at, verb="promise.paused", reason=str(reason))


@transaction.atomic
def resume(*, by: Member, promise: Promise, at: datetime) -> None:
    """Let it go on: what was left of its time begins again. Raises NotOpen."""
    held = Promise.objects.select_for_update().running().filter(pk=promise.pk).first()
    if held is None or held.paused_at is None:
        raise rules.NotOpen
    step = _step(held)
    hours = books.hours_of(step)
    held.due_at = rules.due_after_pause(held.due_at, held.paused_at, at, hours)
    held.next_at = _moment_at(held, step, held.moment)
    held.paused_at, held.pause = None, ""
    held.save(update_fields=["due_at", "next_at", "paused_at", "pause"])
    _tell(by.actor, held, at, verb="promise.resumed")


@transaction.atomic
def hear(*, by: Member, promise: Promise, at: datetime) -> None:
    """Say that one knows of a late promise: the ladder stops, the time goes on. Raises NotOpen."""
    late = Promise.objects.running().filter(pk=promise.pk, missed_at__isnull=False)
    if not late.filter(heard_at__isnull=True).update(heard_at=at, heard_by=by.code, next_at=None):
        raise rules.NotOpen
    _tell(by.actor, promise, at, verb="promise.heard")


@transaction.atomic
def end(
    *, by: Actor, subject: str, reason: Ended, at: datetime, steps: tuple[str, ...] = ()
) -> int:
    """End running promises to a subject (all, or these steps) that need not be met any more."""
    ended = 0
    for promise in queries.locked(subject):
        if steps and promise.step not in steps:
            continue
        if _close(promise, ended_at=at, ended=Ended(reason), next_at=None):
            _tell(by, promise, at, verb="promise.ended", reason=str(reason))
            ended += 1
    return ended


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
    step, moment = _step(promise), promise.moment
    if moment == NUDGE and promise.due_at <= at:
        moment = MISS  # a clock that stood still does not remind of what is late already
    mine = Promise.objects.running().filter(
        pk=promise.pk, moment=promise.moment, next_at=promise.next_at
    )
    late = {"missed_at": promise.due_at} if moment == MISS else {}
    following = _moment_at(promise, step, moment + 1)
    if mine.update(moment=moment + 1, next_at=following, **late) != 1:
        return  # another clock was first, or somebody met it
    if moment == NUDGE:
        _write_to_team(promise, step, at)
        return
    Miss.objects.create(promise=promise, moment=moment, due_at=promise.due_at, noticed_at=at)
    _tell(CLOCK, promise, at, verb="promise.missed", moment=moment)
    if moment == MISS:
        _write_to_team(promise, step, at)
    else:
        _write_to_rung(promise, step, step.rungs[moment - MISS - 1].role, at)


def _moment_at(promise: Promise, step: rules.Step, moment: int) -> datetime | None:
    coming = rules.moments(step, promise.due_at, books.hours_of(step))
    if moment >= len(coming) or promise.heard_at:
        return None
    return coming[moment]


def _write_to_team(promise: Promise, step: rules.Step, at: datetime) -> None:
    danger = rules.rings(step, promise.band)
    tell_duty(by=CLOCK, team_code=promise.team_code, danger=danger, at=at)


def _write_to_rung(promise: Promise, step: rules.Step, role: str, at: datetime) -> None:
    danger = rules.rings(step, promise.band)
    for member in with_role(role, promise.team_code, at):
        queue(by=CLOCK, to=member.email, template=Template.LATE, danger=danger, at=at)


def _close(promise: Promise, **fields: object) -> bool:
    return Promise.objects.running().filter(pk=promise.pk).update(**fields) == 1


def _step(promise: Promise) -> rules.Step:
    return books.step(promise.book, promise.version, promise.step)


def _tell(by: Actor, promise: Promise, at: datetime, *, verb: str, **detail: str | int) -> None:
    told = {"step": promise.step, **detail}
    record(by=by, verb=verb, subject=promise.subject, at=at, detail=told)
