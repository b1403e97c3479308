"""What a survivor asks of her data: registered by one, answered by another, told to her."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from teduh.access.actions import tell_other_overseers, tell_overseers
from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.actions import record
from teduh.cases.actions.guard import locked, locked_even_merged, supervising
from teduh.cases.models import Case
from teduh.lib.actors import reporter
from teduh.lib.timing import local_day
from teduh.records import queries, rules
from teduh.records.actions.keeping import ask_erasure
from teduh.records.models import DataRequest
from teduh.records.schedule import demands
from teduh.records.words import Ask, Because, Came, Outcome, Why
from teduh.tickets.models import Ticket
from teduh.vault import actions as vault
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused

NOTE = "records.request.note"


@transaction.atomic
def register(
    *,
    by: Member,
    case: Case,
    kind: Ask,
    came: Came,
    asked_at: datetime,
    items: Sequence[SealedItem],
    at: datetime,
) -> DataRequest:
    """Keep what she asked; supervisors hear of it. The hours count from when she asked.

    Raises Forbidden, Early, vault.rules.Refused.
    """
    fresh = locked(by, case, at)
    if asked_at > at:
        raise rules.Early
    if len(items) > 1 or any(item.what != NOTE for item in items):
        raise Refused("items")
    vault.keep_items(by=by.actor, subject=fresh.code, items=items, at=at)
    row = DataRequest.objects.create(
        case=fresh,
        kind=Ask(kind),
        came=Came(came),
        item=items[0].item if items else "",
        asked_at=asked_at,
        due_at=rules.due_at(asked_at, demands()[kind].hours),
        member=by,
    )
    detail = {"kind": str(kind)}
    record(by=by.actor, verb="request.registered", subject=fresh.code, at=at, detail=detail)
    tell_other_overseers(by=by, team_code=fresh.team_code, at=at, about=fresh.code)
    return row


@transaction.atomic
def ask_by_ticket(*, ticket: Ticket, kind: Ask, at: datetime) -> DataRequest:
    """Keep what a survivor asks by her own ticket; supervisors hear of it. Its code says that it is she.

    Raises Forbidden for a ticket that is not her own, NoCase, and AlreadyAsked while the same waits.
    """
    if not ticket.own:
        raise Forbidden
    case = queries.case_of(ticket)
    if case is None:
        raise rules.NoCase
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    if fresh.erased_day:
        raise rules.NoCase
    if DataRequest.objects.waiting().filter(ticket=ticket.number, kind=kind).exists():
        raise rules.AlreadyAsked
    row = DataRequest.objects.create(
        case=fresh,
        kind=Ask(kind),
        came=Came.CODE,
        ticket=ticket.number,
        asked_at=at,
        due_at=rules.due_at(at, demands()[kind].hours),
    )
    by, detail = reporter(ticket.number), {"kind": str(kind)}
    record(by=by, verb="request.registered", subject=fresh.code, at=at, detail=detail)
    tell_overseers(by=by, team_code=fresh.team_code, at=at, about=fresh.code)
    return row


@transaction.atomic
def answer(
    *,
    by: Member,
    asked: DataRequest,
    outcome: Outcome,
    because: Because | None,
    at: datetime,
) -> None:
    """Say what becomes of it; an erasure that is granted then waits for its second person.

    Raises Forbidden, SameHand, AlreadyAsked, ReasonMissing, and Stopped for an erasure that may
    not be yet.
    """
    supervising(by)
    case = locked_even_merged(by, asked.case, at)
    fresh = DataRequest.objects.select_for_update().get(pk=asked.pk)
    if fresh.outcome:
        raise rules.AlreadyAsked
    if fresh.member_id == by.pk:
        raise rules.SameHand
    if rules.needs_reason(outcome) and not because:
        raise rules.ReasonMissing
    fresh.outcome = Outcome(outcome)
    fresh.because = Because(because) if because and rules.needs_reason(outcome) else ""
    fresh.answerer, fresh.answered_at = by, at
    fresh.save(update_fields=["outcome", "because", "answerer", "answered_at"])
    if fresh.kind == Ask.ERASE and outcome == Outcome.GRANTED:
        if not case.closed_day:
            raise rules.Stopped("going")
        with suppress(rules.AlreadyAsked):  # its term may be over too: one request is enough
            ask_erasure(by=by, subject=case.code, why=Why.ASKED, at=at)
    detail = {"kind": fresh.kind, "outcome": str(outcome), "why": fresh.because}
    record(by=by.actor, verb="request.answered", subject=case.code, at=at, detail=detail)


@transaction.atomic
def tell(*, by: Member, asked: DataRequest, at: datetime) -> None:
    """She has heard the answer, in the way that is safe for her; once is enough.

    Raises Forbidden, AlreadyAsked for one that has no answer yet.
    """
    case = locked_even_merged(by, asked.case, at)
    fresh = DataRequest.objects.select_for_update().get(pk=asked.pk)
    if not fresh.outcome:
        raise rules.AlreadyAsked
    if fresh.told_day:
        return
    fresh.told_day = local_day(at)
    fresh.save(update_fields=["told_day"])
    record(by=by.actor, verb="request.told", subject=case.code, at=at)
