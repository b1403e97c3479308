"""Notes of a case, every attempt to reach the survivor, and what somebody is to do until when."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.actions import record
from teduh.cases import queries, rules
from teduh.cases.actions.guard import locked, locked_even_merged
from teduh.cases.models import Case, Contact, Note, Task
from teduh.cases.words import ContactOutcome, ContactWay, TaskKind, TaskState
from teduh.lib.timing import local_day
from teduh.sop import actions as sop
from teduh.vault import actions as vault
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused

NOTE, CONTACT, TASK = "cases.note.text", "cases.contact.note", "cases.task.text"


@transaction.atomic
def note(*, by: Member, case: Case, items: Sequence[SealedItem], at: datetime) -> Note:
    """Keep a note. Raises Forbidden, vault.rules.Refused."""
    fresh = locked(by, case, at)
    if [item.what for item in items] != [NOTE]:
        raise Refused("items")
    vault.keep_items(by=by.actor, subject=fresh.code, items=items, at=at)
    kept = Note.objects.create(case=fresh, item=items[0].item, day=local_day(at), member=by)
    record(by=by.actor, verb="case.noted", subject=fresh.code, at=at)
    return kept


@transaction.atomic
def contacted(
    *,
    by: Member,
    case: Case,
    way: ContactWay,
    outcome: ContactOutcome,
    followed: bool,
    items: Sequence[SealedItem],
    at: datetime,
) -> Contact:
    """Keep an attempt to reach the survivor; the day of the last contact follows if she was reached.

    An attempt that followed the plan meets the first contact of her reports: the procedure takes
    "a documented safe attempt". Raises Forbidden, NotReady "plan" for one that did not and "quiet"
    for one that she has asked on her ticket not to make, vault.rules.Refused.
    """
    fresh = locked(by, case, at)
    if not followed:
        raise rules.NotReady("plan")
    reports = queries.reports_of(fresh)
    if way in rules.REACHING_OUT and any(
        one.ticket.own and one.ticket.quiet_since for one in reports
    ):
        raise rules.NotReady("quiet")
    if [item.what for item in items] not in ([], [CONTACT]):
        raise Refused("items")
    vault.keep_items(by=by.actor, subject=fresh.code, items=items, at=at)
    kept = Contact.objects.create(
        case=fresh,
        way=ContactWay(way),
        outcome=ContactOutcome(outcome),
        item=items[0].item if items else "",
        day=local_day(at),
        member=by,
    )
    if outcome == ContactOutcome.REACHED:
        fresh.contact_day = kept.day
        fresh.save(update_fields=["contact_day"])
    for report in reports:
        sop.happened(by=by.actor, event="message.office", subject=report.ticket.number, at=at)
    detail = {"way": str(way), "outcome": str(outcome)}
    record(by=by.actor, verb="case.contacted", subject=fresh.code, at=at, detail=detail)
    return kept


def met(*, case: Case, day: date) -> None:
    """She was with somebody of ours on a day: as good as a contact. `case` is locked."""
    if case.contact_day is None or case.contact_day < day:
        case.contact_day = day
        case.save(update_fields=["contact_day"])


@transaction.atomic
def add_task(
    *,
    by: Member,
    case: Case,
    kind: TaskKind,
    who: Member,
    due: date,
    items: Sequence[SealedItem],
    at: datetime,
) -> Task:
    """Ask somebody who may work on this case to do something until a day.

    Raises Forbidden, vault.rules.Refused.
    """
    fresh = locked(by, case, at)
    if not queries.visible_to(who).filter(pk=fresh.pk).exists():
        raise Forbidden
    if [item.what for item in items] not in ([], [TASK]):
        raise Refused("items")
    vault.keep_items(by=by.actor, subject=fresh.code, items=items, at=at)
    item = items[0].item if items else ""
    task = Task.objects.create(case=fresh, kind=TaskKind(kind), item=item, who=who, due=due)
    detail = {"kind": str(kind), "member": who.code}
    record(by=by.actor, verb="case.task_given", subject=fresh.code, at=at, detail=detail)
    return task


@transaction.atomic
def end_task(*, by: Member, task: Task, to: TaskState, at: datetime) -> None:
    """Say that a task is done, or not needed any more. The same again changes nothing.

    Raises Forbidden, WrongMove.
    """
    if to == TaskState.OPEN:
        raise rules.WrongMove("open")
    fresh = locked_even_merged(by, task.case, at)
    if Task.objects.open().filter(pk=task.pk).update(state=TaskState(to)):
        detail = {"to": str(to)}
        record(by=by.actor, verb="case.task_ended", subject=fresh.code, at=at, detail=detail)
