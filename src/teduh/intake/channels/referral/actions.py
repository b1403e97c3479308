"""Keeping what agencies file on behalf of somebody, and what the network asks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from teduh.access.actions import tell_duty, tell_overseers
from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.actions import record
from teduh.intake import actions, papers
from teduh.intake.answers import Answers
from teduh.intake.channels.referral import queries, rules
from teduh.intake.channels.referral.models import Filing, NetworkQuery
from teduh.intake.channels.referral.words import Agreed, Paper, Query, Reply
from teduh.intake.models import FieldNote, Report
from teduh.intake.rules import danger_now
from teduh.intake.words import Channel
from teduh.lib.actors import CLOCK
from teduh.sop import actions as sop
from teduh.sop.rules import band_of
from teduh.vault import actions as vault
from teduh.vault.bundles import Bundle
from teduh.vault.ownwords import SealedOwn
from teduh.vault.packages import SealedPackage


@dataclass(frozen=True, slots=True)
class Told:
    """What an agency says openly: which form, who agreed, its own number, the form's answers."""

    paper: Paper
    agreed: Agreed
    reference: str
    answers: Mapping[str, str]


@transaction.atomic
def file_on_behalf(
    *,
    by: Member,
    told: Told,
    answers: Answers,
    package: SealedPackage,
    rights_version: str,
    at: datetime,
    words: Sequence[SealedOwn] = (),
) -> Report:
    """Keep a report that an agency filed, and that it did, both or neither; the same again changes
    nothing. `words`: what was written, wrapped to whoever files it.

    Raises Forbidden for a form that is not the agency's, and as `file_for` and `vault.keep_own`.
    """
    if told.paper not in rules.papers_of(by.agency.kind):
        raise Forbidden(told.paper)
    report = actions.file_for(
        by=by,
        channel=Channel(rules.channel_of(told.paper)),
        answers=answers,
        package=package,
        rights_version=rights_version,
        at=at,
    )
    known = {one.code: dict(one.answers) for one in papers.questions(told.paper)}
    kept = ";".join(
        f"{question}={code}"
        for question, code in told.answers.items()
        if code in known.get(question, {})
    )
    _filing, made = Filing.objects.get_or_create(
        report=report,
        defaults={
            "agency": by.agency,
            "member": by,
            "paper": told.paper,
            "agreed": told.agreed,
            "reference": told.reference,
            "told": kept,
        },
    )
    if words and made:
        vault.keep_own(by=by, package=package, sealed=words, at=at)
    return report


def read_again(*, by: Member, number: str, at: datetime) -> Bundle:
    """What a member filed under a ticket, written down as a read; empty once it is over, and for a
    colleague. Raises Forbidden for what their agency did not file.
    """
    if queries.filing_of(by, number) is None:
        raise Forbidden
    return vault.hand_out_own(by=by, subject=number, at=at)


def end_words(*, at: datetime) -> int:
    """End what may be read again no more: after its days, by a conflict of interest, of somebody
    who files no more. Answers of how many tickets.
    """
    vault.destroy_ended_own()
    gone = queries.words_over(at)
    return vault.end_own(by=CLOCK, ended=gone, at=at) if gone else 0


def forget_numbers(*, subjects: Collection[str]) -> None:
    """Let no agency's own number, nor a helper's card, stand beside what is destroyed."""
    of = {"report__ticket__number__in": subjects}
    Filing.objects.filter(**of).update(reference="")
    FieldNote.objects.filter(**of).update(card="")


def ask(*, by: Member, number: str, what: Query, at: datetime) -> NetworkQuery:
    """Ask about a ticket that waits; the office's duty hears, and an answer is promised.

    Raises NotWaiting, also for a ticket there is not, AskedAlready.
    """
    report = queries.unanswered(by).filter(ticket__number=number).first()
    if report is None:
        raise rules.NotWaiting
    try:
        with transaction.atomic():
            row = NetworkQuery.objects.create(
                report=report,
                agency=by.agency,
                asked=Query(what),
                asked_at=at,
            )
            team = report.team_code
            sop.start(
                by=by.actor,
                event="network.asked",
                subject=number,
                team_code=team,
                band=band_of(danger_now(report.urgency, report.danger), child=report.child),
                at=at,
                about=by.agency.code,
            )
            detail = {"what": str(row.asked)}
            record(by=by.actor, verb="network.asked", subject=number, at=at, detail=detail)
            tell_duty(by=by.actor, team_code=team, danger=False, at=at, about=number)
    except IntegrityError as error:
        raise rules.AskedAlready from error
    return row


@transaction.atomic
def reply(*, by: Member, query: NetworkQuery, answer: Reply, at: datetime) -> None:
    """Answer the network in a code; the first answer stays. Raises Forbidden."""
    if not queries.to_answer(by).filter(pk=query.pk).exists():
        raise Forbidden
    waits = NetworkQuery.objects.filter(pk=query.pk, answered_at__isnull=True)
    if waits.update(answer=Reply(answer), answered_by=by, answered_at=at):
        number, about = query.report.ticket.number, query.agency.code
        sop.happened(by=by.actor, event="network.answered", subject=number, at=at, about=about)
        detail = {"what": str(answer)}
        record(by=by.actor, verb="network.answered", subject=number, at=at, detail=detail)


def admit_late(*, at: datetime) -> int:
    """Note what the network was not answered in a day, and tell who oversees the team; once each.

    Only where no procedure promised the answer: a promise has its own clock.
    """
    return sum(_late(row, at) for row in queries.unpromised(at))


@transaction.atomic
def _late(row: NetworkQuery, at: datetime) -> bool:
    fresh = NetworkQuery.objects.filter(pk=row.pk, answered_at__isnull=True, late=False)
    if not fresh.update(late=True):
        return False
    number = row.report.ticket.number
    record(by=CLOCK, verb="network.late", subject=number, at=at)
    tell_overseers(by=CLOCK, team_code=row.report.team_code, at=at, about=number)
    return True
