"""Decisions of a conference: made, carried out, let go, and what happens when they are late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from teduh.access.models import Agency, Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.cases.actions.guard import locked_even_merged
from teduh.cases.actions.promising import promise
from teduh.cases.models import Case
from teduh.conferences import queries, rules
from teduh.conferences.actions.guard import goes_on, working_on
from teduh.conferences.models import AgendaItem, Decision
from teduh.conferences.words import Doing, Done, Evidence, LetGo
from teduh.lib.actors import CLOCK
from teduh.lib.codes import new_decision
from teduh.lib.timing import begin_of, local_day
from teduh.outbox.actions import queue
from teduh.outbox.words import Template
from teduh.sop import actions as sop
from teduh.vault import actions as vault
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused


def words_of(agency: Agency) -> str:
    """The sealed field in which what an agency is to do lies."""
    return f"conferences.decision.{rules.part_of(agency.kind)}"


@dataclass(frozen=True, slots=True)
class Told:
    """What is decided: who does it, what, until when."""

    agency: Agency
    doing: Doing
    due: date
    member: Member | None = None


@transaction.atomic
def decide(
    *, by: Member, item: AgendaItem, told: Told, items: Sequence[SealedItem], at: datetime
) -> Decision:
    """Keep what an agency is to do, and promise it until its day.

    Only while the meeting runs. Raises Forbidden, NotDeclared, WrongMove, WrongDay, NotReady with
    what the item lacks, or "basis" for an agency that may not talk about it, vault.rules.Refused.
    """
    fresh, day = working_on(by, item, at), local_day(at)
    if fresh.case.ended:
        raise rules.WrongMove(fresh.case.state)
    if told.due > day + rules.DECIDED:
        raise rules.WrongDay
    table = queries.table_of(fresh, day)
    row = next((one for one in table if one.agency == told.agency), None)
    # What was discussed already may still be decided about, until the meeting is closed.
    lacks = [one for one in rules.lacks(queries.standing(fresh, table)) if one != "over"]
    if not fresh.conference.runs:
        lacks = ["not_open"]
    if lacks or row is None or not row.may:
        raise rules.NotReady(lacks or ["basis"])
    rules.in_time(told.due, day)
    if told.member is not None and told.member.agency_id != told.agency.pk:
        raise Forbidden
    what = words_of(told.agency)
    if [one.what for one in items] != [what]:
        raise Refused("items")
    vault.keep_items(by=by.actor, subject=fresh.case.code, items=items, at=at)
    made = Decision.objects.create(
        code=new_decision(),
        item=fresh,
        number=fresh.decisions.count() + 1,
        agency=told.agency,
        member=told.member,
        doing=Doing(told.doing),
        what=what,
        sealed=items[0].item,
        due=told.due,
    )
    promise(
        by=by,
        case=fresh.case,
        event="decision.made",
        at=at,
        until=begin_of(told.due + timedelta(days=1)),
        about=made.code,
    )
    detail = {
        "meeting": fresh.conference.code,
        "decision": made.code,
        "agency": told.agency.code,
        "kind": str(told.doing),
        "until": str(told.due),
    }
    record(by=by.actor, verb="decision.made", subject=fresh.case.code, at=at, detail=detail)
    if told.member is not None and told.member != by:
        queue(by=by.actor, to=told.member.email, template=Template.WORK, at=at)
    return made


@transaction.atomic
def carry_out(*, by: Member, decision: Decision, evidence: Evidence, at: datetime) -> None:
    """Say that a decision was carried out and what shows it; somebody of the agency it was given to,
    or who walks with the case. The same again changes nothing. Raises Forbidden, also for an agency
    that may not know of the case any more.
    """
    row = _held(by, decision, at)
    if row.state != Done.OPEN:
        return
    row.evidence = Evidence(evidence)
    _end(by, row, Done.DONE, str(evidence), at)


@transaction.atomic
def let_go(*, by: Member, decision: Decision, reason: LetGo, at: datetime) -> None:
    """Let a decision go, with the reason; only who walks with the case.

    The same again changes nothing. Raises Forbidden.
    """
    locked_even_merged(by, decision.item.case, at)
    row = Decision.objects.select_for_update().get(pk=decision.pk)
    if row.state != Done.OPEN:
        return
    row.let_go = LetGo(reason)
    _end(by, row, Done.LET_GO, str(reason), at)


def _held(by: Member, decision: Decision, at: datetime) -> Decision:
    """The decision, behind the lock of its case; every hand takes it in that order."""
    case = decision.item.case
    if by.may(Right.WORK_CASES):
        locked_even_merged(by, case, at)
    elif queries.decision(by, decision.code, local_day(at)) is None:
        raise Forbidden(Right.ANSWER_PARTNER)
    else:
        Case.objects.select_for_update().get(pk=case.pk)
    return Decision.objects.select_for_update().get(pk=decision.pk)


def _end(by: Member, row: Decision, to: Done, why: str, at: datetime) -> None:
    row.state, row.ended_day = to, local_day(at)
    row.save(update_fields=["state", "ended_day", "evidence", "let_go"])
    case = row.item.case
    subject = goes_on(case).code
    sop.happened(by=by.actor, event="decision.done", subject=subject, at=at, about=row.code)
    detail = {"decision": row.code, "why": why}
    record(by=by.actor, verb=f"decision.{to}", subject=case.code, at=at, detail=detail)


def climb(*, at: datetime) -> int:
    """Tell each agency, its head among them, what it has not done by its day; answers how many.

    The office's own ladder runs with the promise; other agencies have no promises here.
    """
    return sum(_climb(one, at) for one in queries.late_untold(local_day(at)))


@transaction.atomic
def _climb(decision: Decision, at: datetime) -> bool:
    told = Decision.objects.open().filter(pk=decision.pk, told_day__isnull=True)
    if not told.update(told_day=local_day(at)):
        return False  # another clock was first
    detail = {"decision": decision.code, "agency": decision.agency.code}
    code = decision.item.case.code
    record(by=CLOCK, verb="decision.late", subject=code, at=at, detail=detail)
    for email in queries.answering(decision, at):
        queue(by=CLOCK, to=email, template=Template.WORK, at=at)
    return True
