"""Erasing by two people, and holding back from it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.cases import actions as cases
from teduh.cases.models import Case
from teduh.intake.channels.referral.actions import forget_numbers
from teduh.intake.models import Report
from teduh.intake.queries import together
from teduh.lib.timing import local_day
from teduh.records import queries, rules
from teduh.records.models import Erasure, Retained
from teduh.records.queries import Kept
from teduh.records.words import Answer, Hold, KeepReason, Why
from teduh.vault import actions as vault


@transaction.atomic
def ask_erasure(*, by: Member, subject: str, at: datetime, why: Why = Why.TERM) -> Erasure:
    """Ask somebody else to approve that a case or report is erased.

    What a survivor asks for herself need not wait for its term, but for what stops it. Raises
    Forbidden, NotDue, Stopped, AlreadyAsked.
    """
    kept = _locked(by, subject, at)
    if why == Why.TERM and kept.until > local_day(at):
        raise rules.NotDue(subject)
    _free(kept)
    if Erasure.objects.waiting().filter(subject=subject).exists():
        raise rules.AlreadyAsked(subject)
    row = Erasure.objects.create(
        subject=subject,
        team_code=kept.team_code,
        kind=kept.kind.key,
        why=Why(why),
        asker=by,
        asked_day=local_day(at),
    )
    record(by=by.actor, verb="erasure.asked", subject=subject, at=at, detail={"why": str(why)})
    return row


@transaction.atomic
def approve_erasure(*, by: Member, asked: Erasure, at: datetime) -> None:
    """Destroy what opens what somebody else asked to erase; the row and the trail stay.

    Raises Forbidden, SameHand, Stopped, AlreadyAsked where it was answered meanwhile.
    """
    kept = _locked(by, asked.subject, at)
    fresh = _answered(by, asked, at)
    _free(kept)
    fresh.answer = Answer.APPROVED
    fresh.save(update_fields=["answer", "answerer", "answered_day"])
    detail = {"why": fresh.why, "kind": fresh.kind}
    case = Case.objects.filter(code=fresh.subject).first()
    if case:
        cases.erase(by=by, case=case, at=at)
    else:
        _erase_report(by, fresh.subject, at)
    record(by=by.actor, verb="erasure.approved", subject=fresh.subject, at=at, detail=detail)


@transaction.atomic
def refuse_erasure(*, by: Member, asked: Erasure, reason: KeepReason, at: datetime) -> None:
    """Keep for now what somebody asked to erase. Raises Forbidden, AlreadyAsked.

    Whoever asked may take it back themself: keeping needs no second hand.
    """
    _keeping(by)
    fresh = _answered(by, asked, at, alone=True)
    if fresh.asker_id == by.pk:
        fresh.delete()
    else:
        fresh.answer, fresh.kept_for = Answer.REFUSED, KeepReason(reason)
        fresh.save(update_fields=["answer", "kept_for", "answerer", "answered_day"])
    detail = {"why": str(reason)}
    record(by=by.actor, verb="erasure.refused", subject=fresh.subject, at=at, detail=detail)


@transaction.atomic
def hold(*, by: Member, subject: str, reason: Hold, at: datetime) -> Retained:
    """Hold a case or report back from erasing; the same reason again changes nothing.

    A case that still goes on may be held too. Raises Forbidden for what one may not know of.
    """
    _keeping(by)
    _lock(subject)  # else an erasure that was checked a moment ago goes on
    team = queries.team_of(by, subject)
    if not team:
        raise Forbidden(Right.KEEP_RECORDS)
    row, made = Retained.objects.get_or_create(
        subject=subject,
        reason=Hold(reason),
        until=None,
        defaults={"team_code": team, "member": by, "since": local_day(at)},
    )
    if made:
        record(by=by.actor, verb="hold.put", subject=subject, at=at, detail={"why": str(reason)})
    return row


@transaction.atomic
def let_go(*, by: Member, held: Retained, at: datetime) -> None:
    """Hold it back no longer; once is enough. Raises Forbidden."""
    _keeping(by)
    if not queries.retained(by).filter(pk=held.pk).exists():
        raise Forbidden(Right.KEEP_RECORDS)
    standing = Retained.objects.standing().filter(pk=held.pk)
    if standing.update(until=local_day(at), let_go_by=by):
        detail = {"why": held.reason}
        record(by=by.actor, verb="hold.let_go", subject=held.subject, at=at, detail=detail)


def _erase_report(by: Member, ticket: str, at: datetime) -> None:
    subjects = together(Report.objects.get(ticket__number=ticket))
    for subject in subjects:
        vault.forget(by=by.actor, subject=subject, at=at)
    forget_numbers(subjects=subjects)


def _keeping(by: Member) -> None:
    if not by.may(Right.KEEP_RECORDS):
        raise Forbidden(Right.KEEP_RECORDS)


def _locked(by: Member, subject: str, at: datetime) -> Kept:
    """What is known of it now, its rows locked: before the trail. Raises Forbidden.

    With every report it tells, so that a message that comes at this moment is seen, or refused.
    """
    _keeping(by)
    _lock(subject)
    kept = queries.one(by, subject, local_day(at))
    if kept is None:
        raise Forbidden(Right.KEEP_RECORDS)
    return kept


def _lock(subject: str) -> None:
    """A case and every report it tells, or a report and those of the same event."""
    list(Case.objects.select_for_update().filter(code=subject))
    near = Q(ticket__number=subject) | Q(same_as__ticket__number=subject)
    near |= Q(case_code=subject) | Q(same_as__case_code=subject)
    list(Report.objects.select_for_update(of=("self",)).filter(near).order_by("pk"))


def _free(kept: Kept) -> None:
    if kept.stops:
        raise rules.Stopped(",".join(kept.stops))


def _answered(by: Member, asked: Erasure, at: datetime, *, alone: bool = False) -> Erasure:
    """The request with this member as its second hand, not saved yet."""
    if not queries.erasures(by).filter(pk=asked.pk).exists():
        raise Forbidden(Right.KEEP_RECORDS)
    fresh = Erasure.objects.select_for_update().filter(pk=asked.pk, answer="").first()
    if fresh is None:
        raise rules.AlreadyAsked(asked.subject)
    if fresh.asker_id == by.pk and not alone:
        raise rules.SameHand
    fresh.answerer, fresh.answered_day = by, local_day(at)
    return fresh
