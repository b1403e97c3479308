"""Making promises, keeping them, letting them wait, and saying why one was late."""

from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.audit.actions import record
from teduh.lib.actors import Actor
from teduh.lib.prepared import insert
from teduh.lib.timing import local_day
from teduh.sop import books, queries, rules
from teduh.sop.models import Promise
from teduh.sop.rules import NUDGE
from teduh.sop.words import Ended, Pause, Reason

BOOK = "penanganan"


@transaction.atomic
def happened(
    *,
    by: Actor,
    event: str,
    subject: str,
    at: datetime,
    begun_by: str | None = None,
    about: str | None = None,
) -> int:
    """Meet every running promise to a subject that this event meets; answers how many.

    `begun_by`: only those that this other event began (the end of one order, not of another);
    `about`: only those promised of this one thing (one referral, not every one).
    """
    rows = queries.locked(subject)
    kept = [
        row
        for row, step in zip(rows, map(step_of, rows), strict=True)
        if event in step.stops
        and (begun_by is None or begun_by in step.starts)
        and about in {None, row.about}
    ]
    still = frozenset(row.step for row in rows if row not in kept)
    met = 0
    for promise in kept:
        early = rules.out_of_turn(step_of(promise), still)
        late = promise.missed_at is not None or (promise.paused_at or at) > promise.due_at
        if _close(promise, met_at=at, out_of_turn=early, asks_reason=early or late):
            tell(by, promise, at, verb="promise.met")
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
    about: str = "",
) -> list[Promise]:
    """Promise every step that begins with this event, as the procedure in force that day says.

    `began_at`: since when its time counts, where that was before `at` (the report, the violence);
    what is over by then is missed at the next beat. `until`: a day named elsewhere (a protection
    order) after which it is late in any case. `owner`: the member who answers for it. `about`: the
    code of the one thing it is promised of, where a subject may have several at once (referrals).
    A step that is promised to the subject of the same thing already is left as it is; on a day before the first
    procedure nothing is promised, and nobody is refused for it.
    """
    began = min(began_at or at, at)
    try:
        book = queries.in_force(BOOK, local_day(at))
    except rules.UnknownStep:
        return []
    running = queries.steps_running(subject, about)
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
                about=about,
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
    insert(*made)
    steps = ",".join(promise.step for promise in made)
    if made:
        detail = {"steps": steps, **_of(about)}
        record(by=by, verb="promise.made", subject=subject, at=at, detail=detail)
    return made


@transaction.atomic
def re_band(*, by: Actor, subject: str, band: str, at: datetime) -> int:
    """Bring running promises nearer as the risk rises; answers how many came nearer.

    A lower risk changes nothing that was promised, what is missed already stays so, and nothing
    is late before the new risk was known.
    """
    nearer = 0
    for promise in queries.locked(subject):
        step = step_of(promise)
        hours = books.hours_of(step)
        bands = (promise.band, band)
        due = max(at, rules.sooner(step, promise.began_at, promise.due_at, bands, hours))
        if promise.missed_at or due >= promise.due_at:
            continue
        promise.due_at, promise.band = due, band
        if not promise.paused_at:
            promise.next_at = moment_at(promise, step, promise.moment)
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
def carry(
    *, by: Actor, subject: str, into: str, team_code: str, owner: str, at: datetime, each: str = ""
) -> list[Promise]:
    """Let what is still promised to a subject go on for the one that takes its place.

    Where both have promised the same step of the same thing, the one that asks sooner goes on and the other ends as
    double. So ends what the taking subject has done since it was promised: it is not asked for
    again; but never what the event `each` meets, which is promised of one thing (the end of a
    protection order). Answers what goes on.
    """
    rows, held = queries.locked(subject), {_what(row): row for row in queries.locked(into)}
    done = queries.last_met(into)
    going = []
    for row in rows:
        other = held.get(_what(row))
        again = each not in step_of(row).stops and done.get(_what(row), row.began_at) > row.began_at
        double = again or (other is not None and not rules.asks_sooner(_asks(row), _asks(other)))
        ending = row if double else other
        if ending is not None and _close(ending, ended_at=at, ended=Ended.DOUBLE):
            tell(by, ending, at, verb="promise.ended", reason=str(Ended.DOUBLE))
        if not double:
            going.append(row)
    pks = [row.pk for row in going]
    Promise.objects.filter(pk__in=pks).update(subject=into, team_code=team_code, owner=owner)
    if going:
        detail = {"from": subject, "steps": ",".join(row.step for row in going)}
        record(by=by, verb="promise.carried", subject=into, at=at, detail=detail)
    return going


@transaction.atomic
def pause(*, by: Member, promise: Promise, reason: Pause, at: datetime) -> None:
    """Let a promise wait, for one of the reasons there are. Raises NotOpen."""
    changed = Promise.objects.running().filter(pk=promise.pk, paused_at__isnull=True)
    if not changed.update(paused_at=at, pause=Pause(reason), next_at=None):
        raise rules.NotOpen
    tell(by.actor, promise, at, verb="promise.paused", reason=str(reason))


@transaction.atomic
def resume(*, by: Member, promise: Promise, at: datetime) -> None:
    """Let it go on: what was left of its time begins again. Raises NotOpen."""
    held = Promise.objects.select_for_update().running().filter(pk=promise.pk).first()
    if held is None or held.paused_at is None:
        raise rules.NotOpen
    _go_on(by.actor, held, held.paused_at, at)


@transaction.atomic
def put_off(*, by: Actor, event: str, subject: str, at: datetime) -> int:
    """Let every promise that this event would meet wait, because she asked; answers how many."""
    rows = [row for row in queries.locked(subject) if event in step_of(row).stops]
    waiting = [row for row in rows if row.paused_at is None]
    for promise in waiting:
        running = Promise.objects.running().filter(pk=promise.pk)
        running.update(paused_at=at, pause=Pause.ASKED, next_at=None)
        tell(by, promise, at, verb="promise.paused", reason=str(Pause.ASKED))
    return len(waiting)


@transaction.atomic
def take_up(*, by: Actor, event: str, subject: str, at: datetime) -> int:
    """Let what waited because she asked go on, now that she is there again; answers how many."""
    rows = [row for row in queries.locked(subject) if event in step_of(row).stops]
    gone_on = 0
    for promise in rows:
        if promise.paused_at is not None and promise.pause == Pause.ASKED:
            _go_on(by, promise, promise.paused_at, at)
            gone_on += 1
    return gone_on


def _go_on(by: Actor, held: Promise, since: datetime, at: datetime) -> None:
    step = step_of(held)
    hours = books.hours_of(step)
    held.due_at = rules.due_after_pause(held.due_at, since, at, hours)
    held.next_at = moment_at(held, step, held.moment)
    held.paused_at, held.pause = None, ""
    held.save(update_fields=["due_at", "next_at", "paused_at", "pause"])
    tell(by, held, at, verb="promise.resumed")


@transaction.atomic
def hear(*, by: Member, promise: Promise, at: datetime) -> None:
    """Say that one knows of a late promise: the ladder stops, the time goes on. Raises NotOpen."""
    late = Promise.objects.running().filter(pk=promise.pk, missed_at__isnull=False)
    if not late.filter(heard_at__isnull=True).update(heard_at=at, heard_by=by.code, next_at=None):
        raise rules.NotOpen
    tell(by.actor, promise, at, verb="promise.heard")


@transaction.atomic
def explain(*, by: Member, promise: Promise, reason: Reason, at: datetime) -> None:
    """Say why a promise was met late or out of turn, once. Raises NotOpen."""
    asked = Promise.objects.filter(pk=promise.pk, asks_reason=True)
    said = {"reason": Reason(reason), "explained_at": at, "explained_by": by.code}
    if not asked.update(asks_reason=False, **said):
        raise rules.NotOpen
    tell(by.actor, promise, at, verb="promise.explained", reason=str(reason))


@transaction.atomic
def end(
    *,
    by: Actor,
    subject: str,
    reason: Ended,
    at: datetime,
    steps: tuple[str, ...] = (),
    about: str | None = None,
) -> int:
    """End running promises to a subject that need not be met any more: all, or these steps, or those
    `about` one thing.
    """
    ended = 0
    for promise in queries.locked(subject):
        if (steps and promise.step not in steps) or about not in {None, promise.about}:
            continue
        if _close(promise, ended_at=at, ended=Ended(reason)):
            tell(by, promise, at, verb="promise.ended", reason=str(reason))
            ended += 1
    return ended


def moment_at(promise: Promise, step: rules.Step, moment: int) -> datetime | None:
    """When the moment of this number comes, None where nothing more comes by itself."""
    coming = rules.moments(step, promise.due_at, books.hours_of(step))
    if moment >= len(coming) or promise.heard_at:
        return None
    return coming[moment]


def _close(promise: Promise, **fields: object) -> bool:
    running = Promise.objects.running().filter(pk=promise.pk)
    return running.update(next_at=None, **fields) == 1


def _asks(promise: Promise) -> tuple[bool, datetime]:
    return promise.paused_at is not None, promise.due_at


def _what(promise: Promise) -> tuple[str, str]:
    return promise.step, promise.about


def _of(about: str) -> dict[str, str]:
    return {"about": about} if about else {}


def step_of(promise: Promise) -> rules.Step:
    """The step as it was promised."""
    return queries.step(promise.book, promise.version, promise.step)


def tell(by: Actor, promise: Promise, at: datetime, *, verb: str, **detail: str | int) -> None:
    """Write a line of the trail about a promise."""
    told = {"step": promise.step, **_of(promise.about), **detail}
    record(by=by, verb=verb, subject=promise.subject, at=at, detail=told)
