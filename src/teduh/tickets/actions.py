"""Writing tickets."""

import random
from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q

from teduh.access.models import Member
from teduh.access.queries import barred
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.lib.actors import ANONYMOUS, Actor
from teduh.lib.prepared import insert
from teduh.lib.timing import local_day
from teduh.outbox.actions import withdraw
from teduh.tickets import rules
from teduh.tickets.models import Opinion, StageReached, Ticket
from teduh.tickets.words import NextStep, OpinionAnswer, OpinionQuestion, Stage


@transaction.atomic
def open_ticket(
    *,
    by: Actor,
    number: str,
    auth: bytes,
    own: bool,
    rights_version: str,
    at: datetime,
    asks: bool = False,
) -> Ticket:
    """Open a ticket whose code gives `auth` (32 bytes); `own`: the survivor's own report.

    `asks`: a question, of which no report is made yet.
    """
    day = local_day(at)
    ticket = Ticket(
        number=number,
        auth=rules.stored_auth(auth, settings.TEDUH_PEPPER),
        own=own,
        asks=asks,
        rights_version=rights_version,
        opened_day=day,
        stage_day=day,
    )
    insert(ticket)
    insert(StageReached(ticket=ticket, stage=Stage.RECEIVED, day=day))
    record(by=by, verb="ticket.opened", subject=number, at=at)
    return ticket


@transaction.atomic
def issue_code(*, by: Actor, ticket: Ticket, auth: bytes, at: datetime) -> None:
    """Let a code that the office handed over open the ticket, until its holder makes her own.

    `auth`: 32 bytes, as at its opening; also for a ticket that staff have just opened for somebody.
    """
    ticket.auth = rules.stored_auth(auth, settings.TEDUH_PEPPER)
    ticket.issued_on = local_day(at)
    ticket.save(update_fields=["auth", "issued_on"])
    record(by=by, verb="ticket.code_issued", subject=ticket.number, at=at)


@transaction.atomic
def change_code(*, by: Actor, ticket: Ticket, auth: bytes, at: datetime) -> None:
    """Let the holder's own new code open the ticket; no other does any more."""
    ticket.auth = rules.stored_auth(auth, settings.TEDUH_PEPPER)
    ticket.issued_on, ticket.renewed_on = None, local_day(at)
    ticket.save(update_fields=["auth", "issued_on", "renewed_on"])
    record(by=by, verb="ticket.code_changed", subject=ticket.number, at=at)


@transaction.atomic
def claim(*, by: Actor, ticket: Ticket, own: bool, at: datetime) -> None:
    """Keep that a question became a report, and whether it is about its holder."""
    ticket.own, ticket.asks = own, False
    ticket.save(update_fields=["own", "asks"])
    record(by=by, verb="ticket.report", subject=ticket.number, at=at)


@transaction.atomic
def tell(
    *,
    by: Actor,
    ticket: Ticket,
    stage: Stage,
    next_step: NextStep,
    at: datetime,
    by_day: date | None = None,
) -> None:
    """Say to the holder where things stand. The only way a public stage changes.

    `by_day`: until when the next step is promised; kept on a survivor's own ticket only.
    """
    day = local_day(at)
    if ticket.stage != stage:
        StageReached.objects.create(ticket=ticket, stage=stage, day=day)
        ticket.stage_day = day
    ticket.stage, ticket.next_step = stage, next_step
    ticket.by_day, ticket.late = by_day if ticket.own else None, False
    ticket.save(update_fields=["stage", "stage_day", "next_step", "by_day", "late"])
    record(by=by, verb="ticket.told", subject=ticket.number, at=at, detail={"stage": stage})


@transaction.atomic
def admit_late(*, by: Actor, ticket: Ticket, at: datetime) -> None:
    """Say to the holder that the promised day is over, until something new is told."""
    ticket.late = True
    ticket.save(update_fields=["late"])
    record(by=by, verb="ticket.late", subject=ticket.number, at=at)


@transaction.atomic
def ask_quiet(*, by: Actor, ticket: Ticket, quiet: bool, at: datetime) -> None:
    """Keep the holder's wish not to be contacted, or take it back."""
    ticket.quiet_since = local_day(at) if quiet else None
    ticket.save(update_fields=["quiet_since"])
    record(
        by=by, verb="ticket.quiet" if quiet else "ticket.reachable", subject=ticket.number, at=at
    )
    if quiet:
        withdraw(by=by, ticket=ticket.number, at=at)


@transaction.atomic
def read_out(*, by: Member, ticket: Ticket, at: datetime) -> None:
    """Note that a member read the public stage to a caller who gave ticket and code.

    Raises Forbidden without the right to read reports, or for whom a conflict keeps from the ticket.
    """
    if not by.may(Right.READ_REPORTS) or ticket.number in barred(by):
        raise Forbidden
    record(by=by.actor, verb="ticket.read_out", subject=ticket.number, at=at)


@transaction.atomic
def give_opinion(*, ticket: Ticket, answers: Mapping[str, str], at: datetime) -> bool:
    """Keep what a survivor says of us, once, apart from her ticket; nothing where she skipped all.

    The trail tells that somebody did, not who. The month's opinions are laid down anew each time, in
    an order of chance: else the database's own numbers of rows and transactions would pair each with
    the ticket that was written beside it. So is one that stayed alone in its month; the newest, while
    it is alone, nothing hides yet. Raises WrongMove for whom it is not asked.
    """
    fresh = Ticket.objects.select_for_update().get(pk=ticket.pk)
    if not rules.asks_opinion(fresh.stage, own=fresh.own, given=fresh.opinion_given):
        raise rules.WrongMove(fresh.stage)
    told = {
        one: answers[one]
        for one in OpinionQuestion.values
        if answers.get(one) in OpinionAnswer.values
    }
    if not told:
        return False
    month = local_day(at).replace(day=1)
    alone = Opinion.objects.values("month").annotate(n=Count("pk")).filter(n=1).values("month")
    again = Opinion.objects.filter(Q(month=month) | Q(month__in=alone))
    before = list(again.select_for_update())
    Opinion.objects.filter(pk__in=[one.pk for one in before]).delete()
    every = [*before, Opinion(month=month, **told)]
    random.SystemRandom().shuffle(every)
    Opinion.objects.bulk_create(every)
    fresh.opinion_given = True
    fresh.save(update_fields=["opinion_given"])
    record(by=ANONYMOUS, verb="ticket.opinion", subject="opinion", at=at)
    return True
