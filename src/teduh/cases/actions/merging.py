"""Two cases that turn out to be one: asked by somebody, merged by a supervisor, never undone."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from teduh.access.actions import spread_conflicts, tell_other_overseers
from teduh.access.models import Member
from teduh.access.queries import kept_from
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.cases import merges, queries, rules, transfers
from teduh.cases.actions.conflicts import release, seek_manager
from teduh.cases.actions.guard import locked, supervising
from teduh.cases.actions.promising import promise
from teduh.cases.actions.working import go, tell
from teduh.cases.models import Case, Merge, Protection, Told
from teduh.cases.words import MergeAnswer, MergeReason, MergeRefusal, State
from teduh.intake.actions import follow_case
from teduh.lib.timing import local_day
from teduh.outbox.actions import queue
from teduh.outbox.words import Template
from teduh.sop import actions as sop


@transaction.atomic
def ask_merge(*, by: Member, case: Case, into: Case, reason: MergeReason, at: datetime) -> Merge:
    """Ask that a case goes on in another of the same team; its supervisors hear of it.

    The asker works on the first and may know of the second. Raises Forbidden, SameCase, OtherTeam,
    and WrongMove where one has ended or something else waits for an answer.
    """
    if case.pk == into.pk:
        raise rules.SameCase
    if not queries.visible_to(by).filter(pk=into.pk).exists():
        raise Forbidden(Right.WORK_CASES)
    fresh, stays = _both(case, into)  # both before one, else two who ask wait for each other
    locked(by, case, at)
    _mergeable(fresh, stays)
    if merges.asked(fresh) or merges.asked(stays):
        raise rules.WrongMove("asked")
    row = Merge.objects.create(
        case=fresh, into=stays, reason=MergeReason(reason), asker=by, asked_day=local_day(at)
    )
    promise(by=by, case=fresh, event="closure.asked", at=at)
    detail = {"why": str(reason)}
    record(
        by=by.actor,
        verb="case.merge_asked",
        subject=fresh.code,
        at=at,
        detail=detail,
        subjects=[stays.code],
    )
    tell_other_overseers(by=by, team_code=fresh.team_code, at=at, about=fresh.code)
    return row


@transaction.atomic
def approve_merge(*, by: Member, merge: Merge, at: datetime) -> Case:
    """Merge two cases; answers the one that stays.

    Its tickets, protection orders and what is promised go over to it, the higher band counts for
    both, and whoever is kept from one is kept from both. What was written and sealed stays where
    it is, readable for the team of the case that stays. Raises Forbidden, WrongMove, SameHand.
    """
    fresh, stays, row = _asked(by, merge, at)
    _mergeable(fresh, stays)
    subjects = list(dict.fromkeys([*queries.belonging(stays), *queries.belonging(fresh)]))
    kept = kept_from(subjects)
    release(fresh, kept, subjects, at)
    lost = release(stays, kept, subjects, at)
    _answer(by, row, MergeAnswer.APPROVED, at)
    tickets = follow_case(code=fresh.code, into=stays.code)
    Told.objects.filter(case=fresh).update(case=stays)
    Protection.objects.filter(case=fresh).update(case=stays)
    spread_conflicts(by=by.actor, subjects=subjects, team_code=stays.team_code, at=at)
    sop.happened(by=by.actor, event="closure.reviewed", subject=fresh.code, at=at)
    _take_over(by, fresh, stays, at)
    _close(by, fresh, stays, at)
    record(
        by=by.actor,
        verb="case.merged",
        subject=stays.code,
        at=at,
        subjects=[fresh.code, *tickets],
    )
    if lost:
        seek_manager(by, stays, at)
    tell(by.actor, stays, at)
    for address in {one.email for one in (row.asker, stays.manager) if one and one != by}:
        queue(by=by.actor, to=address, template=Template.WORK, danger=False, at=at)
    return stays


@transaction.atomic
def refuse_merge(*, by: Member, merge: Merge, reason: MergeRefusal, at: datetime) -> None:
    """Leave two cases two. Raises Forbidden, WrongMove, SameHand."""
    fresh, _stays, row = _asked(by, merge, at)
    row.refusal = MergeRefusal(reason)
    _answer(by, row, MergeAnswer.REFUSED, at)
    sop.happened(by=by.actor, event="closure.reviewed", subject=fresh.code, at=at)
    detail = {"why": str(reason)}
    record(by=by.actor, verb="case.merge_refused", subject=fresh.code, at=at, detail=detail)


def _both(case: Case, into: Case) -> tuple[Case, Case]:
    """Both as they are now, locked, always the older one first."""
    rows = Case.objects.select_for_update().filter(pk__in=[case.pk, into.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    return found[case.pk], found[into.pk]


def _asked(by: Member, merge: Merge, at: datetime) -> tuple[Case, Case, Merge]:
    supervising(by)
    known = queries.visible_to(by).filter(pk__in=[merge.case_id, merge.into_id])
    if known.count() != 2:
        raise Forbidden(Right.SUPERVISE_CASES)
    fresh, stays = _both(merge.case, merge.into)
    row = Merge.objects.select_related("asker").get(pk=merge.pk)
    if row.answer:
        raise rules.WrongMove("answered")
    if row.asker_id == by.pk:
        raise rules.SameHand
    return fresh, stays, row


def _mergeable(fresh: Case, stays: Case) -> None:
    if fresh.team_code != stays.team_code:
        raise rules.OtherTeam
    for one in (fresh, stays):
        if one.ended or queries.closure_asked(one) or transfers.sent(one):
            raise rules.WrongMove(one.code)


def _answer(by: Member, row: Merge, answer: MergeAnswer, at: datetime) -> None:
    row.answer, row.answerer, row.answered_day = answer, by, local_day(at)
    row.save(update_fields=["answer", "answerer", "answered_day", "refusal"])


def _take_over(by: Member, fresh: Case, stays: Case, at: datetime) -> None:
    stays.band = rules.highest([fresh.band, stays.band])
    stays.urgency = rules.BANDS.index(stays.band)
    stays.child = fresh.child or stays.child
    stays.contact_day = max(filter(None, [fresh.contact_day, stays.contact_day]), default=None)
    stays.agreed_day = rules.next_of([fresh.agreed_day, stays.agreed_day], local_day(at))
    stays.save(update_fields=["band", "urgency", "child", "contact_day", "agreed_day"])
    sop.carry(
        by=by.actor,
        subject=fresh.code,
        into=stays.code,
        team_code=stays.team_code,
        owner=stays.manager.code if stays.manager else "",
        at=at,
        each="protection.extended",
    )
    sop.re_band(by=by.actor, subject=stays.code, band=stays.band, at=at)


def _close(by: Member, fresh: Case, stays: Case, at: datetime) -> None:
    fresh.closed_day, fresh.closed_for = local_day(at), rules.MERGED
    fresh.save(update_fields=["closed_day", "closed_for"])
    go(by, fresh, State.CLOSED, at)
    Case.objects.filter(Q(pk=fresh.pk) | Q(merged_into=fresh)).update(merged_into=stays)
