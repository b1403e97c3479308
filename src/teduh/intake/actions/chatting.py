"""Who answers a conversation: taking it, passing it on, and what comes of one that nobody ends."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from teduh.access.actions import tell_overseers
from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.chat import actions as chat
from teduh.chat import queries as chats
from teduh.intake import queries, rules
from teduh.intake.actions.triage import locked, take_step
from teduh.intake.models import Report
from teduh.intake.words import State
from teduh.lib.actors import CLOCK
from teduh.lib.timing import local_day
from teduh.outbox.actions import queue
from teduh.outbox.words import Template

AT_ONCE = 50  # conversations that end by themselves in one look; the next takes the rest


def end_quiet(*, at: datetime) -> int:
    """End conversations in which nobody wrote for TEDUH_CHAT_QUIET_DAYS; answers how many.

    Where she waits for an answer, those who oversee the team hear of it first, and it goes on for
    as long again. Looked at in the first minute of an hour: it is about days.
    """
    if at.minute:
        return 0
    day, days = local_day(at), settings.TEDUH_CHAT_QUIET_DAYS
    for row in chats.unanswered(day, days)[:AT_ONCE]:
        _remind(row.subject, row.team_code, at)
    due = list(chats.gone_quiet(day, days)[:AT_ONCE])
    return sum(chat.lapse(by=CLOCK, subject=row.subject, days=days, at=at) for row in due)


@transaction.atomic
def _remind(subject: str, team_code: str, at: datetime) -> None:
    if chat.note_reminded(by=CLOCK, subject=subject, at=at):
        tell_overseers(by=CLOCK, team_code=team_code, at=at, about=subject)


@transaction.atomic
def take_chat(*, by: Member, report: Report, at: datetime) -> None:
    """Answer for a conversation from now on; a new report is taken with it by whoever may triage.

    Raises Forbidden, and Held where a colleague answers for it already.
    """
    if not by.may(Right.MESSAGE_REPORTERS) or report.team_code not in by.team_codes():
        raise Forbidden(Right.MESSAGE_REPORTERS)
    fresh = locked(report.ticket)
    if fresh.handler_id not in {None, by.pk}:
        raise rules.Held(fresh.ticket.number)
    if by.may(Right.TRIAGE_REPORTS) and fresh.state == State.NEW:
        take_step(by, fresh, State.TAKEN, at)
    fresh.handler = by
    fresh.save(update_fields=["handler"])
    record(by=by.actor, verb="conversation.taken", subject=report.ticket.number, at=at)


@transaction.atomic
def pass_chat(*, by: Member, report: Report, to: Member, at: datetime) -> None:
    """Give a conversation to a colleague of the team, who gets word of it.

    By whoever holds it, by a supervisor, or by anybody of the team where nobody holds it. Raises
    Forbidden, Held, and UnknownCode for somebody who may not read it.
    """
    if not by.may(Right.MESSAGE_REPORTERS) or report.team_code not in by.team_codes():
        raise Forbidden(Right.MESSAGE_REPORTERS)
    fresh = locked(report.ticket)
    if fresh.handler_id not in {None, by.pk} and not by.may(Right.SUPERVISE_CASES):
        raise rules.Held(fresh.ticket.number)
    if not queries.answerers(fresh, at).filter(pk=to.pk).exists():
        raise rules.UnknownCode(to.code)
    fresh.handler = to
    fresh.save(update_fields=["handler"])
    number, detail = fresh.ticket.number, {"member": to.code}
    record(by=by.actor, verb="conversation.passed", subject=number, at=at, detail=detail)
    if to.pk != by.pk:
        queue(by=by.actor, to=to.email, template=Template.WORK, danger=fresh.urgency == 0, at=at)
