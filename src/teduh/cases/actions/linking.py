"""Two reports or cases that have somebody in common: one asks, another agrees, each stays its own."""

from datetime import datetime

from django.db import IntegrityError, transaction

from teduh.access.actions import tell_other_overseers
from teduh.access.models import Member
from teduh.access.queries import kept_from
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.cases import links, rules
from teduh.cases.links import Side
from teduh.cases.models import Case, Link, Task
from teduh.cases.words import LinkAnswer, LinkKind, TaskKind
from teduh.lib.timing import local_day
from teduh.outbox.actions import queue
from teduh.outbox.words import Template


@transaction.atomic
def ask_link(*, by: Member, subject: str, other: str, kind: LinkKind, at: datetime) -> Link:
    """Ask to link two reports or cases; whoever has the other one in hand hears of it.

    What a case tells is linked as the case. Raises Forbidden for what the member may not know of,
    or has not in hand; SameCase, LinkedAlready.
    """
    here, there = links.side(by, subject, at), links.side(by, other, at)
    if here is None or there is None:
        raise Forbidden(Right.WORK_CASES)
    supervises = by.may(Right.SUPERVISE_CASES)
    if not rules.may_ask_link(by.pk, here.hands, there.hands, supervises=supervises):
        raise Forbidden(Right.WORK_CASES)
    if here.code == there.code:
        raise rules.SameCase
    one, two = sorted((here.code, there.code))
    try:
        with transaction.atomic():
            link = Link.objects.create(
                one=one, other=two, kind=LinkKind(kind), asker=by, asked_day=local_day(at)
            )
    except IntegrityError:
        raise rules.LinkedAlready from None
    _record(by, link, here, at, verb="case.link_asked")
    _tell_awaited(by, link, here, there, at)
    return link


@transaction.atomic
def answer_link(*, by: Member, link: Link, agreed: bool, at: datetime) -> Link:
    """Agree that two have somebody in common, or say that they have not.

    A case in which the same survivor or accused is there again is to be assessed anew. Raises
    Forbidden for whose word is not awaited, WrongMove where it was answered.
    """
    stand_for = links.sides(by, (link.one, link.other), at)
    one, other = stand_for.get(link.one), stand_for.get(link.other)
    if one is None or other is None:
        raise Forbidden(Right.WORK_CASES)
    _lock(one, other)
    fresh = Link.objects.select_for_update().get(pk=link.pk)
    if fresh.answer:
        raise rules.WrongMove("answered")
    if not links.awaits(by, fresh, one, other):
        raise Forbidden(Right.WORK_CASES)
    fresh.answer = LinkAnswer.AGREED if agreed else LinkAnswer.DECLINED
    fresh.answerer, fresh.answered_day = by, local_day(at)
    fresh.save(update_fields=["answer", "answerer", "answered_day"])
    if agreed:
        _record(by, fresh, one, at, verb="case.link_agreed")
        _follow(by, fresh, (one, other), at)
    else:
        _record(by, fresh, one, at, verb="case.link_declined")
    queue(by=by.actor, to=fresh.asker.email, template=Template.WORK, danger=False, at=at)
    return fresh


def _tell_awaited(by: Member, link: Link, here: Side, there: Side, at: datetime) -> None:
    """Word to whose answer is awaited; where nobody has the other one in hand, to who oversees it."""
    hands = Member.objects.active().filter(pk__in=here.hands | there.hands)
    free = hands.free_for(here.code).free_for(there.code)
    awaited = [member for member in free if links.awaits(member, link, here, there)]
    for member in awaited:
        queue(by=by.actor, to=member.email, template=Template.WORK, danger=False, at=at)
    if not awaited:
        tell_other_overseers(by=by, team_code=there.team_code, at=at, about=there.code)


def _lock(*both: Side) -> None:
    """The cases among them, the older one first, before the trail."""
    cases = [side.case.pk for side in both if side.case]
    list(Case.objects.select_for_update().filter(pk__in=cases).order_by("pk"))


def _follow(by: Member, link: Link, both: tuple[Side, Side], at: datetime) -> None:
    if link.kind in rules.REPEATS:
        for side in both:
            if side.case and not side.case.ended:
                _assess_anew(by, side.case, at)
    kept = {member.pk for member in kept_from([side.code for side in both])}
    if kept & {pk for side in both for pk in side.hands}:
        for side in both:
            tell_other_overseers(by=by, team_code=side.team_code, at=at, about=side.code)


def _assess_anew(by: Member, case: Case, at: datetime) -> None:
    """Let whoever walks with her assess the risk today; whoever supervises hears of it."""
    Task.objects.open().get_or_create(
        case=case,
        kind=TaskKind.RESCORE,
        defaults={"who": case.manager or by, "due": local_day(at)},
    )
    tell_other_overseers(by=by, team_code=case.team_code, at=at, about=case.code, danger=True)


def _record(by: Member, link: Link, here: Side, at: datetime, *, verb: str) -> None:
    subjects = [code for code in (link.one, link.other) if code != here.code]
    detail = {"kind": str(link.kind)}
    record(by=by.actor, verb=verb, subject=here.code, at=at, detail=detail, subjects=subjects)
