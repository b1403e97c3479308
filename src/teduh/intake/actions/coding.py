"""Another code for a ticket: made by its holder, or by the office where it was lost."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from teduh.access.actions import tell_other_overseers
from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.chat import actions as chat
from teduh.intake import queries, rules
from teduh.intake.models import Reissue, Report
from teduh.intake.words import Fact, Met
from teduh.lib.actors import reporter
from teduh.tickets import actions as tickets
from teduh.tickets import queries as held
from teduh.vault import actions as vault
from teduh.vault.packages import SealedRenewal


@dataclass(frozen=True, slots=True)
class Compared:
    """What somebody without a code told that the sealed identity says too, and how we met."""

    facts: Collection[Fact]
    met: Met


@transaction.atomic
def change_code(*, report: Report, sealed: SealedRenewal, at: datetime) -> None:
    """Let the holder's own new code open her ticket; the one before opens nothing any more.

    Its statement is signed with the code before. Raises vault.rules.Refused, also for the second of
    two changes at once.
    """
    ticket = held.locked(report.ticket.number)
    by = reporter(ticket.number)
    vault.renew(by=by, new=vault.NewCode(ticket.number, report.team_code, sealed), at=at)
    tickets.change_code(by=by, ticket=ticket, auth=sealed.auth, at=at)


@transaction.atomic
def reissue_code(
    *, by: Member, report: Report, compared: Compared, sealed: SealedRenewal, at: datetime
) -> Reissue:
    """Give a new code for a lost one; what was said until now stays closed to it.

    Supervisors hear at once. The same code again changes nothing. Raises Forbidden for whoever does
    not answer this ticket, TooFewFacts, vault.rules.Refused.
    """
    mine = report.team_code in by.team_codes() and queries.one(by, report.ticket.number)
    if not (by.may(Right.MESSAGE_REPORTERS) and mine):
        raise Forbidden(Right.MESSAGE_REPORTERS)
    rules.enough_facts(compared.facts)
    ticket = held.locked(report.ticket.number)
    if held.opens(ticket, sealed.auth):
        return report.reissues.latest("at")
    vault.renew(by=by.actor, new=vault.NewCode(ticket.number, report.team_code, sealed), at=at)
    tickets.issue_code(by=by.actor, ticket=ticket, auth=sealed.auth, at=at)
    chat.close(ticket=ticket)
    facts = ",".join(sorted(set(compared.facts)))
    row = Reissue.objects.create(report=report, by=by, facts=facts, met=Met(compared.met), at=at)
    detail = {"facts": facts, "met": str(row.met)}
    record(by=by.actor, verb="report.code_reissued", subject=ticket.number, at=at, detail=detail)
    tell_other_overseers(by=by, team_code=report.team_code, at=at, about=ticket.number, danger=True)
    return row


@transaction.atomic
def look_at_reissue(*, by: Member, reissue: Reissue, at: datetime) -> None:
    """Say that one has looked at a code that somebody else gave; once is enough. Raises Forbidden."""
    if not by.may(Right.SUPERVISE_CASES) or reissue.by_id == by.pk:
        raise Forbidden(Right.SUPERVISE_CASES)
    fresh = Reissue.objects.filter(pk=reissue.pk, looked_by__isnull=True)
    if fresh.update(looked_by=by, looked_at=at):
        number = reissue.report.ticket.number
        record(by=by.actor, verb="report.reissue_looked", subject=number, at=at)
